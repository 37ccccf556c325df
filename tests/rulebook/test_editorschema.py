"""The JSON Schema of rule files: complete, in Chinese, and right about good and broken files."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from starrating.rulebook.editorschema import rule_schema, schema_text
from starrating.rulebook.words import WORDS
from starrating.yamltext import Declared, Listed, Scalar, as_data, load
from test_docs import Fenced, blocks_of_model, completed, marked, words

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "rules" / "rulebook.schema.json"
SHIPPED = sorted((ROOT / "rules").rglob("*.yaml")) + sorted(ROOT.glob("fixtures/*/rules/**/*.yaml"))
VALIDATOR = jsonschema.Draft202012Validator(rule_schema())
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")


def as_editor(value: Any) -> Any:
    """The file as an editor's YAML 1.2 reads it: unquoted numbers and truths are such."""
    if isinstance(value, Declared):
        return {str(key): as_editor(part) for key, part in value.items()}
    if isinstance(value, Listed):
        return [as_editor(part) for part in value]
    assert isinstance(value, Scalar)
    text = str(value)
    if value.quoted:
        return text
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "~", "null"):
        return None
    if _NUMBER.fullmatch(text):
        return int(text) if text.lstrip("+-").isdigit() else float(text)
    return text


def slips(text: bytes) -> list[str]:
    """What the schema says against a rule file."""
    node, faults = load(text, "x")
    assert node is not None, faults
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in VALIDATOR.iter_errors(as_editor(as_data(node)))
    ]


def test_the_schema_is_a_schema() -> None:
    """It keeps to its own dialect."""
    jsonschema.Draft202012Validator.check_schema(rule_schema())


def test_the_file_is_up_to_date() -> None:
    """rules/rulebook.schema.json is what `rules schema --out` writes."""
    assert KEPT.read_text("utf-8") == schema_text(), (
        "run: starrating rules schema --out rules/rulebook.schema.json"
    )


def test_every_word_is_explained() -> None:
    """Each word of each block of the model has its sentence, and no other word has one."""
    known = {name: set(words(each)) for name, each in blocks_of_model().items()}
    assert {name: set(each) for name, each in WORDS.items()} == known
    assert all(
        re.search("[\u4e00-\u9fff]", text) for each in WORDS.values() for text in each.values()
    )


def test_every_block_is_there() -> None:
    """Each block of the model is a definition that refuses unknown words."""
    blocks = rule_schema()["$defs"]
    assert set(blocks) == set(blocks_of_model())
    assert all(block["additionalProperties"] is False for block in blocks.values())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_shipped_files(path: Path) -> None:
    """Every rule file that is shipped agrees with the schema, and names none but this one."""
    assert slips(path.read_bytes()) == []
    first = path.read_text("utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named is not None or KEPT.parent not in path.parents
    assert named is None or (path.parent / named[1]).resolve() == KEPT


@pytest.mark.parametrize("block", marked("example"), ids=str)
def test_examples(block: Fenced) -> None:
    """Every example of the documentation agrees with it."""
    assert slips(completed(block.text).encode()) == []


@pytest.mark.parametrize(
    "slip",
    [
        "titel: 例",
        "format: 2",
        "in_force: {from: 2024年1月1日}",
        "in_force: {until: 2024-12-31}",
        "library: 对",
        "points: 十分",
        "defaults: {not_applicable: half}",
        "raters: 复核",
        "sections: {title: 甲}",
        "sections: [{title: 甲, kind: extra}]",
        "sections: [{title: 甲, points: 十}]",
        "sections: [{items: []}]",
        "sections: [{title: 甲, items: [{title: 无编号}]}]",
        *(
            f"sections: [{{title: 甲, items: [{{id: '1', title: 乙, clauses: [{clause}]}}]}}]"
            for clause in (
                "{}",
                "{if: 甲}",
                "{deduct: 1, add: 1}",
                "{deduct: 一}",
                "{deduct: 2 to}",
                "{deduct: {甲: 无}}",
                "{deduct: '1.23456'}",
                "{deduct: 10000000000}",
                "{deduct: 1, every: 一步}",
                "{deduct: 1, partial: 是}",
                "{deduct: 1, if_unknown: zero}",
                "{bands: {of: 甲, from: {1: 2}, over: {1: 2}}}",
                "{bands: {from: {1: 2}}}",
                "{worst_of: [{deduct: 一}]}",
            )
        ),
        "measures: {甲: {sheet: 组织生活}}",
        "measures: {甲: {sheet: 组织生活, count: all}}",
        "measures: {甲: {sheet: 组织生活, count: rows, sum: 乙}}",
        "measures: {甲: {sheet: 组织生活, missing: {every: week}}}",
        "measures: {甲: {sheet: 组织生活, missing: {every: month, at_least: 1.5}}}",
        "measures: {甲: {sheet: 组织生活, count: rows, look_back: 5 working days}}",
        "measures: {甲: {sheet: 组织生活, count: rows, look_back: 五年}}",
        "stars: [{star: 五, from: 90}]",
        "stars: [{star: 5}]",
        "stars: [{star: 5, from: 90, at_most: {share: 30%, number: 3}}]",
        "judgements: [{id: V1, if: 甲}]",
        "judgements: [{id: V1, if: 甲, then: {star: 1}}]",
        "rectification: {default: {within: 30天}}",
        "columns: {党组织: {甲: money}}",
        "columns: {党组织: {甲: {type: money}}}",
        "cases: [{title: 甲}]",
        "terms: {上学期: {from: 九月, until: 01-20}}",
    ],
)
def test_slips(slip: str) -> None:
    """What is written wrongly is underlined."""
    assert slips(completed(f"{slip}\n").encode()) != []


def test_help_stands_beside_each_word() -> None:
    """The word that an editor shows beside a clause's deduct."""
    clause = rule_schema()["$defs"]["Clause"]["properties"]
    assert clause["deduct"]["description"].startswith("扣分")
    assert clause["if_unknown"]["enum"] == ["as_met", "as_lost", "unassessed"]


def test_text_is_steady() -> None:
    """The same text each time, Chinese as Chinese, a line feed at the end."""
    assert schema_text() == schema_text()
    assert "规则" in schema_text()
    assert json.loads(schema_text()) == rule_schema()


def referenced(value: Any) -> Iterator[str]:
    """All references inside a schema."""
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for part in value.values():
            yield from referenced(part)
    elif isinstance(value, list):
        for part in value:
            yield from referenced(part)


def test_references_lead_somewhere() -> None:
    """Nothing is fetched from anywhere: all references stay inside."""
    schema = rule_schema()
    assert {f"#/$defs/{name}" for name in schema["$defs"]} >= set(referenced(schema))
