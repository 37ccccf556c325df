"""Cases beside the rules: run them, and say what was expected and what came (rulebook.md, Cases)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, fields, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from starrating.caseground import ground_of
from starrating.engine.judge import Preference
from starrating.engine.readout import evaluate as by_kernel
from starrating.engine.reference import Evaluation, SubjectResult
from starrating.engine.shown import show
from starrating.engine.values import NONE, Interval, Value
from starrating.faults import Fault, Level
from starrating.lean import dataclass
from starrating.number import exact, plain
from starrating.origin import Origin
from starrating.records import Records
from starrating.results.model import SubjectRow, TaskRow
from starrating.reviewing.evaluate import Reviewed, review
from starrating.rulebook.checks import check
from starrating.rulebook.model import Case, Rulebook
from starrating.rulebook.read import read_rulebook
from starrating.rulebook.versions import find_rulebooks, folder_of
from starrating.yamltext import plain_name

_ROW_KEYS = (
    "rated", "band", "star", "star_low", "star_high", "state", "recommended", "lagging",
    "last_star", "decided_star", "final_star",
)  # fmt: skip
_LISTS = ("findings", "flags", "tasks", "faults")
_KEYS = frozenset(
    (
        *_ROW_KEYS,
        *_LISTS,
        "items",
        "sections",
        "total",
        "task_count",
        "subjects",
        "measures",
        "in_scope",
    )
)


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that did not come out: where it stands, its title, and a line for each difference."""

    origin: Origin
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """How many cases ran, and those that failed; `empty` names rulebooks without any case."""

    count: int = 0
    failed: tuple[Failure, ...] = ()
    empty: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = field(default=())

    @property
    def passed(self) -> int:
        """How many cases came out as expected."""
        return self.count - len(self.failed)


Observe = Callable[[Rulebook, Case, Reviewed], None]
"""Is told of each case that ran what the review behind it found."""


def run_cases(
    folder: Path,
    prefer: Preference | None = None,
    observe: Observe | None = None,
    *,
    both: bool = False,
) -> Report:
    """Run the cases of all rulebooks below a folder, or of one file; with `both` evaluators."""
    count = 0
    failed: list[Failure] = []
    empty: list[str] = []
    faults: list[Fault] = []
    for book in _books(folder, faults):
        if not book.cases:
            empty.append(book.reference)
        for case in book.cases:
            count += 1
            lines = run_case(book, case, prefer, observe, both=both)
            if lines:
                failed.append(Failure(case.origin, case.title, tuple(lines)))
    return Report(count, tuple(failed), tuple(empty), tuple(faults))


def _books(folder: Path, faults: list[Fault]) -> Iterator[Rulebook]:
    """The usable rulebooks; what makes the others unusable goes to `faults`."""
    root = folder_of(folder) if folder.is_file() else folder
    shelf = find_rulebooks(root, root.name)
    wanted = [head for head in shelf.heads if not folder.is_file() or head.path == folder]
    for head in wanted:
        loaded = read_rulebook(head.path, head.shown, shelf.path)
        found = [*loaded.faults, *(check(loaded.book) if loaded.book is not None else ())]
        grave = [fault for fault in found if fault.level in (Level.FATAL, Level.ERROR)]
        faults.extend(grave)
        if loaded.book is not None and not grave:
            yield loaded.book
    faults.extend(fault for fault in shelf.faults if fault.level in (Level.FATAL, Level.ERROR))


# --- running one case ---------------------------------------------------------------------------------


def run_case(
    book: Rulebook,
    case: Case,
    prefer: Preference | None = None,
    observe: Observe | None = None,
    *,
    both: bool = False,
) -> list[str]:
    """The differences between what a case expects and what the review gives; none if it passes.

    With `both` the kernel reviews as well, and must give the same results, row by row.
    """
    unknown = sorted(set(case.expect) - _KEYS)
    if unknown:
        return [f"expect 中有不认识的词：{'、'.join(unknown)}"]
    if not case.expect:
        return ["没有写 expect，什么也没有检验"]
    ground = ground_of(book, case, prefer)
    reviewed = review(ground)
    if observe is not None:
        observe(book, case, reviewed)
    columns = _columns(ground.records)
    faults = [_Placed(fault, columns) for fault in reviewed.results.faults]
    found = list(_compare(case.expect, reviewed, faults))
    if both and review(replace(ground, evaluate=by_kernel)).results != reviewed.results:
        found.append("两种算法的结果不同，这是程序的错误，请把这个案例发给维护人员")
    return found


@dataclass(frozen=True, slots=True)
class _Placed:
    """A fault as a case names it: by code, level, sheet and column."""

    fault: Fault
    columns: Mapping[tuple[str, str], str]

    @property
    def code(self) -> str:
        """Its code."""
        return self.fault.code

    @property
    def level(self) -> str:
        """Its level."""
        return self.fault.level.value

    @property
    def sheet(self) -> str | None:
        """The sheet it stands in."""
        return self.fault.origin.sheet

    @property
    def column(self) -> str | None:
        """The column of its cell."""
        return self.columns.get((self.fault.origin.sheet or "", self.fault.origin.cell or ""))


# --- comparing ------------------------------------------------------------------------------------------


def _compare(
    expect: Mapping[str, Any], reviewed: Reviewed, faults: Sequence[_Placed]
) -> Iterator[str]:
    evaluation = reviewed.evaluations[0]
    codes = [result.code for result in evaluation.subjects]
    own = {
        key: value
        for key, value in expect.items()
        if key not in ("subjects", "task_count", *_LISTS)
    }
    if own and own != {"in_scope": own.get("in_scope")} and len(codes) != 1:
        yield f"expect 用于单个党组织，本例有{len(codes)}个，请写在 subjects 下"
        return
    code = codes[0] if len(codes) == 1 else None
    yield from _subject(own, reviewed, evaluation, code)
    yield from _lists(expect, reviewed, faults, None)
    for each, part in expect.get("subjects", {}).items():
        label = f"{each} "
        lines = [
            *_subject(part, reviewed, evaluation, str(each)),
            *_lists(part, reviewed, faults, str(each)),
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
    keys = [key for key in expect if key not in ("in_scope", "task_count", *_LISTS)]
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
            yield from _interval("total", expect[key], result.total.value)
        else:
            yield from _field(key, expect[key], row)


def _field(key: str, wanted: object, row: SubjectRow | None) -> Iterator[str]:
    actual = getattr(row, key) if row is not None else None
    if key in ("star", "decided_star", "final_star", "last_star") and str(wanted) == "none":
        if actual not in (None, 0, "0"):
            yield f"{key}：预期 none，实际 {actual}"
    elif not same(wanted, actual):
        yield f"{key}：预期 {wanted}，实际 {_shown(actual)}"


def _items(wanted: Mapping[str, Any], result: SubjectResult) -> Iterator[str]:
    by_id = {each.item.id: each for each in result.final_items}
    for name, expected in wanted.items():
        scored = by_id.get(name)
        if scored is None:
            yield f"没有项目 {name}"
            continue
        yield from _interval(f"{name}", expected, scored.score)
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
            yield from _interval(title, expected, by_title[title])


def _measures(wanted: Mapping[str, Any], result: SubjectResult) -> Iterator[str]:
    for name, expected in wanted.items():
        value: Value = result.facts.measured(name).value
        if isinstance(value, Interval):
            yield from _interval(name, expected, value)
        elif str(expected) != (word := "none" if value is NONE else show(value)):
            yield f"{name}：预期 {expected}，实际 {word}"


def _interval(label: str, expected: object, actual: Interval) -> Iterator[str]:
    if isinstance(expected, Mapping):
        ends = {
            "low": expected.get("low", expected.get("score")),
            "high": expected.get("high", expected.get("score")),
        }
    else:
        ends = {"low": expected, "high": expected}
    differs = [
        end
        for end, wanted in ends.items()
        if wanted is not None and not same(wanted, getattr(actual, end))
    ]
    if differs:
        shown = (
            expected
            if not isinstance(expected, Mapping)
            else {k: str(v) for k, v in expected.items()}
        )
        yield f"{label}：预期 {shown}，实际 {show(actual)}"


def same(wanted: object, actual: object) -> bool:
    """Whether a value written in a case is the value that came: numbers exactly, dates, words."""
    text = str(wanted)
    if actual is None:
        return text == "none"
    if isinstance(actual, bool):
        return text == ("true" if actual else "false")
    if isinstance(actual, (int, Decimal, Fraction)):
        return exact(text) == Fraction(actual)
    return text == str(actual)


def _shown(value: object) -> str:
    if value is None:
        return "none"
    return plain(value) if isinstance(value, Fraction) else str(value)


# --- lists: partial matches, each on a row of its own -------------------------------------------------


def _lists(
    expect: Mapping[str, Any], reviewed: Reviewed, faults: Sequence[_Placed], code: str | None
) -> Iterator[str]:
    results = reviewed.results
    rows: dict[str, Sequence[object]] = {
        "findings": [row for row in results.findings if code in (None, row.code)],
        "flags": [row for row in results.flags if code in (None, row.code)],
        "tasks": [row for row in results.tasks if code in (None, row.code)],
        "faults": faults,
    }
    for name in _LISTS:
        if name in expect:
            yield from _matches(name, expect[name], rows[name])
    if "task_count" in expect and not same(expect["task_count"], len(rows["tasks"])):
        yield f"task_count：预期 {expect['task_count']}，实际 {len(rows['tasks'])}"


def _matches(
    name: str, wanted: Sequence[Mapping[str, Any]], rows: Sequence[object]
) -> Iterator[str]:
    if not wanted and rows:
        yield f"{name}：预期没有，实际有{len(rows)}条，如 {_brief(rows[0])}"
    left = list(rows)
    for entry in wanted:
        hit = next((row for row in left if _fits(entry, row)), None)
        if hit is None:
            shown = {key: str(value) for key, value in entry.items()}
            near = "；".join(_brief(row) for row in left if _likely(entry, row)) or "无"
            yield f"{name}：没有符合 {shown} 的行（相近：{near}）"
        else:
            left.remove(hit)


def _fits(entry: Mapping[str, Any], row: object) -> bool:
    return all(_fits_key(key, value, row) for key, value in entry.items())


def _fits_key(key: str, wanted: object, row: object) -> bool:
    actual = getattr(row, key, None)
    if isinstance(row, TaskRow) and key == "due" and str(wanted) == "none":
        # Without a date of issue there is only a length, which is no date.
        return actual is None or not str(actual)[:4].isdigit()
    if key == "clause" and isinstance(actual, str):
        return actual == str(wanted) or actual.split(".")[0] == str(wanted)
    return same(wanted, actual)


def _columns(records: Records) -> dict[tuple[str, str], str]:
    """(sheet, cell) → column, so that a case can name the column of a fault."""
    return {
        (name, cell): column
        for name, table in records.tables.items()
        for row in table.rows
        for column, cell in row.cells.items()
    }


def _likely(entry: Mapping[str, Any], row: object) -> bool:
    keys = ("item", "kind", "flag", "code")
    return any(key in entry and _fits_key(key, entry[key], row) for key in keys)


def _brief(row: object) -> str:
    if isinstance(row, _Placed):
        return str(row.fault)
    names = [each.name for each in fields(row)]  # type: ignore[arg-type]
    shown = {
        name: getattr(row, name) for name in names if getattr(row, name) not in (None, "", False)
    }
    shown.pop("detail", None)
    return ", ".join(f"{name}={_shown(value)}" for name, value in shown.items())
