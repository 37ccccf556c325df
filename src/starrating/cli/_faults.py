"""Faults as lines and as parts of a JSON document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starrating.archive.canonical import Json
    from starrating.faults import Fault

ORDER = ("fatal", "error", "warning", "hint", "info")
SHOWN_AT_MOST = 10
"""Lines of faults that a command whose subject is something else prints."""


def counted(faults: Iterable[Fault]) -> str:
    """Count the faults of each level in words: 错误 3 处，提醒 1 处."""
    numbers = Counter(fault.level.value for fault in faults)
    parts = [f"{_short(level)} {numbers[level]} 处" for level in ORDER if numbers[level]]
    return "，".join(parts) or "没有"


def grouped_lines(faults: Sequence[Fault]) -> list[str]:
    """List all faults by level, then by file and sheet, each with its own place."""
    from starrating.faults import in_order
    from starrating.report.words import LEVELS

    lines: list[str] = []
    for level, of_level in groupby(in_order(faults), key=lambda fault: fault.level.value):
        found = list(of_level)
        lines += ["", f"{LEVELS[level]}：{len(found)} 处"]
        for place, at_place in groupby(found, key=_sheet):
            here = list(at_place)
            lines.append(f"  {place}（{len(here)} 处）")
            lines += [f"    {fault}" for fault in here]
    return lines[1:]


def message_lines(faults: Sequence[Fault], rest: str = "") -> list[str]:
    """Turn faults into messages: the weightiest first, no more than a screen holds."""
    from starrating.faults import in_order

    found = in_order(faults)
    lines = [f"{_level(fault)}：{fault}" for fault in found[:SHOWN_AT_MOST]]
    if len(found) > SHOWN_AT_MOST:
        lines.append(f"……另有 {len(found) - SHOWN_AT_MOST} 处{rest}")
    return lines


def _level(fault: Fault) -> str:
    """The level in Chinese; what is wrong in rules is not unknown, but stops the work."""
    from starrating.report.words import LEVELS

    of_rules = fault.code.startswith("R") and fault.level.value == "error"
    return "错误" if of_rules else LEVELS[fault.level.value]


def has_errors(faults: Iterable[Fault]) -> bool:
    """Say whether any fault is an error or worse."""
    return any(fault.level.value in {"fatal", "error"} for fault in faults)


def fault_documents(faults: Sequence[Fault]) -> list[Json]:
    """Make JSON objects of faults; parts of a place that are not known are left out."""
    from starrating.faults import in_order

    return [_document(fault) for fault in in_order(faults)]


def count_document(faults: Iterable[Fault]) -> dict[str, Json]:
    """Count the faults of each level."""
    numbers = Counter(fault.level.value for fault in faults)
    return {level: numbers[level] for level in ORDER}


def _short(level: str) -> str:
    from starrating.report.words import LEVELS

    return LEVELS[level].partition("（")[0]


def _sheet(fault: Fault) -> str:
    origin = fault.origin
    return f"{origin.file}!{origin.sheet}" if origin.sheet else origin.file


def _document(fault: Fault) -> dict[str, Json]:
    origin = fault.origin
    place: dict[str, Json] = {
        "file": origin.file,
        "sheet": origin.sheet,
        "cell": origin.cell,
        "line": origin.line,
        "column": origin.column,
    }
    return {
        "code": fault.code,
        "level": fault.level.value,
        "message": fault.message,
        "remedy": fault.remedy,
        **{name: value for name, value in place.items() if value is not None},
    }
