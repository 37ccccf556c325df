"""The wide form of 检查记录: one column a check point, one row an organisation's visit.

A town may keep several of them (活动场所, 现场检查 …); each gives rows of the one long sheet.
"""

from __future__ import annotations

from starrating.origin import Origin
from starrating.records.cells import Reader, reader
from starrating.records.headers import Head, Header, column_names
from starrating.records.model import Cell, Row
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


def point_row(visit: Row, point: str, answer: Cell, head: str, cell: str) -> Row:
    """The row of one check point of a visit; `head` and `cell` say where they stand."""
    origin = Origin(visit.origin.file, sheet=visit.origin.sheet, cell=cell)
    values = {**visit.values, POINT: point, RESULT: answer}
    return Row(visit.organisation, values, origin, {**visit.cells, POINT: head, RESULT: cell})
