"""What the kernel found of a part, as tables of Arrow: subjects, findings, flags.

Scores are exact decimals. Findings hold codes, not sentences: item, clause, kind, points (facts
low); a sentence is made when somebody reads the organisation with `starrating explain`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
import pyarrow as pa

from starrating.engine.kernel.arrays import Bools, Exact, Ints, Numbers
from starrating.engine.kernel.finishing import Stars
from starrating.engine.kernel.grading.grades import NOT_RATED, STATES, Grades
from starrating.engine.kernel.judging import Outcomes
from starrating.engine.kernel.scored import Scored
from starrating.engine.kernel.scoring.items import NOT_APPLICABLE, ItemColumns
from starrating.engine.kernel.scoring.plan import Role
from starrating.lean import dataclass
from starrating.rulebook.model import Judgement

DECIMALS = 4
"""Digits of item and finding scores."""


@dataclass(frozen=True, eq=False)
class Base:
    """The organisations of a part and their totals, in code order."""

    rulebook: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    rated: Bools
    total: Numbers
    decimals: int

    @staticmethod
    def of(columns: Scored, names: Mapping[str, str]) -> Base:
        """From what was scored, with the names by code."""
        book, scores = columns.setting.book, columns.scores
        own = tuple(names[code] for code in columns.codes)
        total = scores.total.value
        return Base(book.id, columns.codes, own, scores.rated, total, book.points.decimals)


@dataclass(frozen=True, eq=False)
class StarColumns:
    """What grading found of organisations."""

    band: Ints
    low: Ints
    high: Ints
    star: Ints
    state: Ints
    recommended: Bools

    @staticmethod
    def of(grades: Grades) -> StarColumns:
        """The columns of grades."""
        return StarColumns(
            grades.band, grades.star_low, grades.star_high, grades.star, grades.state,
            np.asarray(grades.recommended),
        )  # fmt: skip

    def take(self, index: slice) -> StarColumns:
        """The organisations of these places."""
        return StarColumns(*(getattr(self, each.name)[index] for each in fields(self)))

    @property
    def span(self) -> Stars:
        """The span that later conditions read."""
        return Stars(self.low, self.high)


def subjects_table(base: Base, stars: StarColumns | None, lagging: Bools) -> pa.Table:
    """subjects: a row for each organisation in scope, in code order."""
    gone = ~base.rated
    found: dict[str, pa.Array] = {
        "rulebook": _same(base.rulebook, len(base.codes)),
        "code": pa.array(base.codes, pa.string()),
        "name": pa.array(base.names, pa.string()),
        "rated": pa.array(base.rated),
        "total_low": _decimals(base.total.low, base.decimals),
        "total_high": _decimals(base.total.high, base.decimals),
    }
    if stars is not None:
        found["band"] = _stars(stars.band, gone)
        found["star_low"] = _stars(stars.low, gone)
        found["star_high"] = _stars(stars.high, gone)
        found["star"] = _stars(stars.star, gone)
        found["state"] = _words(np.where(gone, NOT_RATED, stars.state), STATES)
        found["recommended"] = pa.array(stars.recommended & ~gone)
    found["lagging"] = pa.array(lagging)
    return pa.table(found)


def findings_table(columns: Scored) -> pa.Table:
    """findings: every step of the items that took or gave points, by item, then by organisation.

    The full points of an item (`base`) are left out: the sheet says them.
    """
    rows: dict[str, list[Any]] = {name: [] for name in ("subject", "item", "clause", "points")}
    kinds: list[np.ndarray[Any, Any]] = []
    items = [each.placed.item.id for each in columns.scores.items]
    clauses: dict[str, int] = {}
    names: dict[str, int] = {}
    for number, item in enumerate(columns.scores.items):
        for kind, clause, points, there in _steps(item):
            scaled = _scaled(points, DECIMALS)
            took = scaled != 0 if there is None else there & (scaled != 0)
            place = np.flatnonzero(took)
            if not len(place):
                continue
            rows["subject"].append(place.astype(np.int32))
            rows["item"].append(np.full(len(place), number, np.int32))
            code = clauses.setdefault(clause, len(clauses))
            rows["clause"].append(np.full(len(place), code, np.int32))
            kinds.append(np.full(len(place), names.setdefault(kind, len(names)), np.int32))
            rows["points"].append(scaled[place])
    joined = {
        name: np.concatenate(own) if own else np.zeros(0, np.int32) for name, own in rows.items()
    }
    sort = np.concatenate(kinds) if kinds else np.zeros(0, np.int32)
    codes = pa.array(columns.codes, pa.string())
    return pa.table(
        {
            "rulebook": _same(columns.setting.book.id, len(sort)),
            "code": pa.DictionaryArray.from_arrays(pa.array(joined["subject"]), codes),
            "item": _words(joined["item"], items),
            "clause": _words(joined["clause"], list(clauses)),
            "kind": _words(sort, list(names)),
            "points": _decimal_array(joined["points"].astype(np.int64), DECIMALS),
        }
    )


def _steps(item: ItemColumns) -> Iterator[tuple[str, str, Exact, Bools | None]]:
    """The slots of the reading that each organisation has, facts low."""
    several = len(item.readings) > 1
    for number, scored in enumerate(item.readings):
        own = item.reading == number if several else None
        away = scored.state == NOT_APPLICABLE
        for slot in scored.low.slots:
            if slot.kind == "base":
                continue
            there = slot.there
            if own is not None:
                there = own if there is None else there & own
            if away.any():
                there = ~away if there is None else there & ~away
            clause = slot.effect.number if slot.effect is not None else ""
            yield slot.kind, clause, slot.points, there
        if away.any() and scored.plan.role is Role.BASE:
            given = np.where(scored.gone, 0, 1)
            out = Exact.at(scored.out, len(away)) * Exact.whole(given)
            lost = out - Exact.at(scored.plan.points, len(away))
            yield "not_applicable", "", lost, away if own is None else away & own


def flags_table(base: Base, stages: Iterable[tuple[Iterable[Judgement], Outcomes]]) -> pa.Table:
    """flags: proposed and possible ones, by judgement, then by organisation."""
    found: dict[str, list[str]] = {"code": [], "flag": [], "case": [], "state": []}
    for judgements, outcome in stages:
        for judgement in judgements:
            effect = judgement.then
            if effect.flag is None:
                continue
            sure = outcome.sure.get(judgement.id)
            may = outcome.possible.get(judgement.id)
            for state, mask in (("proposed", sure), ("possible", may)):
                if mask is None:
                    continue
                own = mask if state == "proposed" or sure is None else mask & ~sure
                for place in np.flatnonzero(own):
                    found["code"].append(base.codes[place])
                    found["flag"].append(effect.flag)
                    found["case"].append(effect.case or judgement.id)
                    found["state"].append(state)
    table = {"rulebook": _same(base.rulebook, len(found["code"]))}
    return pa.table(table | {name: pa.array(own, pa.string()) for name, own in found.items()})


# --- arrays ---------------------------------------------------------------------------------------


def _scaled(points: Exact, decimals: int) -> Ints:
    rounded = points.rounded(decimals)
    assert isinstance(rounded.den, int)
    return np.asarray(rounded.num * (10**decimals // rounded.den), np.int64)


def _decimals(points: Exact, decimals: int) -> pa.Array:
    return _decimal_array(_scaled(points, decimals), decimals)


def _decimal_array(whole: Ints, decimals: int) -> pa.Array:
    """Exact decimals from whole units of their last digit."""
    words = np.empty((len(whole), 2), np.int64)
    words[:, 0] = whole
    words[:, 1] = whole >> 63
    kind = pa.decimal128(18, decimals)
    return pa.Array.from_buffers(kind, len(whole), [None, pa.py_buffer(words)])


def _stars(stars: Ints, gone: Bools) -> pa.Array:
    return pa.array(np.asarray(stars, np.int8), mask=np.asarray(gone))


def _words(codes: np.ndarray[Any, Any], vocabulary: Sequence[str]) -> pa.Array:
    own = pa.array(np.asarray(codes, np.int32))
    return pa.DictionaryArray.from_arrays(own, pa.array(list(vocabulary), pa.string()))


def _same(text: str, n: int) -> pa.Array:
    return _words(np.zeros(n, np.int32), [text])
