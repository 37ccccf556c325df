"""The way from full marks to the total, as a table and as a line that anyone can recompute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from starrating.explain.model import FULL_MARKS, TOTAL, Chapter, Line, SectionStory, Sum
from starrating.explain.words import change_words, signed
from starrating.report.words import KINDS, number_word

READINGS = ("现按", "最高可为")
"""The low and the high reading, where they differ."""


class Row(NamedTuple):
    """One line of the way from full marks to the total, in one reading or in both."""

    label: str
    amounts: tuple[str, ...]
    note: str = ""


def waterfall(chapter: Chapter) -> Iterator[Row]:
    """From full marks through sections and items to the total; items that change nothing left out."""
    readings = (False, True)[: len(chapter.sums)]
    if len(readings) > 1:
        yield Row("", READINGS)
    yield Row(FULL_MARKS, tuple(number_word(each.steps[0][1]) for each in chapter.sums))
    for section in chapter.sections:
        yield from _section(section, readings)
    for line in chapter.total:
        yield Row(KINDS[line.kind], _amounts([line], readings))
    yield Row(TOTAL, tuple(number_word(each.stated) for each in chapter.sums))


def _section(section: SectionStory, readings: tuple[bool, ...]) -> Iterator[Row]:
    steps = [line for line in section.lines if line.kind != "base"]
    told = [line for item in section.items for line in item.told]
    yield Row(section.title, _amounts([*told, *steps], readings))
    for item in section.items:
        amounts = _amounts(item.told, readings)
        if any(amount != "0" for amount in amounts):
            yield Row(f"　{item.row.item} {item.row.title}", amounts, change_words(item))
    for line in steps:
        yield Row(f"　{KINDS[line.kind]}", _amounts([line], readings))


def _amounts(lines: Sequence[Line], readings: tuple[bool, ...]) -> tuple[str, ...]:
    return tuple(
        signed(sum((line.points(high=high) for line in lines), Decimal(0))) for high in readings
    )


def checks(chapter: Chapter) -> list[str]:
    """The sum as a line that can be recomputed by hand: 核对：100-2-4.5+3=96.5; or both readings."""
    if len(chapter.sums) < 2:
        return [check(each) for each in chapter.sums]
    return [check(each, f"（{word}）") for each, word in zip(chapter.sums, READINGS, strict=True)]


def check(found: Sum, reading: str = "") -> str:
    """One reading's sum in a line; a sum that does not hold is said to be a defect."""
    first, *rest = (points for _, points in found.steps)
    left = number_word(first) + "".join(signed(points) for points in rest)
    if found.holds:
        return f"核对{reading}：{left}={number_word(found.stated)}"
    return (
        f"核对不符{reading}：{left}={number_word(found.total)}，而总分为{number_word(found.stated)}，"
        "请把评定档案发给维护人员"
    )
