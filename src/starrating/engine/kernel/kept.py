"""Facts of subjects kept as columns: what some expressions ask, without the records behind it.

Parts of a batch tell each other such facts: kept of each part, they are joined, asked over all
subjects at once, and what was found is taken apart again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from starrating.engine.elsewhere import Figures
from starrating.engine.kernel.facts import Facts, NoFacts
from starrating.engine.kernel.values.alike import Bools
from starrating.engine.kernel.values.exact import joined
from starrating.engine.kernel.values.marks import HELD, Dates, States, Texts, Truths
from starrating.engine.kernel.values.numbers import Numbers, Value
from starrating.rulebook import expressions as ex

Lists = Mapping[str, Sequence[str]]
Others = Mapping[str, Mapping[str, Figures]]
"""rulebook → organisation → what rulebooks that ran before gave it (step 5)."""


@dataclass(frozen=True, eq=False)
class Columns:
    """The answers of subjects: names, check points, counts of lists (name, present or lacking)."""

    names: Mapping[str, Value] = field(default_factory=dict)
    points: Mapping[str, Truths] = field(default_factory=dict)
    counts: Mapping[tuple[str, bool], Numbers] = field(default_factory=dict)

    def with_names(self, names: Mapping[str, Value]) -> Columns:
        """The columns with further names."""
        return Columns({**self.names, **names}, self.points, self.counts)


class Kept(NoFacts):
    """The facts of subjects of whom only these columns are known; other facts are a KeyError.

    `codes` are the subjects' codes, `others` what other rulebooks gave organisations; `roll` holds
    all organisations, in scope or not, where they are asked.
    """

    def __init__(
        self,
        codes: tuple[str, ...],
        columns: Columns,
        lists: Lists,
        others: Others | None = None,
        roll: Kept | None = None,
    ) -> None:
        super().__init__(len(codes))
        self.codes, self.columns, self.lists = codes, columns, lists
        self.others = others or {}
        self.roll = roll

    def everyone(self) -> Kept:
        """The facts of all organisations."""
        return self.roll or self

    def name(self, name: str) -> Value:
        """The values of a name that was kept."""
        return self.columns.names[name]

    def found(self, point: str) -> Truths:
        """Whether a check point was found."""
        return self.columns.points[point]

    def count_of(self, listed: str, *, present: bool) -> Numbers:
        """How many elements of a named list are present, or lacking."""
        return self.columns.counts[listed, present]

    def options(self, name: str) -> tuple[str, ...] | None:
        """The entries of a list of the rulebook."""
        found = self.lists.get(name)
        return None if found is None else tuple(found)


def keep(facts: Facts, exprs: Iterable[ex.Expr], without: Iterable[str] = ()) -> Columns:
    """What the expressions ask of the facts; names of `without` stand elsewhere.

    Flags and item scores are not kept: they are columns of their own.
    """
    names: dict[str, Value] = {}
    points: dict[str, Truths] = {}
    counts: dict[tuple[str, bool], Numbers] = {}
    elsewhere = frozenset(without)
    for node in (node for expr in exprs for node in ex.walk(expr)):
        match node:
            case ex.Name(name=name) if name not in elsewhere and name not in names:
                names[name] = facts.name(name)
            case ex.Found(point=point) if point not in points:
                points[point] = facts.found(point)
            case ex.Present(list=listed) | ex.Lacking(list=listed):
                key = (listed, isinstance(node, ex.Present))
                if key not in counts:
                    counts[key] = facts.count_of(listed, present=key[1])
    return Columns(names, points, counts)


def joined_columns(parts: Sequence[Columns]) -> Columns:
    """The columns of several parts, one after the other; all keep the same."""
    first = parts[0]
    return Columns(
        {name: joined_values([part.names[name] for part in parts]) for name in first.names},
        {each: joined_truths([part.points[each] for part in parts]) for each in first.points},
        {each: joined_numbers([part.counts[each] for part in parts]) for each in first.counts},
    )


def joined_values(parts: Sequence[Value]) -> Value:
    """Values of one kind, one after the other."""
    first = parts[0]
    match first:
        case Numbers():
            return joined_numbers([part for part in parts if isinstance(part, Numbers)])
        case Truths():
            return joined_truths([part for part in parts if isinstance(part, Truths)])
        case Dates():
            days = np.concatenate([part.days for part in parts if isinstance(part, Dates)])
            return Dates(days, _states(parts))
        case Texts():
            return _joined_texts([part for part in parts if isinstance(part, Texts)])


def joined_numbers(parts: Sequence[Numbers]) -> Numbers:
    """Intervals, one after the other."""
    low = joined([part.low for part in parts])
    sharp = all(part.low is part.high for part in parts)
    high = low if sharp else joined([part.high for part in parts])
    lengths = [len(part) for part in parts]
    return Numbers(
        low,
        high,
        _masks([part.no_low for part in parts], lengths),
        _masks([part.no_high for part in parts], lengths),
        _states(parts),
    )


def joined_truths(parts: Sequence[Truths]) -> Truths:
    """Answers, one after the other."""
    sure = np.concatenate([part.sure for part in parts])
    closed = all(part.closed for part in parts)
    may = sure if closed else np.concatenate([part.may for part in parts])
    return Truths(sure, may, _states(parts))


def _joined_texts(parts: Sequence[Texts]) -> Texts:
    place: dict[tuple[str, str | None], int] = {}
    codes = []
    for part in parts:
        meanings = part.meanings or (None,) * len(part.vocabulary)
        told = zip(part.vocabulary, meanings, strict=True)
        own = [place.setdefault(each, len(place)) for each in told]
        codes.append(np.array([*own, 0], np.int64)[part.codes])
    words, meant = tuple(word for word, _ in place), tuple(meaning for _, meaning in place)
    answers = any(part.meanings is not None for part in parts)
    return Texts(np.concatenate(codes), words, _states(parts), meant if answers else None)


def _states(parts: Sequence[Value]) -> States | None:
    if all(part.state is None for part in parts):
        return None
    return np.concatenate(
        [np.full(len(part), HELD, np.int8) if part.state is None else part.state for part in parts]
    )


def _masks(masks: Sequence[Bools | None], lengths: Sequence[int]) -> Bools | None:
    if all(mask is None for mask in masks):
        return None
    return np.concatenate(
        [
            np.zeros(n, np.bool_) if mask is None else mask
            for mask, n in zip(masks, lengths, strict=True)
        ]
    )
