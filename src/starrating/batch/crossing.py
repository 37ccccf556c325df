"""What of a batch compares organisations of different parts (semantics.md steps 5 and 12).

Only groups that span parts are looked at over all parts; where every group lies in one part, each
part is a whole review by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from starrating.batch.arrow import texts
from starrating.batch.codes import BATCH
from starrating.batch.parts import Roll, read_roll
from starrating.batch.source import Source
from starrating.batch.table import Unusable
from starrating.engine.kernel.arrays import HELD, Texts, Value
from starrating.engine.kernel.groups.wide import rounds
from starrating.engine.kernel.program import program_of
from starrating.engine.setting import Setting
from starrating.rulebook.model import Measure, Rulebook
from starrating.rulebook.stages import late_measures
from starrating.schema import PARENT

Key = str | int
"""A group by its name, or by the state of what has none."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """The measures that look beyond a part, in rounds by dependence; whether stars, or the lowest
    of a group, are found over all parts; and whether judgements of stage 2 are, since they may read
    measures of totals and stars that look beyond a part."""

    measures: tuple[tuple[str, ...], ...] = ()
    stars: bool = False
    later: bool = False


def crossing_of(source: Source, setting: Setting) -> Crossing:
    """What crosses the parts. Raises Unusable for parts that can not be read, and for one
    organisation in two parts."""
    if len(source.parts) == 1:
        return Crossing()
    book = setting.book
    wanted = frozenset(column for column in _columns(book) if column is not None)
    rolls = [read_roll(source, number, setting, wanted) for number in range(len(source.parts))]
    _each_once(rolls)
    spans: dict[str | None, bool] = {None: True}
    for column in wanted:
        spans[column] = _spans([roll.values[column] for roll in rolls])
    wide = [
        name
        for name, measure in book.measures.items()
        if (among := _compared(measure)) is not None and spans[among[0]]
    ]
    if looks_below(book):
        below = _below_elsewhere(rolls)
        wide += [name for name, own in book.measures.items() if own.subordinates and below]
    late = late_measures(book)
    early = [name for name in wide if name not in late]
    later = len(early) < len(wide)
    stars = later or any(spans[each] for each in _graded(book))
    return Crossing(rounds(program_of(book).measures, early), stars, later)


def _graded(book: Rulebook) -> Iterator[str | None]:
    """The columns that group what stars are made from; None is one group of all."""
    for star in book.stars:
        if star.at_most is not None:
            yield star.at_most.among
    if book.stars:
        yield from (rule.among for rule in book.lagging)


def _compared(measure: Measure) -> tuple[str | None] | None:
    """The column that groups a measure which compares, if it does."""
    compared = measure.contest or measure.group
    return None if compared is None else (compared.among,)


def grouped_by(book: Rulebook) -> Iterator[str | None]:
    """The columns whose groups are compared, for stars and by measures; None is all with all."""
    yield from _graded(book)
    for measure in book.measures.values():
        yield from _compared(measure) or ()


def looks_below(book: Rulebook) -> bool:
    """Whether a measure reads what lies below an organisation."""
    return any(measure.subordinates is not None for measure in book.measures.values())


def _columns(book: Rulebook) -> Iterator[str | None]:
    yield from grouped_by(book)
    if looks_below(book):
        yield PARENT


def _spans(parts: Sequence[Value]) -> bool:
    """Whether a group lies in more than one part."""
    seen: set[Key] = set()
    for value in parts:
        if not isinstance(value, Texts):
            return True
        own = _keys(value)
        if seen & own:
            return True
        seen |= own
    return False


def _keys(value: Texts) -> set[Key]:
    codes = value.codes if value.state is None else value.codes[value.state == HELD]
    found: set[Key] = {value.vocabulary[int(code)] for code in np.unique(codes)}
    if value.state is not None:
        found.update(int(state) for state in np.unique(value.state) if state != HELD)
    return found


def _below_elsewhere(rolls: Sequence[Roll]) -> bool:
    """Whether an organisation has its superior in another part."""
    import pyarrow.compute as pc

    above = [_words(roll.values[PARENT]) for roll in rolls]
    wanted = texts(sorted(set().union(*above)))
    home = {
        code: part
        for part, roll in enumerate(rolls)
        for code in roll.codes.filter(pc.is_in(roll.codes, wanted)).to_pylist()
    }
    return any(home.get(word, part) != part for part, own in enumerate(above) for word in own)


def _words(value: Value) -> set[str]:
    if not isinstance(value, Texts):
        return set()
    return {key for key in _keys(value) if isinstance(key, str)}


def _each_once(rolls: Sequence[Roll]) -> None:
    """D707: a code stands in one part only."""
    import pyarrow.compute as pc

    codes = pa.chunked_array([roll.codes for roll in rolls])
    if pc.count_distinct(codes).as_py() == len(codes):
        return
    counts = codes.value_counts()
    again = counts.filter(pc.greater(counts.field("counts"), 1)).field("values")
    first = min(str(code) for code in again.to_pylist())
    last = next(n for n in reversed(range(len(rolls))) if first in rolls[n].codes.to_pylist())
    raise Unusable(BATCH.fault("D707", rolls[last].origin, code=first))
