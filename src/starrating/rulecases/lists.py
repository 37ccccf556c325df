"""Lists of a case: partial matches, each on a row of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from starrating.faults import Fault
from starrating.records import Records
from starrating.results.model import FindingRow, FlagRow, TaskRow
from starrating.reviewing.evaluate import Reviewed
from starrating.rulebook.casewords import LISTS
from starrating.rulecases.values import same, shown_value


@dataclass(frozen=True, slots=True)
class Placed:
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


Told = FindingRow | FlagRow | TaskRow | Placed
"""A row that an entry of a list may match."""


def columns(records: Records) -> dict[tuple[str, str], str]:
    """(sheet, cell) → column, so that a case can name the column of a fault."""
    return {
        (name, cell): column
        for name, table in records.tables.items()
        for row in table.rows
        for column, cell in row.cells.items()
    }


def lists(
    expect: Mapping[str, Any], reviewed: Reviewed, faults: Sequence[Placed], code: str | None
) -> Iterator[str]:
    """A line for each entry without a row; `code` narrows the rows to one organisation."""
    results = reviewed.results
    rows: dict[str, Sequence[Told]] = {
        "findings": [row for row in results.findings if code in (None, row.code)],
        "flags": [row for row in results.flags if code in (None, row.code)],
        "tasks": [row for row in results.tasks if code in (None, row.code)],
        "faults": faults,
    }
    for name in LISTS:
        if name in expect:
            yield from _matches(name, expect[name], rows[name])
    if "task_count" in expect and not same(expect["task_count"], len(rows["tasks"])):
        yield f"task_count：预期 {expect['task_count']}，实际 {len(rows['tasks'])}"


def _matches(name: str, wanted: Sequence[Mapping[str, Any]], rows: Sequence[Told]) -> Iterator[str]:
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


def _fits(entry: Mapping[str, Any], row: Told) -> bool:
    return all(_fits_key(key, value, row) for key, value in entry.items())


def _fits_key(key: str, wanted: object, row: Told) -> bool:
    actual = getattr(row, key, None)
    if isinstance(row, TaskRow) and key == "due" and str(wanted) == "none":
        # Without a date of issue there is only a length, which is no date.
        return actual is None or not str(actual)[:4].isdigit()
    if key == "clause" and isinstance(actual, str):
        return actual == str(wanted) or actual.split(".")[0] == str(wanted)
    return same(wanted, actual)


def _likely(entry: Mapping[str, Any], row: Told) -> bool:
    keys = ("item", "kind", "flag", "code")
    return any(key in entry and _fits_key(key, entry[key], row) for key in keys)


def _brief(row: Told) -> str:
    if isinstance(row, Placed):
        return str(row.fault)
    names = [each.name for each in fields(row)]
    shown = {
        name: getattr(row, name) for name in names if getattr(row, name) not in (None, "", False)
    }
    shown.pop("detail", None)
    return ", ".join(f"{name}={shown_value(value)}" for name, value in shown.items())
