"""Run a request: find plan and rules, read the records, review, and pack the archive."""

from __future__ import annotations

from dataclasses import replace

from starrating.engine.scope import default_cut_off
from starrating.engine.setting import Previous
from starrating.faults import Fault, Level, in_order
from starrating.records import (
    Calendar,
    Records,
    read_records,
)
from starrating.results.model import Heading
from starrating.reviewing.codes import CODES
from starrating.reviewing.correcting import correcting, linked, with_changes
from starrating.reviewing.evaluate import review
from starrating.reviewing.ground import Ground
from starrating.reviewing.opened import Refused
from starrating.reviewing.pack import Packed, bundle_of
from starrating.reviewing.prepared import Prepared, calendar_of, prepare
from starrating.reviewing.previous import Archives, read_archives
from starrating.reviewing.request import DATA, DONE, USAGE, Outcome, Request, is_archive
from starrating.reviewing.twice import graded_twice
from starrating.rulebook.sheets import columns_read, schema_of


def run(request: Request) -> Outcome:
    """Review what is asked for; never raises for what users' files hold."""
    if is_archive(request.data):
        from starrating.reviewing.again import run_again

        return run_again(request)
    prepared = prepare(request)
    if isinstance(prepared, Outcome):
        return prepared
    return review_records(prepared, _read(prepared))


def review_records(prepared: Prepared, records: Records) -> Outcome:
    """Review records that were read for a request, and pack the archive."""
    request, archives = prepared.request, read_archives(prepared.request.previous)
    calendar, calendar_files, calendar_faults = calendar_of(request)
    faults = (*prepared.faults, *archives.faults, *calendar_faults, *records.faults)
    if any(fault.level is Level.FATAL for fault in faults):
        return Outcome(None, None, in_order(faults), DATA)
    ground = _ground(prepared, records, archives, calendar)
    if isinstance(ground, Fault):
        return Outcome(None, None, in_order((*faults, ground)), USAGE)
    try:
        asked = correcting(ground, request.replaces, request.reason)
        ground = linked(ground, asked)
        reviewed = with_changes(review(ground), asked)
    except Refused as error:
        return Outcome(None, None, in_order((*faults, *error.faults)), error.exit_code)
    packed = Packed(prepared.plan, prepared.choices.chosen, calendar_files, archives.archives)
    bundle = bundle_of(ground, reviewed, packed)
    more = tuple(fault for fault in faults if fault not in records.faults)
    return Outcome(
        reviewed.results,
        bundle,
        in_order((*more, *reviewed.results.faults)),
        DONE,
        reviewed.judge,
        reviewed.vectors,
    )


def check_data(request: Request) -> Outcome:
    """Only the faults of the data, as a review would meet them."""
    from starrating.reviewing.checking import data_faults

    if is_archive(request.data):
        from starrating.reviewing.again import run_again

        return replace(run_again(request), results=None, bundle=None)
    prepared = prepare(request)
    if isinstance(prepared, Outcome):
        return prepared
    records = _read(prepared)
    fatal = any(fault.level is Level.FATAL for fault in (*prepared.faults, *records.faults))
    if fatal:
        return Outcome(None, None, in_order((*prepared.faults, *records.faults)), DATA)
    calendar, _, faults = calendar_of(request)
    ground = _ground(prepared, records, read_archives(request.previous), calendar)
    if isinstance(ground, Fault):
        return Outcome(None, None, in_order((*prepared.faults, ground)), USAGE)
    found = data_faults(ground)
    return Outcome(None, None, in_order((*prepared.faults, *faults, *found)), DONE)


def _read(prepared: Prepared) -> Records:
    books = [each.book for each in prepared.choices.chosen]
    schema = schema_of(books)
    return read_records(prepared.request.data, schema, columns_read(books, schema))


# --- ground -----------------------------------------------------------------------------------------


def _ground(
    prepared: Prepared, records: Records, archives: Archives, calendar: Calendar
) -> Ground | Fault:
    request, plan, period = prepared.request, prepared.plan, prepared.period
    books = [each.book for each in prepared.choices.chosen]
    cut_off = request.cut_off or plan.cut_off or default_cut_off(period.end, books)
    if cut_off < period.start:
        return CODES.fault("R505", plan.origin, cut_off=cut_off, start=period.start)
    heading = Heading(
        title=plan.title or f"{period.spoken}党组织评定",
        period=period.name,
        period_from=period.start,
        period_until=period.end,
        cut_off=cut_off,
        stage=request.stage or plan.stage or "初评",
        level=request.level or plan.level or None,
        issued=request.issued,
        progress_run=cut_off < period.end,
        office=dict(plan.office),
    )
    previous: dict[str, Previous] = {book.id: archives.previous(book) for book in books}
    ground = Ground(
        heading,
        tuple((each.book, each.why, each.path) for each in prepared.choices.chosen),
        records,
        calendar,
        previous,
        request.judge,
        archives.since,
    )
    return graded_twice(ground) or ground
