"""Three readings joined to one grade a subject (semantics.md steps 0 and 10–12)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from unicodedata import normalize

from starrating.engine.grading.ladder import stars_of
from starrating.engine.grading.model import (
    NO_STAR,
    Band,
    Candidate,
    Grade,
    LastStar,
    Moves,
    Plain,
    Standing,
    State,
    Step,
    StepKind,
)
from starrating.engine.grading.readings import Outcome, Reading, read
from starrating.engine.grading.recommended import recommended
from starrating.limits import MAX_FILLING_WORK


def grade(
    candidates: Sequence[Candidate],
    bands: Sequence[Band],
    moves: Moves | None = None,
    *,
    progress_run: bool = False,
    bound: int = MAX_FILLING_WORK,
) -> tuple[Grade, ...]:
    """The star of every candidate, in code order: steps 10, 11 and 12 of semantics.md.

    `bands` stand high first: stars fall strictly, edges do not rise, else ValueError, as for codes
    given twice and tuples not as long as `bands`. In each reading (shown, low, high) all subjects
    stand as they stand there and every tie is broken in every way. `star` is the lowest of the
    shown reading; `star_low` and `star_high` span the three. State: `undecided` where the shown
    reading leaves a tie open or differs from the low one (only proposals differ there), else
    `provisional` where the span is open or the run is a 进度测算, else `determined`.

    Facts and proposals are read all low or all high together, as step 12 says of a filling; mixed
    cases (one subject's proposal confirmed, another's not) are not spanned.

    Every span is exact while the search for fillings stays within `bound` (entries of states
    visited in one field of contests that can touch each other); past it the safe hull serves, which
    may be wider and never narrower. Where that may have made a difference `reasons` says `inexact`.
    """
    moves = moves or Moves()
    _check(candidates, bands)
    ordered = sorted(candidates, key=lambda each: (normalize("NFKC", each.code), each.code))
    shown = _read(ordered, bands, moves, _shown, bound=bound)
    low, high = shown, shown
    if any(each.low != each.shown for each in ordered):
        low = _read(ordered, bands, moves, _low, bound=bound)
    if any(each.high != each.shown or each.high.last == LastStar.UNKNOWN for each in ordered):
        high = _read(ordered, bands, moves, _high, bound=bound)
    named = recommended(ordered, bands, shown)
    return tuple(
        _grade(
            each,
            bands,
            (shown[each.code], low[each.code], high[each.code]),
            recommended=each.code in named,
            progress_run=progress_run,
        )
        if each.rated
        else Grade(each.code, None, None, None, None, "not_rated", False, (), {})
        for each in ordered
    )


def _shown(candidate: Candidate) -> Standing:
    return candidate.shown


def _low(candidate: Candidate) -> Standing:
    return candidate.low


def _high(candidate: Candidate) -> Standing:
    return candidate.high


def _read(
    candidates: Sequence[Candidate],
    bands: Sequence[Band],
    moves: Moves,
    pick: Callable[[Candidate], Standing],
    *,
    bound: int,
) -> Reading:
    standings = [(each, pick(each)) for each in candidates]
    return read(standings, bands, moves, best=pick is _high, bound=bound)


def _grade(
    candidate: Candidate,
    bands: Sequence[Band],
    outcomes: tuple[Outcome, Outcome, Outcome],
    *,
    recommended: bool,
    progress_run: bool,
) -> Grade:
    shown = outcomes[0]
    stars = stars_of(bands)
    spans = [(stars[each.rungs[-1]], stars[each.rungs[0]]) for each in outcomes]
    least, most = min(low for low, _ in spans), max(high for _, high in spans)
    reasons: dict[str, Plain] = {
        "ties": _ties(shown),
        "others_tie": spans[0][0] != spans[0][1] and not _ties(shown),
        "proposal": spans[1] != spans[0],
        "facts": spans[2] != spans[0],
        "progress_run": progress_run,
        "inexact": any(len(each.rungs) > 1 and not each.exact for each in outcomes),
    }
    state: State = "determined"
    if spans[0][0] != spans[0][1] or spans[1] != spans[0]:
        state = "undecided"
    elif least != most or progress_run:
        state = "provisional"
    return Grade(
        candidate.code,
        stars[shown.climb.band],
        spans[0][0],
        least,
        most,
        state,
        recommended,
        (*shown.climb.steps, *_quota_steps(shown, bands)),
        {name: reason for name, reason in reasons.items() if reason},
    )


def _ties(outcome: Outcome) -> tuple[Plain, ...]:
    """The ties over an edge that the subject is part of."""
    return tuple(
        {
            "star": each.facts["star"],
            "group": each.facts.get("group"),
            "seats": each.facts["open_seats"],
            "codes": each.tied_codes,
        }
        for each in outcome.passages
        if each.tied
    )


def _quota_steps(outcome: Outcome, bands: Sequence[Band]) -> list[Step]:
    """The contests on the way to the lowest star; contended ones also where the seat was kept."""
    stars = stars_of(bands)
    rest = outcome.rungs[-1]
    steps: list[Step] = []
    below = [each.rung for each in outcome.passages[1:]] + [rest]
    for each, after in zip(outcome.passages, below, strict=False):
        if each.contended:
            facts = {**each.facts, "tied": each.tied_codes} if each.tied else each.facts
            kind: StepKind = "tie" if each.tied or each.settled else "quota"
            to_star = stars[after] if each.falls else stars[each.rung]
            steps.append(Step(kind, stars[each.rung], to_star, facts))
    quota = bands[rest].quota if rest < len(bands) else None
    if quota and not quota.applied:
        steps.append(
            Step("quota", stars[rest], stars[rest], {"star": stars[rest], "applied": False})
        )
    return steps


def _check(candidates: Sequence[Candidate], bands: Sequence[Band]) -> None:
    """Refuse what the caller must not give."""
    pairs = list(pairwise(bands))
    if not bands or any(one.star <= two.star or one.edge < two.edge for one, two in pairs):
        raise ValueError("bands must stand high first")
    if bands[-1].star <= NO_STAR:
        raise ValueError("the lowest band must have a star above 0")
    if len({each.code for each in candidates}) != len(candidates):
        raise ValueError("a code is given twice")
    for each in candidates:
        lengths = {len(each.group)}
        for standing in (each.shown, each.low, each.high):
            parts = (standing.requires, standing.quota_member, standing.tie_break)
            lengths.update(len(part) for part in parts)
        if lengths != {len(bands)}:
            raise ValueError(f"{each.code}: a tuple is not as long as the bands")
