"""What a batch is reviewed under: one rulebook and its days."""

from __future__ import annotations

from dataclasses import dataclass

from starrating.batch.codes import BATCH
from starrating.engine.scope import default_cut_off
from starrating.engine.setting import Setting
from starrating.faults import Fault, Level, in_order
from starrating.records import Calendar
from starrating.records.assemble import nothing
from starrating.reviewing import Outcome, Request
from starrating.reviewing.previous import read_archives
from starrating.reviewing.run import calendar_of, prepare
from starrating.rulebook.sheets import schema_of


@dataclass(frozen=True, slots=True)
class Ground:
    """The setting of every part, the office's calendar, why its rulebook was chosen, and the faults
    met so far."""

    setting: Setting
    calendar: Calendar
    why: str
    path: str
    faults: tuple[Fault, ...]


def ground_of(request: Request) -> Ground | Outcome:
    """The ground of a batch; an Outcome says why there is none."""
    prepared = prepare(request)
    if isinstance(prepared, Outcome):
        return prepared
    archives = read_archives(request.previous)
    calendar, _, unread = calendar_of(request)
    faults = (*prepared.faults, *archives.faults, *unread)
    chosen = prepared.choices.chosen
    if len(chosen) != 1:
        what = f"一次用 {len(chosen)} 套规则"
        return _refused(BATCH.fault("E301", prepared.plan.origin, what=what), 2)
    if any(fault.level is Level.FATAL for fault in faults):
        return Outcome(None, None, in_order(faults), 3)
    book, plan, period = chosen[0].book, prepared.plan, prepared.period
    setting = Setting(
        book=book,
        records=nothing(schema_of([book]), (), {}),
        period=period.name,
        start=period.start,
        end=period.end,
        cut_off=request.cut_off or plan.cut_off or default_cut_off(period.end, [book]),
        issued=request.issued,
        level=request.level or plan.level or None,
        stage=request.stage or plan.stage or "初评",
        previous=archives.previous(book),
    )
    return Ground(setting, calendar, chosen[0].why, chosen[0].path, faults)


def _refused(fault: Fault, code: int) -> Outcome:
    return Outcome(None, None, (fault,), code)
