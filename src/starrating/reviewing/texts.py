"""Rows that results print as supplied: problems, decisions, columns nobody reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from starrating.number import plain
from starrating.records.model import AnswerCell, Cell, Records, Unreadable
from starrating.results.model import ProblemRow, UnusedRow
from starrating.schema import DECISIONS, PROBLEMS


def cell_text(cell: Cell) -> str:
    """A normalised cell as text; blank and unreadable cells are empty."""
    if cell is None or isinstance(cell, Unreadable):
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, Fraction):
        return plain(cell)
    if isinstance(cell, AnswerCell):
        return cell.word
    return cell.isoformat() if isinstance(cell, date) else cell


def _names(records: Records) -> dict[str, str]:
    return {organisation.code: organisation.name for organisation in records.organisations}


def problem_rows(records: Records) -> tuple[ProblemRow, ...]:
    """The supplied 问题清单, by organisation and then in the order supplied."""
    names = _names(records)
    rows = [
        ProblemRow(
            cell_text(row.value("问题编号")),
            row.organisation,
            names.get(row.organisation, ""),
            {column: text for column in row.values if (text := cell_text(row.value(column)))},
            str(row.origin),
        )
        for row in records.rows(PROBLEMS)
        if row.organisation
    ]
    return tuple(sorted(rows, key=lambda row: row.code))


def decision_texts(records: Records) -> tuple[Mapping[str, str], ...]:
    """The supplied 审定结果, in code order."""
    names = _names(records)
    rows = [row for row in records.rows(DECISIONS) if row.organisation]
    return tuple(
        {
            "党组织": row.organisation,
            "名称": names.get(row.organisation, ""),
            **{name: cell_text(row.value(name)) for name in row.values if name != "党组织"},
        }
        for row in sorted(rows, key=lambda row: row.organisation)
    )


def unused_rows(records: Records) -> tuple[UnusedRow, ...]:
    """Supplied columns that no rulebook reads (可停报项目)."""
    return tuple(
        UnusedRow(each.file, each.sheet, each.column, each.filled) for each in records.unused
    )
