"""What a batch is reviewed under: its rulebooks in their order, and its days."""

from __future__ import annotations

from dataclasses import dataclass

from starrating.engine.setting import Setting
from starrating.faults import Fault
from starrating.records import Calendar
from starrating.reviewing.chosen import Chosen


@dataclass(frozen=True, slots=True)
class Ground:
    """The settings of every part, one a rulebook, in the order in which they run; how each was
    chosen, the office's calendar, and the faults met so far."""

    settings: tuple[Setting, ...]
    chosen: tuple[Chosen, ...]
    calendar: Calendar
    faults: tuple[Fault, ...]

    @property
    def setting(self) -> Setting:
        """The first: its days and its sheets are those of all."""
        return self.settings[0]

    @property
    def digits(self) -> int:
        """Digits that hold the totals of every rulebook."""
        return max(each.book.points.decimals for each in self.settings)

    def answers(self, book: int) -> bool:
        """Whether that rulebook answers for 问题清单: those that grade, else the first."""
        grading = [number for number, each in enumerate(self.settings) if each.book.stars]
        return book in (grading or [0])
