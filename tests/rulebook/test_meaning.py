"""The meaning of a rulebook is what it says, not how it is written down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from starrating.number import literal
from starrating.rulebook.meaning import digest, meaning, meaning_digest
from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import parse_rulebook
from starrating.yamltext import as_data, load

RULES = Path(__file__).parents[2] / "rules"
FILES = (
    "town-village/2024.yaml",
    "weak-and-lax/2023.yaml",
    "published/10-community/2010.yaml",
    "published/f02-county-city/2023.yaml",
    "published/24-zhejiang/2019.yaml",
)
HEAD = """
format: 1
id: invented
version: "1"
title: 虚构细则
in_force: {from: 2024-01-01}
defaults: {not_applicable: full}
"""


def read(text: str) -> Rulebook:
    """A rulebook of the head above and these lines."""
    book, faults = parse_rulebook((HEAD + text).encode(), "r/1.yaml")
    assert book is not None, faults
    return book


@cache
def contents(file: str) -> Any:
    """A shipped rule file as plain data, without what is no meaning."""
    node, _ = load((RULES / file).read_bytes(), file)
    assert node is not None
    plain = json.loads(json.dumps(as_data(node)))
    plain.pop("cases", None)
    plain.pop("waive", None)
    return plain


def parsed(content: Any) -> Rulebook | None:
    """A rulebook of plain data, written as JSON (which is YAML)."""
    return parse_rulebook(json.dumps(content, ensure_ascii=False).encode(), "r/1.yaml")[0]


def shuffled(content: Any, order: Random) -> Any:
    """The same data with the keys of every map in another order."""
    if isinstance(content, dict):
        keys = order.sample(list(content), len(content))
        return {key: shuffled(content[key], order) for key in keys}
    if isinstance(content, list):
        return [shuffled(each, order) for each in content]
    return content


def leaves(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every scalar."""
    inside = content.items() if isinstance(content, dict) else enumerate(content)
    for step, each in inside:
        if isinstance(each, (dict, list)):
            yield from leaves(each, (*path, step))
        else:
            yield (*path, step)


def changed(content: Any, path: tuple[Any, ...], value: str) -> Any:
    """The data with another scalar at that path."""
    copy = json.loads(json.dumps(content))
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return copy


CLOSED = ("month", "quarter", "2031-01-31", "9 days", "full", "zero", "bonus", "warning", "share")


def others(value: str) -> Iterator[str]:
    """Values that say something else than this one."""
    number = literal(value)
    if number is not None:
        yield str(int(number) + 1)
    yield from (word for word in CLOSED if word != value)
    yield f"({value}) and 成立满月数 > 7"
    yield f"{value}甲"


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(FILES), st.integers(0, 10**6))
def test_the_order_of_keys_is_no_meaning(file: str, seed: int) -> None:
    """Whatever the order of the keys of every map, the digest is one."""
    own, other = parsed(contents(file)), parsed(shuffled(contents(file), Random(seed)))
    assert own is not None
    assert other is not None
    assert meaning_digest(own) == meaning_digest(other)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_every_change_of_a_value_is_a_change_of_meaning(file: str, data: st.DataObject) -> None:
    """Any amount, edge, condition, period, title … that is changed changes the digest."""
    content = contents(file)
    path = data.draw(st.sampled_from(list(leaves(content))))
    value = content
    for step in path:
        value = value[step]
    own = parsed(content)
    assert own is not None
    books = [parsed(changed(content, path, other)) for other in others(value)]
    readable = [book for book in books if book is not None]
    assume(readable)
    assert meaning_digest(own) not in {meaning_digest(book) for book in readable}


@pytest.mark.parametrize("file", FILES)
def test_a_file_as_written_means_what_its_data_means(file: str) -> None:
    """Comments, quotes, flow and block style, cases and waivers leave the digest."""
    written, _ = parse_rulebook((RULES / file).read_bytes(), file)
    bare = parsed(contents(file))
    assert written is not None
    assert bare is not None
    assert meaning_digest(written) == meaning_digest(bare)


BANDS = "sections: [{title: 甲, points: 9, items: [{id: a, title: 子, clauses: [{bands: %s}]}]}]\n"
TABLE = """
sections:
  - {title: 甲, points: 9, items: [{id: a, title: 子, points: 9, clauses: [
      {table: {of: [村集体收入, 领域], hit: first, rows: [%s]}}]}]}
"""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("measures: {m: {value: 党员数 ≥ 7}}", "measures: {m: {value: '党员数>=7'}}"),
        ("measures: {m: {value: 党员数 * 30%}}", "measures: {m: {value: 党员数 * 0.3}}"),
        (
            "subjects: {where: 领域 in 农村、社区}",
            "subjects: {where: \"领域 in '社区'、'农村'\"}",
        ),
        ("points: {decimals: 2}", "library: false\nperiod: year"),
        (BANDS % "{of: 党员数, from: {90: 9, 0: 1}}", BANDS % "{of: 党员数, from: {0: 1, 90.0: 9.0}}"),
        (TABLE % "[over 50, any, 9], [any, 农村、社区, 2]", TABLE % "['> 50', '-', 9], [any, 社区、农村, 2.0]"),
        ("stars: [{star: 1, from: 0}, {star: 2, from: 60}]", "stars: [{star: 2, from: 60}, {star: 1, from: 0}]"),
        (
            "judgements: [{id: J, table: {of: [党员数], hit: first, rows: [[under 3, 是]]}, then: {flag: 弱}}]",
            "judgements: [{id: J, if: 党员数 < 3, then: {flag: 弱}}]",
        ),
    ],
)  # fmt: skip
def test_two_spellings_of_one_thing(one: str, other: str) -> None:
    """What only the hand chooses leaves the digest."""
    assert meaning(read(one)) == meaning(read(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("raters: [复核, 初评]", "raters: [初评, 复核]"),
        ("lists: {甲: [一, 二]}", "lists: {甲: [一]}"),
        (TABLE % "[over 50, any, 9], [any, any, 2]", TABLE % "[any, any, 2], [over 50, any, 9]"),
        (
            "lists: {甲: [一]}\nsubjects: {where: 领域 in 甲}",
            "lists: {甲: [一]}\nsubjects: {where: \"领域 in '甲'\"}",
        ),
    ],
)
def test_what_looks_alike_and_differs(one: str, other: str) -> None:
    """Orders that count, and the name of a list against the word itself."""
    assert meaning(read(one)) != meaning(read(other))


def test_the_digest_is_that_of_canonical_json() -> None:
    """64 signs of hex over the sorted tree."""
    book = read("")
    assert meaning_digest(book) == digest(dict(reversed(meaning(book).items())))
    assert len(meaning_digest(book)) == 64
