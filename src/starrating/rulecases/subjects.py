"""What a case expects of organisations: items, sections, measures, total, star."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from starrating.engine.findings.flags import denied
from starrating.engine.reference import Evaluation, SubjectResult
from starrating.engine.shown import show
from starrating.engine.values import NONE, Interval, Value
from starrating.results.model import SubjectRow
from starrating.reviewing.evaluate import Reviewed
from starrating.rulebook.casewords import LISTS
from starrating.rulecases.lists import Placed, lists
from starrating.rulecases.values import interval, same, shown_value
from starrating.yamltext import plain_name


def compare(
    expect: Mapping[str, Any], reviewed: Reviewed, faults: Sequence[Placed]
) -> Iterator[str]:
    """A line in Chinese for each thing that came otherwise than `expect` says."""
    evaluation = reviewed.evaluations[0]
    codes = [result.code for result in evaluation.subjects]
    own = {
        key: value for key, value in expect.items() if key not in ("subjects", "task_count", *LISTS)
    }
    if own and own != {"in_scope": own.get("in_scope")} and len(codes) != 1:
        yield f"expect 用于单个党组织，本例有{len(codes)}个，请写在 subjects 下"
        return
    code = codes[0] if len(codes) == 1 else None
    yield from _subject(own, reviewed, evaluation, code)
    yield from lists(expect, reviewed, faults, None)
    for each, part in expect.get("subjects", {}).items():
        label = f"{each} "
        lines = [
            *_subject(part, reviewed, evaluation, str(each)),
            *lists(part, reviewed, faults, str(each)),
        ]
        yield from (label + line for line in lines)


def _subject(
    expect: Mapping[str, Any], reviewed: Reviewed, evaluation: Evaluation, code: str | None
) -> Iterator[str]:
    result = next((each for each in evaluation.subjects if each.code == code), None)
    if "in_scope" in expect:
        inside = "true" if result is not None else "false"
        if str(expect["in_scope"]) != inside:
            yield f"in_scope：预期 {expect['in_scope']}，实际 {inside}"
    keys = [key for key in expect if key not in ("in_scope", "task_count", *LISTS)]
    if not keys:
        return
    if result is None:
        yield f"没有这个党组织：{code}"
        return
    row = next((each for each in reviewed.results.subjects if each.code == code), None)
    for key in keys:
        if key == "items":
            yield from _items(expect[key], result)
        elif key == "sections":
            yield from _sections(expect[key], result)
        elif key == "measures":
            yield from _measures(expect[key], result)
        elif key == "total":
            yield from interval("total", expect[key], result.total.value)
        elif key == "deny":
            yield from _denied(expect[key], evaluation, result)
        else:
            yield from _field(key, expect[key], row)


def _denied(wanted: Sequence[str], evaluation: Evaluation, result: SubjectResult) -> Iterator[str]:
    """The honours that are denied, all of them, in any order."""
    actual = dict.fromkeys(judgement.then.deny or "" for judgement in denied(evaluation, result))
    if {str(each) for each in wanted} != set(actual):
        yield f"deny：预期 {_honours(wanted)}，实际 {_honours(tuple(actual))}"


def _honours(names: Sequence[object]) -> str:
    return "、".join(map(str, names)) or "没有"


def _field(key: str, wanted: object, row: SubjectRow | None) -> Iterator[str]:
    actual = getattr(row, key) if row is not None else None
    if key in ("star", "decided_star", "final_star", "last_star") and str(wanted) == "none":
        if actual not in (None, 0, "0"):
            yield f"{key}：预期 none，实际 {actual}"
    elif not same(wanted, actual):
        yield f"{key}：预期 {wanted}，实际 {shown_value(actual)}"


def _items(wanted: Mapping[str, Any], result: SubjectResult) -> Iterator[str]:
    by_id = {each.item.id: each for each in result.final_items}
    for name, expected in wanted.items():
        scored = by_id.get(name)
        if scored is None:
            yield f"没有项目 {name}"
            continue
        yield from interval(f"{name}", expected, scored.score)
        if isinstance(expected, Mapping):
            if "state" in expected and str(expected["state"]) != scored.state:
                yield f"{name} 状态：预期 {expected['state']}，实际 {scored.state}"
        elif scored.state not in ("scored", "not_applicable"):
            yield f"{name} 状态：预期已定，实际 {scored.state}"


def _sections(wanted: Mapping[str, Any], result: SubjectResult) -> Iterator[str]:
    by_title = {plain_name(part.section.title): part.score for part in result.total.sections}
    for title, expected in wanted.items():
        if title not in by_title:
            yield f"没有部分 {title}"
        else:
            yield from interval(title, expected, by_title[title])


def _measures(wanted: Mapping[str, Any], result: SubjectResult) -> Iterator[str]:
    for name, expected in wanted.items():
        value: Value = result.facts.measured(name).value
        if isinstance(value, Interval):
            yield from interval(name, expected, value)
        elif str(expected) != (word := "none" if value is NONE else show(value)):
            yield f"{name}：预期 {expected}，实际 {word}"
