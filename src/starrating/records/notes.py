"""Rows under a header that hold no data: totals, notes, the header once more."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from starrating.records.raw import Raw
from starrating.records.text import squeeze, tidy

_TOTALS = frozenset(("合计", "总计", "小计", "共计", "累计", "平均", "平均值", "以下空白"))
_NOTES = (
    "注:",
    "备注:",
    "说明:",
    "填表说明",
    "填表人",
    "填报人",
    "制表",
    "审核人",
    "审核:",
    "填报单位",
    "填表单位",
    "单位负责人",
    "单位(盖章)",
    "填表日期",
    "填报日期",
)


squeezed = lru_cache(maxsize=1024)(squeeze)
"""First cells repeat themselves down a sheet."""


def is_blank(raw: Raw) -> bool:
    """Whether a cell holds nothing that shows."""
    return raw is None or (isinstance(raw, str) and not tidy(raw))


def is_note(raw: Raw) -> bool:
    """Whether what stands first in a row says that it is a total or a note."""
    text = squeezed(raw) if isinstance(raw, str) else ""
    return text in _TOTALS or text.startswith(_NOTES)


def no_data(cells: Mapping[int, Raw], first: int, heads: Mapping[int, str], *, alone: bool) -> str:
    """The code of the fault that tells why a row is no data, or "" if it may be.

    `first` is the first filled column, `heads` the labels of the columns found, and `alone`
    says that the row holds one text merged over several columns.
    """
    raw = cells[first]
    if is_note(raw):
        return "D210"
    if alone:
        return "D213"
    return "D211" if isinstance(raw, str) and squeezed(raw) and _repeats(cells, heads) else ""


def _repeats(cells: Mapping[int, Raw], heads: Mapping[int, str]) -> bool:
    return len(heads) > 1 and all(
        isinstance(raw := cells.get(index), str) and squeezed(raw) == label
        for index, label in heads.items()
    )
