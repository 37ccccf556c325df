"""What a batch is reviewed under: its rulebooks in their order, and its days."""

from __future__ import annotations

from dataclasses import dataclass

from starrating.engine.scope import default_cut_off
from starrating.engine.setting import Setting
from starrating.faults import Fault, Level, in_order
from starrating.records import Calendar
from starrating.records.assemble import nothing
from starrating.reviewing import Outcome, Request
from starrating.reviewing.books import Chosen
from starrating.reviewing.previous import read_archives
from starrating.reviewing.run import calendar_of, prepare
from starrating.rulebook.sheets import schema_of


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


def ground_of(request: Request) -> Ground | Outcome:
    """The ground of a batch; an Outcome says why there is none."""
    prepared = prepare(request)
    if isinstance(prepared, Outcome):
        return prepared
    archives = read_archives(request.previous)
    calendar, _, unread = calendar_of(request)
    faults = (*prepared.faults, *archives.faults, *unread)
    chosen = prepared.choices.chosen
    if any(fault.level is Level.FATAL for fault in faults):
        return Outcome(None, None, in_order(faults), 3)
    books, plan, period = [each.book for each in chosen], prepared.plan, prepared.period
    records = nothing(schema_of(books), (), {})
    settings = tuple(
        Setting(
            book=book,
            records=records,
            period=period.name,
            start=period.start,
            end=period.end,
            cut_off=request.cut_off or plan.cut_off or default_cut_off(period.end, books),
            issued=request.issued,
            level=request.level or plan.level or None,
            stage=request.stage or plan.stage or "初评",
            previous=archives.previous(book),
        )
        for book in books
    )
    return Ground(settings, tuple(chosen), calendar, faults)
