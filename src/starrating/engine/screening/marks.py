"""One pass over the records: which keys of which organisation may be a fault.

What is marked too much costs time; what were missed would be a fault untold, so that whatever is
not plainly in order is marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from starrating.engine.rows.reach import happens_later
from starrating.engine.scoring.persons import LEVEL, RATED_IN
from starrating.engine.screening.keys import LISTED, Key, counted, point, rating, rows_of
from starrating.engine.setting import Setting
from starrating.records.model import AnswerCell, Row
from starrating.rulebook.fields import Between
from starrating.rulebook.model import Item, Rulebook
from starrating.schema import CHECKS, COUNTS, SCORES

Marks = Mapping[str, frozenset[Key]]
"""Organisation → the keys that may be a fault; LISTED is every organisation's."""


def marks_of(setting: Setting) -> Marks:
    """The marks of all organisations that have any; the others have `EVERYBODY`."""
    found: dict[str, set[Key]] = {}
    for code, key in _marked(setting):
        found.setdefault(code, set(EVERYBODY)).add(key)
    return {code: frozenset(keys) for code, keys in found.items()}


EVERYBODY = frozenset({LISTED})


def _marked(setting: Setting) -> Iterator[tuple[str, Key]]:
    for name in setting.records.tables:
        sheet = setting.schema.sheet(name)
        if sheet is not None and len(sheet.date) == 1:
            for row in setting.records.rows(name):
                if happens_later(setting, sheet, row):
                    yield row.organisation, rows_of(name)
    yield from _points(setting)
    yield from _ratings(setting)
    for row in setting.records.rows(COUNTS):
        yield row.organisation, counted(_text(row, "指标"))


def _points(setting: Setting) -> Iterator[tuple[str, Key]]:
    """A second row of a point, an answer that is no yes or no, a person's number."""
    seen: set[tuple[str, str]] = set()
    for row in setting.records.rows(CHECKS):
        name, answer = _text(row, "检查项目"), row.value("结果")
        once = (row.organisation, name)
        plain = isinstance(answer, AnswerCell) and answer.meaning is not None
        if once in seen or not plain or row.value("分值") is not None:
            yield row.organisation, point(name)
        seen.add(once)


def _ratings(setting: Setting) -> Iterator[tuple[str, Key]]:
    """A second score by one rater, one without a reason, one outside the printed range."""
    ranges = {item.id: tuple(_ranges(item)) for item in _items(setting.book)}
    seen: set[tuple[str, str, str]] = set()
    for row in setting.records.rows(SCORES):
        item = _text(row, "项目")
        once = (row.organisation, item, _text(row, "评分主体"))
        if once in seen or not _in_order(row, ranges.get(item, ())):
            yield row.organisation, rating(item)
        seen.add(once)


def _in_order(row: Row, ranges: tuple[tuple[str, Between], ...]) -> bool:
    if row.value(LEVEL) is not None or row.value("加扣分原因") is None:
        return False
    for column, printed in ranges:
        number = row.value(column)
        if number is not None and not (
            isinstance(number, Fraction) and printed.low <= number <= printed.high
        ):
            return False
    return True


def _items(book: Rulebook) -> Iterator[Item]:
    return (item for _, item in book.items())


def _ranges(item: Item) -> Iterator[tuple[str, Between]]:
    """The printed ranges of the item's clauses, with the column that each reads."""
    for _, clause in item.every_clause():
        amounts = clause.amount.values() if isinstance(clause.amount, dict) else (clause.amount,)
        for amount in amounts:
            if isinstance(amount, Between):
                yield RATED_IN[clause.form], amount


def _text(row: Row, column: str) -> str:
    cell = row.value(column)
    return cell if isinstance(cell, str) else ""
