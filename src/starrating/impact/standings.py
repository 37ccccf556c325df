"""Each organisation before and after, from the columns of both versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from starrating.engine.kernel.arrays import HELD, Texts
from starrating.engine.kernel.evaluate import Reviewed
from starrating.engine.kernel.grading import STATES
from starrating.impact.model import Part, Standing, Subject
from starrating.rulebook.describe.words import star_word
from starrating.rulebook.model import Rulebook


def standings(reviewed: Reviewed) -> dict[str, Standing]:
    """code → the organisation under one version."""
    total, grades = reviewed.scores.total.value, reviewed.grades
    rated = reviewed.scores.rated
    found = {}
    for place, code in enumerate(reviewed.codes):
        low = total.low.fraction(place)
        high = low if total.low is total.high else total.high.fraction(place)
        if grades is None or not rated[place]:
            found[code] = Standing(False, low, high, None, None, None, "not_rated")
            continue
        found[code] = Standing(
            True,
            low,
            high,
            int(grades.star[place]),
            int(grades.star_low[place]),
            int(grades.star_high[place]),
            STATES[int(grades.state[place])],
        )
    return found


def subjects(
    parts: Mapping[str, tuple[Part, ...]],
    place: int,
    old: Sequence[Reviewed],
    new: Sequence[Reviewed],
    names: Mapping[str, str],
) -> Iterator[Subject]:
    """All organisations that either version covers, in code order.

    `old` and `new` are all rulebooks of the review, `place` is the one that changed, `parts` are
    by code, as the `names` are.
    """
    before, after = standings(old[place]), standings(new[place])
    towns = _towns(old[place]) | _towns(new[place])
    flags = _flags(old), _flags(new)
    for code in sorted(before.keys() | after.keys()):
        yield Subject(
            code,
            names[code],
            towns[code],
            before.get(code),
            after.get(code),
            parts.get(code, ()),
            flags[0].get(code, ()),
            flags[1].get(code, ()),
        )


def _towns(reviewed: Reviewed) -> dict[str, str]:
    """code → the town, as written in the roll."""
    raw = reviewed.part.organisations.raw("所属乡镇")
    if not isinstance(raw, Texts):
        return dict.fromkeys(reviewed.codes, "")
    held = np.ones(len(raw), bool) if raw.state is None else raw.state == HELD
    words = [raw.vocabulary[each] if own else "" for each, own in zip(raw.codes, held, strict=True)]
    return dict(zip(reviewed.codes, words, strict=True))


def _flags(reviews: Sequence[Reviewed]) -> dict[str, tuple[str, ...]]:
    """code → the flags that are proposed, with their cases."""
    found: dict[str, tuple[str, ...]] = {}
    for reviewed in reviews:
        outcomes = reviewed.scores.first, reviewed.second
        for judgements, outcome in zip(reviewed.stages, outcomes, strict=True):
            for judgement in judgements:
                flag = judgement.then.flag
                if flag is None:
                    continue
                flags = reviewed.flags
                decided = flags.where(flags.confirmed, flag) | flags.where(flags.rejected, flag)
                case = judgement.then.case or judgement.title or judgement.id
                for place in np.flatnonzero(outcome.sure[judgement.id] & ~decided).tolist():
                    code = reviewed.codes[place]
                    found[code] = (*found.get(code, ()), f"{flag}（{case}）")
    return found


def star_names(old: Rulebook, new: Rulebook) -> tuple[tuple[int, str], ...]:
    """The stars of both versions with the newer names, high first, then 0."""
    names = {
        star.star: star_word(star.star, star.name) for book in (old, new) for star in book.stars
    }
    return (*sorted(names.items(), reverse=True), (0, "不定星"))
