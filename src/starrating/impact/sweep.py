"""A sweep: one word of a rulebook set to one value after another (试算)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from starrating.engine.kernel.evaluate import Reviewed
from starrating.impact.past import Runs
from starrating.impact.settings import Refused
from starrating.impact.standings import star_names
from starrating.limits import MAX_SWEEP
from starrating.number import exact, plain
from starrating.progress import counted
from starrating.rulebook.model import Rulebook

_RANGE = re.compile(r"(.+?)\.\.(.+?):(.+)")


@dataclass(frozen=True, slots=True)
class Row:
    """One value: how many organisations get which star, and who rises and falls against the
    rulebook as it is."""

    value: str
    distribution: Mapping[int, int]
    rising: int
    falling: int


@dataclass(frozen=True, slots=True)
class Sweep:
    """All values on one past review; `now` is the row of the rulebook as it is."""

    archive: str
    title: str
    period: str
    day: date
    reference: str
    path: str
    stars: tuple[tuple[int, str], ...]
    now: Row
    rows: tuple[Row, ...]


def sweep_range(text: str) -> tuple[str, tuple[str, ...]]:
    """The path and the values of `PATH=FROM..UNTIL:STEP`, both ends included; raises Refused.

    Values are exact; where the step is a percentage so are they.
    """
    path, equals, rest = text.partition("=")
    match = _RANGE.fullmatch(rest.strip())
    numbers = [exact(part.strip()) for part in match.groups()] if match else [None]
    if not equals or None in numbers:
        raise Refused(f"“{text}”应写成 位置=起..止:步长，如 stars.5.from=85..95:1")
    low, high, step = (number for number in numbers if number is not None)
    if step <= 0 or high < low:
        raise Refused(f"“{text}”应由小到大，步长大于 0")
    count = (high - low) // step + 1
    if count > MAX_SWEEP:
        raise Refused(f"“{text}”有 {count} 个值，一次最多 {MAX_SWEEP} 个")
    share = "%" in rest
    values = [low + number * step for number in range(count)]
    return path.strip(), tuple(f"{plain(v * 100)}%" if share else plain(v) for v in values)


def sweep(runs: Runs, book: Rulebook, path: str, changed: Sequence[tuple[str, Rulebook]]) -> Sweep:
    """The review of `runs` under `book`, and under each of the changed rulebooks by its value;
    raises Unusable."""
    heading = runs.past.ground.heading
    stars = star_names(book, book)
    base = runs.of(book)[runs.place]
    return Sweep(
        runs.past.name, heading.title, heading.period, heading.cut_off, book.reference, path, stars,
        _row("现在", stars, base, base),
        tuple(
            _row(value, stars, base, runs.of(new)[runs.place])
            for value, new in counted("试算", changed, "个值")
        ),
    )  # fmt: skip


def _row(value: str, stars: Sequence[tuple[int, str]], old: Reviewed, new: Reviewed) -> Row:
    before, after = _stars(old), _stars(new)
    found = Counter(after.values())
    moves = [after[code] - star for code, star in before.items() if code in after]
    return Row(
        value,
        {star: found[star] for star, _ in stars},
        sum(move > 0 for move in moves),
        sum(move < 0 for move in moves),
    )


def _stars(reviewed: Reviewed) -> dict[str, int]:
    """code → the star shown, of those who are rated."""
    if reviewed.grades is None:
        return {}
    rows = zip(reviewed.codes, reviewed.grades.star.tolist(), reviewed.scores.rated, strict=True)
    return {code: star for code, star, rated in rows if rated}
