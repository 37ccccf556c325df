"""From what is asked of a batch to its ground: plan, rules, earlier archives."""

from __future__ import annotations

from starrating.batch.ground import Ground
from starrating.engine.scope import default_cut_off
from starrating.engine.setting import Setting
from starrating.faults import Level, in_order
from starrating.records.assemble import nothing
from starrating.reviewing import Outcome, Request
from starrating.reviewing.prepared import calendar_of, prepare
from starrating.reviewing.previous import read_archives
from starrating.rulebook.sheets import schema_of


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
