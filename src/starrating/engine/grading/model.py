"""What grading reads and gives (semantics.md steps 10–12): frozen values with exact fractions.

Bands are written high first; whatever stands "per band" is a tuple in that order. No star (below
the lowest band, or forbidden) is the star 0; a subject that is not rated has the star None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar, Literal, Protocol, TypeAlias

NO_STAR = 0
"""The star of a subject below the lowest band, or forbidden a star."""

Plain: TypeAlias = "str | int | bool | Fraction | tuple[Plain, ...] | Mapping[str, Plain] | None"
"""A plain fact of a step or a reason."""

OnTie: TypeAlias = Literal["undecided", "include", "exclude"] | tuple[str, ...]
State: TypeAlias = Literal["not_rated", "undecided", "provisional", "determined"]
StepKind: TypeAlias = Literal["band", "requires", "move", "cap", "forbid", "quota", "tie"]


@dataclass(frozen=True, slots=True)
class Quota:
    """名额: at most floor(`share` × members of the group) or `number` subjects hold the band.

    With both, the smaller counts; with neither, ValueError. `among` only names the column.
    `on_tie` says what happens to more tied subjects than seats: a tuple names the measures that
    break the tie. `applied` is False where the quota's level is above the plan's (step 12).
    """

    share: Fraction | None = None
    number: int | None = None
    among: str | None = None
    on_tie: OnTie = "undecided"
    applied: bool = True

    def __post_init__(self) -> None:
        if self.share is None and self.number is None:
            raise ValueError("a quota needs a share or a number")


@dataclass(frozen=True, slots=True)
class Band:
    """One star band: reached where the rounded total is at least `edge` (step 10)."""

    star: int
    edge: Fraction
    quota: Quota | None = None


@dataclass(frozen=True, slots=True)
class Moves:
    """Limits against the last star, in stars (step 11); None = no limit."""

    rise_at_most: int | None = None
    fall_at_most: int | None = None


@dataclass(frozen=True, slots=True)
class LastStar:
    """The last star: `LastStar(3)` is known; NO_STAR is a known 0.

    NONE (there was no rating) and NOT_RATED (there was, without this subject) set no limit.
    UNKNOWN is any star of the bands: the lowest in the shown and low readings, the top in the high.
    """

    star: int | None
    state: Literal["known", "none", "unknown", "not_rated"] = "known"

    NO_STAR: ClassVar[LastStar]
    NONE: ClassVar[LastStar]
    UNKNOWN: ClassVar[LastStar]
    NOT_RATED: ClassVar[LastStar]

    def __post_init__(self) -> None:
        if (self.star is None) == (self.state == "known"):
            raise ValueError("a last star has a number if and only if it is known")


LastStar.NO_STAR = LastStar(NO_STAR)
LastStar.NONE = LastStar(None, "none")
LastStar.UNKNOWN = LastStar(None, "unknown")
LastStar.NOT_RATED = LastStar(None, "not_rated")


@dataclass(frozen=True, slots=True)
class Standing:
    """One reading of one subject: all that its star depends on, except the other subjects.

    total         rounded (step 8)
    requires      per band: whether its `requires` holds
    cap           the highest star allowed, or None
    forbidden     a judgement says `star: none`
    unless        the `unless` of the moves holds: they do not apply
    figure        what the edges are compared with, where it is not the total (a star a section)
    direct        the star that a condition grants whatever the points, or None
    quota_member  per band: counts in the `of` of its quota
    tie_break     per band: the values of the measures its `on_tie` names, () elsewhere; high first
    """

    total: Fraction
    requires: tuple[bool, ...]
    quota_member: tuple[bool, ...]
    tie_break: tuple[tuple[Fraction, ...], ...]
    last: LastStar = LastStar.NONE
    cap: int | None = None
    forbidden: bool = False
    unless: bool = False
    figure: Fraction | None = None
    direct: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One subject in its three readings.

    shown   facts low, proposals as not confirmed: the star that is printed
    low     facts low, proposals as confirmed
    high    facts high, proposals as not confirmed
    group   per band: the group of its quota this subject belongs to. None is a group like any
            other: all subjects of a quota without `among` have it.
    A candidate that is not rated takes no seat, but counts where it is a `quota_member`.
    """

    code: str
    rated: bool
    group: tuple[str | None, ...]
    shown: Standing
    low: Standing
    high: Standing


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way to the star in the shown reading; equal stars = it changed nothing.

    band      from None to the band of the total alone; detail total, edge, next_star, next_edge
    requires  this band's `requires` does not hold
    move      detail limit (rise, fall, unless, none), at_most, last, taken_as
    cap       detail cap
    forbid    to no star
    quota     detail star, seats, members, share or number, among, group, holders, ahead, applied
    tie       as quota, with on_tie, open_seats and the tied codes
    A detail that differs between fillings is a pair (least, most).
    """

    kind: StepKind
    from_star: int | None
    to_star: int | None
    detail: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grade:
    """The star of one subject, as an interval and as shown (semantics.md steps 0, 10–12).

    `band` is step 10 of the shown reading; `star` the lowest star of the shown reading over all
    fillings. All four are None for a subject that is not rated. `reasons` holds, where true:
    ties (a tuple of mappings star, group, seats, codes: the ties this subject is part of),
    others_tie, proposal, facts, progress_run, inexact (the interval is the safe hull).
    """

    code: str
    band: int | None
    star: int | None
    star_low: int | None
    star_high: int | None
    state: State
    recommended: bool
    steps: tuple[Step, ...]
    reasons: Mapping[str, Plain]


class Grader(Protocol):
    """Anything that grades a batch as `grading.grade` says."""

    def __call__(
        self,
        candidates: Sequence[Candidate],
        bands: Sequence[Band],
        moves: Moves | None = None,
        *,
        progress_run: bool = False,
    ) -> tuple[Grade, ...]:
        """The grade of every candidate, in code order."""
        ...
