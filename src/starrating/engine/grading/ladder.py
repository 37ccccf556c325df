"""From a total to the star before quotas, one subject alone (semantics.md steps 10 and 11).

Rungs are indices into the bands, high first; the index after the last band is no star.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starrating.engine.grading.model import (
    NO_STAR,
    Band,
    LastStar,
    Moves,
    Plain,
    Standing,
    Step,
)


@dataclass(frozen=True, slots=True)
class Climb:
    """The rung of step 10, the rung after step 11, and the steps between."""

    band: int
    held: int
    steps: tuple[Step, ...]


def stars_of(bands: Sequence[Band]) -> tuple[int, ...]:
    """The star of every rung, no star last."""
    return (*(band.star for band in bands), NO_STAR)


def next_met(requires: Sequence[bool], rung: int) -> int:
    """The highest rung, from `rung` down, whose `requires` holds; no star asks nothing."""
    return next((i for i in range(rung, len(requires)) if requires[i]), len(requires))


def climb(standing: Standing, bands: Sequence[Band], moves: Moves, *, best: bool) -> Climb:
    """Band, moves, caps and forbid of one standing; `best`: an unknown last star is the top one.

    Forbid beats cap, cap beats move. A cap takes the band at or below it without asking
    `requires`, as a fall limit does; only the falls of steps 10 and 12 and the rise limit ask.
    """
    stars = stars_of(bands)
    steps: list[Step] = []
    band = _band(standing, bands, steps)
    rung = _moved(standing, stars, moves, band, steps, best=best)
    if standing.cap is not None:
        capped = max(rung, _at_most(stars, max(standing.cap, NO_STAR)))
        _note(steps, Step("cap", stars[rung], stars[capped], {"cap": standing.cap}))
        rung = capped
    if standing.forbidden:
        steps.append(Step("forbid", stars[rung], NO_STAR))
        rung = len(bands)
    return Climb(band, rung, tuple(steps))


def _band(standing: Standing, bands: Sequence[Band], steps: list[Step]) -> int:
    """Step 10, told as one band step and one requires step for each band lost."""
    stars = stars_of(bands)
    figure = standing.total if standing.figure is None else standing.figure
    reached = next((i for i, band in enumerate(bands) if figure >= band.edge), len(bands))
    detail: dict[str, Plain] = {"total": standing.total}
    if standing.direct is not None and (granted := _at_most(stars, standing.direct)) < reached:
        reached = granted
        detail["direct"] = standing.direct
    if reached < len(bands):
        detail["edge"] = bands[reached].edge
    if reached > 0:
        detail |= {"next_star": stars[reached - 1], "next_edge": bands[reached - 1].edge}
    steps.append(Step("band", None, stars[reached], detail))
    met = next_met(standing.requires, reached)
    steps.extend(Step("requires", stars[i], stars[i + 1]) for i in range(reached, met))
    return met


def _moved(
    standing: Standing,
    stars: Sequence[int],
    moves: Moves,
    band: int,
    steps: list[Step],
    *,
    best: bool,
) -> int:
    """The rung after the limits on rise and fall."""
    if moves == Moves():
        return band
    last = _known(standing.last, stars, best=best)
    if last is None:
        detail: dict[str, Plain] = {"limit": "none", "last": standing.last.state}
        steps.append(Step("move", stars[band], stars[band], detail))
        return band
    told: dict[str, Plain] = {"last": last}
    if standing.last == LastStar.UNKNOWN:
        told = {"last": "unknown", "taken_as": last}
    risen = _risen(standing.requires, stars, moves, last, band)
    rung = _fallen(stars, moves, last, risen)
    if standing.unless:
        if rung != band:
            steps.append(Step("move", stars[band], stars[band], {"limit": "unless", **told}))
        return band
    rise: dict[str, Plain] = {"limit": "rise", "at_most": moves.rise_at_most, **told}
    _note(steps, Step("move", stars[band], stars[risen], rise))
    fall: dict[str, Plain] = {"limit": "fall", "at_most": moves.fall_at_most, **told}
    _note(steps, Step("move", stars[risen], stars[rung], fall))
    return rung


def _known(last: LastStar, stars: Sequence[int], *, best: bool) -> int | None:
    """The number to move from; None = no limit. Both limits let more through the higher it is:
    an unknown one is the lowest star of the bands, or the highest."""
    if last == LastStar.UNKNOWN:
        return stars[0] if best else stars[-2]
    return last.star


def _risen(
    requires: Sequence[bool], stars: Sequence[int], moves: Moves, last: int, rung: int
) -> int:
    """A rise limit falls on to the next band whose `requires` holds."""
    if moves.rise_at_most is None:
        return rung
    allowed = _at_most(stars, last + moves.rise_at_most)
    return rung if rung >= allowed else next_met(requires, allowed)


def _fallen(stars: Sequence[int], moves: Moves, last: int, rung: int) -> int:
    """A fall limit lifts to the lowest star it allows, without asking `requires`.

    Where the bands leave a gap it never lifts above the last star: then the nearest band below.
    """
    if moves.fall_at_most is None or stars[rung] >= last - moves.fall_at_most:
        return rung
    floor = last - moves.fall_at_most
    allowed = [i for i, star in enumerate(stars) if floor <= star <= last]
    return min(rung, allowed[-1] if allowed else _at_most(stars, floor))


def _at_most(stars: Sequence[int], star: int) -> int:
    """The highest rung whose star is at most `star` (at least 0)."""
    return next(i for i, each in enumerate(stars) if each <= star)


def _note(steps: list[Step], step: Step) -> None:
    """Tell a step that changed the star."""
    if step.from_star != step.to_star:
        steps.append(step)
