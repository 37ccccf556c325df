"""What the kernel found of a part, as tables of Arrow: subjects, findings, flags.

Scores are exact decimals. Findings hold codes, not sentences: item, clause, kind, points (facts
low); a sentence is made when somebody reads the organisation with `starrating explain`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from starrating.batch.arrow import coded, decimals, plain, texts
from starrating.engine.kernel.arrays import Bools, Exact, Ints
from starrating.engine.kernel.evaluate import Reviewed
from starrating.engine.kernel.grading.grades import NOT_RATED, STATES
from starrating.engine.kernel.scoring.items import NOT_APPLICABLE, ItemColumns
from starrating.engine.kernel.scoring.plan import Role

DECIMALS = 4
"""Digits of item and finding scores."""


def subjects_table(columns: Reviewed, names: Sequence[str]) -> pa.Table:
    """subjects: a row for each organisation in scope, in code order."""
    scores, grades = columns.scores, columns.grades
    n = len(columns.codes)
    digits = columns.setting.book.points.decimals
    found: dict[str, pa.Array] = {
        "rulebook": _same(columns.setting.book.id, n),
        "code": texts(columns.codes),
        "name": texts(names),
        "rated": plain(scores.rated),
        "total_low": decimals(_scaled(scores.total.value.low, digits), digits),
        "total_high": decimals(_scaled(scores.total.value.high, digits), digits),
    }
    if grades is not None:
        gone = ~scores.rated
        found["band"] = _stars(grades.band, gone)
        found["star_low"] = _stars(grades.star_low, gone)
        found["star_high"] = _stars(grades.star_high, gone)
        found["star"] = _stars(grades.star, gone)
        state = np.where(gone, NOT_RATED, grades.state)
        found["state"] = coded(state, STATES)
        found["recommended"] = plain(np.asarray(grades.recommended) & ~gone)
    found["lagging"] = plain(columns.lagging)
    return pa.table(found)


def findings_table(columns: Reviewed) -> pa.Table:
    """findings: every step of the items that took or gave points, by item, then by organisation.

    The full points of an item (`base`) are left out: the sheet says them.
    """
    items = [each.placed.item.id for each in columns.scores.items]
    clauses: dict[str, int] = {}
    kinds: dict[str, int] = {}
    steps: list[tuple[int, int, int]] = []
    subjects, points = [np.zeros(0, np.int32)], [np.zeros(0, np.int64)]
    for number, item in enumerate(columns.scores.items):
        for kind, clause, moved, there in _steps(item):
            if not moved.num.any():
                continue
            scaled = _scaled(moved, DECIMALS)
            place = np.flatnonzero(scaled if there is None else there & (scaled != 0))
            clause_code = clauses.setdefault(clause, len(clauses))
            steps.append((number, clause_code, kinds.setdefault(kind, len(kinds))))
            subjects.append(place.astype(np.int32))
            points.append(scaled[place])
    counts = [len(each) for each in subjects[1:]]
    told = np.array(steps, np.int32).reshape(-1, 3)
    item_code, clause_code_, kind_code = (np.repeat(own, counts) for own in told.T)
    return pa.table(
        {
            "rulebook": _same(columns.setting.book.id, len(item_code)),
            "code": coded(np.concatenate(subjects), columns.codes),
            "item": coded(item_code, items),
            "clause": coded(clause_code_, list(clauses)),
            "kind": coded(kind_code, list(kinds)),
            "points": decimals(np.concatenate(points), DECIMALS),
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


def flags_table(columns: Reviewed) -> pa.Table:
    """flags: proposed and possible ones, by judgement, then by organisation."""
    raised: list[tuple[str, str, str]] = []
    subjects = [np.zeros(0, np.int64)]
    stages = zip(columns.stages, (columns.scores.first, columns.second), strict=True)
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
                subjects.append(np.flatnonzero(own))
                raised.append((effect.flag, effect.case or judgement.id, state))
    counts = [len(each) for each in subjects[1:]]
    place = np.concatenate(subjects)
    table = {"rulebook": _same(columns.setting.book.id, len(place))}
    table["code"] = coded(place, columns.codes)
    for number, name in enumerate(("flag", "case", "state")):
        words = [each[number] for each in raised]
        vocabulary = list(dict.fromkeys(words))
        codes = np.array([vocabulary.index(word) for word in words], np.int32)
        table[name] = coded(np.repeat(codes, counts), vocabulary)
    return pa.table(table)


# --- arrays ---------------------------------------------------------------------------------------


def _scaled(points: Exact, decimals: int) -> Ints:
    rounded = points.rounded(decimals)
    assert isinstance(rounded.den, int)
    return np.asarray(rounded.num * (10**decimals // rounded.den), np.int64)


def _stars(stars: Ints, gone: Bools) -> pa.Array:
    return plain(np.asarray(stars, np.int8), np.asarray(gone))


def _same(text: str, n: int) -> pa.Array:
    return coded(np.zeros(n, np.int32), [text])
