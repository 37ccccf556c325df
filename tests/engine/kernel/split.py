"""Reviews a setting in parts as a batch does, everything that compares being told across parts."""

from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from starrating.engine import reference
from starrating.engine.kernel import grading
from starrating.engine.kernel.contenders import candidates, joined_contenders
from starrating.engine.kernel.evaluate import review_columns
from starrating.engine.kernel.finishing import (
    Stars,
    joined_endings,
    judged_later,
    kept_ending,
    lagging,
)
from starrating.engine.kernel.groups.wide import compare, rounds, taken, tell, united
from starrating.engine.kernel.part import encode
from starrating.engine.kernel.plan import compile_measures
from starrating.engine.kernel.scored import ground_of, score_columns
from starrating.engine.kernel.standing import ladder_of
from starrating.engine.kernel.subjects import Given
from starrating.engine.star_bands import bands
from starrating.reviewing import evaluations
from starrating.rulebook.stages import late_measures

COLUMNS = ("band", "star", "star_low", "star_high", "state", "recommended")


def split(setting, decided, home):
    """code → what is found of it, where `home` says the part of each code."""
    codes = [each.code for each in setting.records.organisations]
    parts = [
        encode(setting, [code for code in codes if home(code) == number])
        for number in sorted({home(code) for code in codes})
    ]
    given = _given(setting, parts)
    scored = [
        score_columns(setting, decided, "native", part, own)
        for part, own in zip(parts, given, strict=True)
    ]
    book, starts = setting.book, np.cumsum([0, *(len(each.codes) for each in scored)])
    grades = stars = None
    if book.stars:
        joined = joined_contenders([each.grounds.contenders() for each in scored])
        ladder = ladder_of(book, bands(setting))
        grades = grading.grade(candidates(joined), ladder, progress_run=setting.progress_run)
        stars = Stars(grades.star_low, grades.star_high)
    endings = [kept_ending(book, each.ending) for each in scored]
    over_all = joined_endings(book, endings)
    low = lagging(book, over_all, stars)
    together = judged_later(book, over_all, stars, "native") if late_measures(book) else None
    found = {}
    for number, (each, ending) in enumerate(zip(scored, endings, strict=True)):
        rows = slice(starts[number], starts[number + 1])
        own = None if stars is None else Stars(stars.low[rows], stars.high[rows])
        later = together or judged_later(book, ending, own, "native")
        for place, code in enumerate(each.codes):
            total, first = each.scores.total.value, starts[number] + place
            at = first if together else place
            found[code] = {
                "total": (total.low.fraction(place), total.high.fraction(place)),
                "flags": later.flags.at(at),
                "fired": _fired(later.found, at),
                "lagging": bool(low[first]),
                "stars": _stars(grades, first),
            }
    return found


def whole_of(columns):
    """The same, as one part finds it."""
    return {
        code: {
            "total": (
                columns.scores.total.value.low.fraction(place),
                columns.scores.total.value.high.fraction(place),
            ),
            "flags": columns.flags.at(place),
            "fired": _fired(columns.second, place),
            "lagging": bool(columns.lagging[place]),
            "stars": _stars(columns.grades, place),
        }
        for place, code in enumerate(columns.codes)
    }


def _given(setting, parts):
    plan = compile_measures(setting.book)
    late = late_measures(setting.book)
    wide = [
        name
        for name, each in setting.book.measures.items()
        if name not in late and (each.rank or each.best or each.group or each.subordinates)
    ]
    given = [Given() for _ in parts]
    for names in rounds(plan, wide):
        told = [
            tell(ground_of(setting, part, own), names)
            for part, own in zip(parts, given, strict=True)
        ]
        found = compare(plan, told, names, setting.others)
        starts = np.cumsum([0, *(len(each.codes) for each in told)])
        given = [
            united(own, taken(found, np.arange(starts[n], starts[n + 1])))
            for n, own in enumerate(given)
        ]
    return given


def _fired(outcomes, place):
    worlds = {"sure": outcomes.sure, "possible": outcomes.possible, **outcomes.worlds}
    return {
        world: {name for name, mask in masks.items() if mask[place]}
        for world, masks in worlds.items()
    }


def _stars(grades, place):
    if grades is None or not grades.candidates.rated[place]:
        return None
    return tuple(int(getattr(grades, name)[place]) for name in COLUMNS)


@dataclass
class Compared:
    """How many reviews were split, and the first differences."""

    count: int = 0
    lines: list[str] = field(default_factory=list)

    def take(self, setting, decided, columns):
        """Hold one review to its splits: every subject alone, and two parts."""
        if not columns.codes:
            return
        expected = whole_of(columns)
        for home in (str, lambda code: sum(code.encode()) % 2):
            found = split(setting, decided, home)
            self.count += 1
            self.lines += [
                f"{code} {name}: {found[code][name]} in parts, {own[name]} in one"
                for code, own in expected.items()
                for name in own
                if found[code][name] != own[name]
            ]


@contextmanager
def held_together(monkeypatch):
    """While it lasts, every review by the reference is made by the kernel, in one and in parts."""
    found = Compared()

    def both(setting, decided=None, prefer=None):
        found.take(setting, decided or {}, review_columns(setting, decided, prefer))
        return reference.evaluate(setting, decided, prefer)

    monkeypatch.setattr(evaluations, "evaluate", both)
    yield found
    monkeypatch.undo()
