"""One line of the performance table: a figure, what it should reach, and how it spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.measure import Runs

HEAD = ("row", "what", "measured", "spread, CPU, memory", "wanted", "of what is wanted")


@dataclass(frozen=True)
class Line:
    """A figure with its unit (s, ms, ×, MB, %, rows/s); `reach` is the most that is wanted, or with
    `at_least` the least; None where nothing is."""

    row: str
    what: str
    figure: float
    unit: str
    reach: float | None = None
    at_least: bool = False
    told: str = ""

    @property
    def share(self) -> float | None:
        """How many times what is wanted: above 1 it falls short, whichever way it is counted."""
        if self.reach is None:
            return None
        return self.reach / self.figure if self.at_least else self.figure / self.reach

    @property
    def short(self) -> bool:
        """Whether the figure is not what was wanted."""
        return self.share is not None and self.share > 1

    def cells(self) -> tuple[str, ...]:
        """The cells of the table."""
        sign = "≥" if self.at_least else "≤"
        wanted = "" if self.reach is None else f"{sign} {_number(self.reach)} {self.unit}"
        share = "" if self.share is None else f"{self.share:.2f}"
        verdict = f"{share}: falls short" if self.short else share
        measured = f"{_number(self.figure)} {self.unit}"
        return self.row, self.what, measured, self.told, wanted, verdict

    def __str__(self) -> str:
        row, what, measured, told, wanted, verdict = self.cells()
        aside = f" ({told})" if told else ""
        asked = f"; wanted {wanted}: {verdict}" if wanted else ""
        return f"{row}: {what}: {measured}{aside}{asked}"


def of_runs(row: str, what: str, runs: Runs, reach: float | None = None) -> Line:
    """The wall time of whole processes."""
    return Line(row, what, runs.middle, "s", reach, told=runs.spread)


def markdown(lines: Sequence[Line]) -> str:
    """The lines as a table, and below it what falls short."""
    rows = [HEAD, tuple("---" for _ in HEAD), *(line.cells() for line in lines)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows) + f"\n{summary(lines)}\n"


def summary(lines: Sequence[Line]) -> str:
    """What falls short, in one sentence."""
    short = [f"{line.what} ({line.share:.2f})" for line in lines if line.short]
    asked = sum(line.reach is not None for line in lines)
    head = f"{asked - len(short)} of {asked} figures are what is wanted"
    return f"{head}; falling short: {', '.join(short)}." if short else f"{head}."


def _number(figure: float) -> str:
    return f"{figure:.0f}" if figure >= 100 or figure == int(figure) else f"{figure:.2f}"
