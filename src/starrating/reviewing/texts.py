"""Rows that results print as supplied: problems, decisions, columns nobody reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction

from starrating.engine.people.part import Decisions
from starrating.number import plain
from starrating.origin import Origin
from starrating.records.model import AnswerCell, Cell, Records, Row, Unreadable
from starrating.results.model import ProblemRow, UnusedRow
from starrating.schema import CHANGES, CORRECTIONS, DECISIONS, OBJECTIONS, PROBLEMS


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


def people_texts(records: Records, decided: Decisions) -> tuple[Mapping[str, str], ...]:
    """The supplied sheets of people, each in code order: 审定结果, 异议复核, 核查更正, 组织变更.

    `采用` tells of 审定结果 whether a row is the one that counts.
    """
    names = _names(records)
    counted = {each.origin for code in names for each in decided.of(code)}
    return tuple(
        _person_text(row, names, counted if sheet == DECISIONS else None)
        for sheet in (DECISIONS, OBJECTIONS, CORRECTIONS, CHANGES)
        for row in sorted(records.rows(sheet), key=lambda row: row.organisation)
    )


def _person_text(
    row: Row, names: Mapping[str, str], counted: Collection[Origin] | None
) -> Mapping[str, str]:
    own = {name: cell_text(row.value(name)) for name in row.values if name != "党组织"}
    if row.organisation:
        own |= {"党组织": row.organisation, "名称": names.get(row.organisation, "")}
    if counted is not None:
        own["采用"] = "是" if row.origin in counted else "否"
    return own


def unused_rows(records: Records) -> tuple[UnusedRow, ...]:
    """Supplied columns that no rulebook reads (可停报项目)."""
    return tuple(
        UnusedRow(each.file, each.sheet, each.column, each.filled) for each in records.unused
    )
