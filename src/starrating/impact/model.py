"""What 影响测算 finds: each organisation before and after, and what each change brought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from starrating.impact.shares import NOTHING, Ends, plus
from starrating.rulediff import Comparison


@dataclass(frozen=True, slots=True)
class Standing:
    """One organisation under one version: total and star as a range, and the star shown."""

    rated: bool
    low: Fraction
    high: Fraction
    star: int | None
    star_low: int | None
    star_high: int | None
    state: str

    @property
    def total(self) -> Ends:
        """The total with facts low and with facts high."""
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Part:
    """What one change brings to one organisation's total, with facts low and with facts high.

    `place` is the item (or what else), `text` what changed there, `path` as in a comparison.
    """

    place: str
    text: str
    path: str
    points: Ends


@dataclass(frozen=True, slots=True)
class Subject:
    """One organisation; `before` or `after` is None where that version does not cover it."""

    code: str
    name: str
    town: str
    before: Standing | None
    after: Standing | None
    parts: tuple[Part, ...] = ()
    flags_before: tuple[str, ...] = ()
    flags_after: tuple[str, ...] = ()

    @property
    def change(self) -> Ends:
        """The change of the total: what the parts add up to."""
        found = NOTHING
        for part in self.parts:
            found = plus(found, part.points)
        return found

    @property
    def stars(self) -> int:
        """By how many stars it rises; less than 0 falls; 0 where it is not rated both times."""
        if self.before is None or self.after is None:
            return 0
        one, two = self.before.star, self.after.star
        return 0 if one is None or two is None else two - one

    @property
    def newly_proposed(self) -> tuple[str, ...]:
        """The flags with their cases that only the new version proposes."""
        return tuple(flag for flag in self.flags_after if flag not in self.flags_before)

    @property
    def no_longer_proposed(self) -> tuple[str, ...]:
        """The flags with their cases that only the old version proposes."""
        return tuple(flag for flag in self.flags_before if flag not in self.flags_after)


@dataclass(frozen=True, slots=True)
class Need:
    """What an item of the new version asks for that the past review did not hold.

    `count` organisations have a range there, not a score.
    """

    item: str
    place: str
    reasons: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Impact:
    """One past review under two versions.

    `stars` are the stars of both versions with their names, high first, then 0; `day` is the review's cut-off. `needs` are
    item by item, `notes` what else a reader must know.
    """

    archive: str
    title: str
    period: str
    day: date
    comparison: Comparison
    subjects: tuple[Subject, ...]
    stars: tuple[tuple[int, str], ...]
    needs: tuple[Need, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it as lines (Chinese)."""
        from starrating.impact.text import to_text

        return to_text(self)

    def distribution(self, *, after: bool) -> Mapping[int, int]:
        """star → how many rated organisations are shown with it."""
        standings = (each.after if after else each.before for each in self.subjects)
        found = Counter(each.star or 0 for each in standings if each is not None and each.rated)
        return {star: found[star] for star, _ in self.stars}

    def rated(self, *, after: bool) -> int:
        """How many organisations are rated."""
        return sum(self.distribution(after=after).values())

    @property
    def rising(self) -> tuple[Subject, ...]:
        """Those whose star rises."""
        return tuple(each for each in self.subjects if each.stars > 0)

    @property
    def falling(self) -> tuple[Subject, ...]:
        """Those whose star falls."""
        return tuple(each for each in self.subjects if each.stars < 0)

    def by_change(self) -> tuple[tuple[Part, int, Ends], ...]:
        """Each change with the number of organisations it moves and what it brings in all."""
        found: dict[tuple[str, str], tuple[Part, int, Ends]] = {}
        for each in self.subjects:
            for part in each.parts:
                first, count, points = found.get((part.place, part.path), (part, 0, NOTHING))
                found[part.place, part.path] = first, count + 1, plus(points, part.points)
        return tuple(found.values())
