"""A person's number inside a printed range, and who gave it (step 6)."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING

from starrating.engine.codes import CODES
from starrating.engine.setting import newest
from starrating.engine.values import Interval, rounded
from starrating.number import plain
from starrating.records.model import UNREADABLE, Cell, Row
from starrating.rulebook.fields import Amount, Between
from starrating.rulebook.model import Item
from starrating.rulebook.raters import Seat, seats

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

RATED_IN = {"deduct": "扣分", "add": "得分", "score": "得分"}
"""The column of 考核评分 that a clause of each form reads."""

LEVEL = "等次"
"""The column of 考核评分 that holds a level."""


@dataclass(frozen=True, slots=True)
class Given:
    """An amount as it stands for one subject: printed, or a person's number.

    `awaits` is true where a person has to give a number that is not there, or can not be used;
    `sources` is the cell of the person's number.
    """

    amount: Interval
    awaits: bool = False
    sources: tuple[str, ...] = ()


def given(
    subject: SubjectFacts,
    item: Item,
    form: str,
    amount: Amount,
    point: str | None = None,
    *,
    asked: bool = True,
    of: Sequence[Seat] | None = None,
) -> Given:
    """The amount of a clause of this form.

    A printed number is itself. A range is a person's number: 检查记录.分值 of the point, else
    考核评分 of the item, the mean over the seats `of` (by default those of the item), of each by
    the first who has one, his latest row. `asked` is false where it is not yet known whether
    anybody has to give one.
    """
    if not isinstance(amount, Between):
        return Given(Interval.at(amount))
    figure = _of_point(subject, point) if point is not None else None
    if figure is not None:
        return _read(subject, item, figure, amount, asked=asked)
    column = RATED_IN[form]
    return mean(
        [
            _read(subject, item, _of_rating(subject, item, column, seat), amount, asked=asked)
            for seat in of or seats(subject.setting.book, item)
        ]
    )


def mean(given: Sequence[Given]) -> Given:
    """The mean of what several seats gave, points at once; that of one is its own."""
    if len(given) == 1:
        return given[0]
    total = reduce(operator.add, (each.amount for each in given))
    return Given(
        rounded(total * Interval.at(Fraction(1, len(given)))),
        any(each.awaits for each in given),
        tuple(source for each in given for source in each.sources),
    )


def _read(
    subject: SubjectFacts, item: Item, figure: _Figure | None, amount: Between, *, asked: bool
) -> Given:
    """One person's number inside the printed range."""
    whole = Interval(amount.low, amount.high)
    if figure is None:
        return Given(whole, awaits=asked)
    sources = (str(figure.row.place(figure.column)),)
    if figure.number is None or not _in_range(subject, item, figure, amount):
        return Given(whole, awaits=asked, sources=sources)
    if figure.row.value(figure.reason) is None:
        subject.report(CODES.fault("E107", figure.row.place(figure.reason), item=item.id))
    return Given(Interval.at(figure.number), sources=sources)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A person's number: its cell, and the column of the reason for it."""

    row: Row
    column: str
    reason: str

    @property
    def number(self) -> Fraction | None:
        cell = self.row.value(self.column)
        return cell if isinstance(cell, Fraction) else None


def _in_range(subject: SubjectFacts, item: Item, figure: _Figure, amount: Between) -> bool:
    assert figure.number is not None
    if amount.low <= figure.number <= amount.high:
        return True
    place, score = figure.row.place(figure.column), plain(figure.number)
    shown = f"{plain(amount.low)}–{plain(amount.high)}"
    subject.report(CODES.fault("E106", place, item=item.id, score=score, range=shown))
    return False


def _of_point(subject: SubjectFacts, point: str) -> _Figure | None:
    """检查记录.分值 of the point's latest date; different ones on it are a fault, and unknown."""
    rows = [row for row in subject.point(point).rows if row.value("分值") is not None]
    if not rows:
        return None
    figure = _Figure(rows[-1], "分值", "说明")
    written = {row.value("分值") for row in rows}
    if len(written) > 1:
        shown = sorted(f"分值{_shown(cell)}" for cell in written)
        place = rows[-1].place("分值")
        subject.report(CODES.fault("E101", place, point=point, answers="、".join(shown)))
        return replace(figure, row=_unreadable(rows[-1], "分值"))
    return figure


def _shown(cell: Cell) -> str:
    return plain(cell) if isinstance(cell, Fraction) else "无法识别"


def _of_rating(subject: SubjectFacts, item: Item, column: str, seat: Seat) -> _Figure | None:
    row = rating_row(subject, item.id, column, seat)
    return _Figure(row, column, "加扣分原因") if row is not None else None


def rating_row(subject: SubjectFacts, item: str, column: str, seat: Seat) -> Row | None:
    """The row of 考核评分 that counts for a seat: of the first who has a figure, his latest.

    Different figures on one date are a fault, and unknown (a row whose cell is unreadable).
    """
    latest = seated(subject, item, column, seat)
    if len({row.value(column) for row in latest}) > 1:
        place, rater = latest[-1].place(column), latest[-1].value("评分主体")
        subject.report(CODES.fault("E108", place, item=item, rater=rater))
        return _unreadable(latest[-1], column)
    return latest[-1] if latest else None


def counted_rows(subject: SubjectFacts, item: str, column: str, seat: Seat) -> tuple[Row, ...]:
    """The rows of 考核评分 whose figure counts for a seat: all that say it; none where they differ."""
    latest = seated(subject, item, column, seat)
    return latest if len({row.value(column) for row in latest}) == 1 else ()


def seated(subject: SubjectFacts, item: str, column: str, seat: Seat) -> tuple[Row, ...]:
    """The rows of the latest date of the first rater of a seat who has a figure."""
    rows = [
        row for row in subject.setting.ratings(subject.code, item) if row.value(column) is not None
    ]
    for rater in seat:
        latest = newest([row for row in rows if row.value("评分主体") == rater], "日期")
        if latest:
            return latest
    return ()


def _unreadable(row: Row, column: str) -> Row:
    return replace(row, values={**row.values, column: UNREADABLE})
