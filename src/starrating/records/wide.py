"""The wide form of 检查记录: one column a check point, one row an organisation's visit.

A town may keep several of them (活动场所, 现场检查 …); each gives rows of the one long sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from starrating.records.cells import Reader, reader
from starrating.records.coded import Coded
from starrating.records.headers import Head, Header, column_names
from starrating.records.model import Cell
from starrating.records.rows import Block
from starrating.schema import CHECKS, ORGANISATIONS, STANDARD, Column, ColumnType, Sheet

POINT, RESULT = "检查项目", "结果"
COMMON = frozenset(("序号", "备注", "联系电话", "联系人", "电话", "附件"))
"""Headers every office has, which are no column of ours and no check point."""
_REGISTERED = frozenset(column_names(STANDARD.sheets[ORGANISATIONS]))


def is_wide(sheet: Sheet, header: Header) -> bool:
    """Whether a header is of the wide form: it has neither 检查项目 nor 结果."""
    return sheet.name == CHECKS and not {POINT, RESULT} & header.found.keys()


def is_point(head: Head) -> bool:
    """Whether an extra column of a wide sheet is a check point, not a fact of the register."""
    return head.label not in COMMON and head.label not in _REGISTERED


def answer_reader() -> Reader:
    """The reader of the cells of check points."""
    return reader(Column(RESULT, ColumnType.ANSWER))


@dataclass(frozen=True, slots=True)
class Point:
    """A column of a check point: its label, where its head stands, its answers and their places."""

    label: str
    head: str
    answers: Coded[Cell]
    place: Callable[[int], str]


def points_of(visits: Block, points: Sequence[Point]) -> Block:
    """The rows of the check points of visits, one for each answer."""
    found = [
        (visit, number)
        for visit in range(len(visits))
        for number, point in enumerate(points)
        if point.answers[visit] is not None
    ]
    rows = [visit for visit, _ in found]
    cells = [points[number].place(visit) for visit, number in found]
    labels = Coded([point.label for point in points], [number for _, number in found])
    answers = Coded.of([points[number].answers[visit] for visit, number in found])
    columns = {name: column.take(rows) for name, column in visits.columns.items()}
    return replace(
        visits,
        numbers=[visits.numbers[visit] for visit in rows],
        firsts=cells,
        owners=visits.owners.take(rows),
        columns={**columns, POINT: labels.turned(lambda label: label), RESULT: answers},
        letters={**visits.letters, POINT: "", RESULT: ""},
        elsewhere={
            place: {**visits.elsewhere.get(visit, {}), POINT: points[number].head, RESULT: cell}
            for place, ((visit, number), cell) in enumerate(zip(found, cells, strict=True))
        },
    )
