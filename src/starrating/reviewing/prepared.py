"""What a request starts from: its plan, its period and its rulebooks, before any record is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starrating.faults import Fault, Level, in_order
from starrating.origin import Origin
from starrating.records.calendar import Calendar, read_calendar
from starrating.records.folder import closed
from starrating.records.period import Period
from starrating.records.plan import Plan, find_plan, read_plan
from starrating.reviewing.books import GRAVE, Choices, choose, terms_of
from starrating.reviewing.codes import CODES
from starrating.reviewing.request import DATA, RULES, USAGE, Outcome, Request


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request with its plan, period and rulebooks, before any record is read."""

    request: Request
    plan: Plan
    period: Period
    choices: Choices
    faults: tuple[Fault, ...]


def prepare(request: Request) -> Prepared | Outcome:
    """Plan, period and rulebooks of a request; an Outcome says why there are none."""
    wrong = closed(request.data)
    if wrong is not None:
        return Outcome(None, None, (wrong,), DATA)
    path = request.plan or find_plan(request.data)
    plan, faults = read_plan(path) if path is not None else (Plan(), ())
    if plan is None or any(fault.level is Level.FATAL for fault in faults):
        return Outcome(None, None, in_order(faults), DATA)
    text = request.period or plan.period
    if not text:
        return Outcome(None, None, (*faults, CODES.fault("R501", plan.origin)), USAGE)
    period = Period.parse(text) or Period.parse(text, terms_of(request.rules))
    if period is None:
        at = Origin("--period") if request.period else plan.origin
        return Outcome(None, None, (*faults, CODES.fault("R502", at, period=text)), USAGE)
    choices = choose(request.rules, request.rulebook or plan.rulebooks, period)
    if not choices.chosen or any(fault.level in GRAVE for fault in choices.faults):
        code = choices.exit_code or RULES
        return Outcome(None, None, in_order((*faults, *choices.faults)), code)
    return Prepared(request, plan, period, choices, (*faults, *choices.faults))


def calendar_of(request: Request) -> tuple[Calendar, Mapping[str, bytes], tuple[Fault, ...]]:
    """The office's calendar: the folder asked for, else `calendar` in the data or beside the rules."""
    places = [request.calendar] if request.calendar else []
    places += [request.data / "calendar", request.rules.parent / "calendar"]
    folder = next((place for place in places if place is not None and place.is_dir()), None)
    if folder is None:
        return Calendar(), {}, ()
    calendar, faults = read_calendar(folder)
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))}
    return calendar, files, faults
