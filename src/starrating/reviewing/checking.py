"""The faults of a review's data without the review: what `check` tells."""

from __future__ import annotations

from starrating.engine.changes import after_changes
from starrating.engine.people.part import corrected, decisions, set_aside
from starrating.engine.screening import Screened, screen
from starrating.engine.setting import Previous
from starrating.faults import Fault, in_order
from starrating.records.model import Row
from starrating.reviewing.evaluate import review
from starrating.reviewing.evaluations import Told, in_turn, known_flags, second_person
from starrating.reviewing.ground import Ground
from starrating.reviewing.turns import read_by
from starrating.reviewing.unreached import unreached
from starrating.schema import LEDGER, OBJECTIONS


def data_faults(ground: Ground) -> tuple[Fault, ...]:
    """The faults that `review` would report, in order.

    Nothing is evaluated that can bring no fault. Only what is told of findings and tasks (an
    objection to a finding that is not there, a ledger's task that nobody has, holidays of a deadline),
    and rulebooks that read each other's results, need them, and with them the review.
    """
    if _tells_of_results(ground):
        return review(ground).results.faults
    records, faults = corrected(ground.records)
    renamed = after_changes(Previous(), records, None, ground.heading.cut_off, ground.last_known)
    found = [*faults]
    decided, faults = decisions(renamed.records, known_flags(ground), second_person(ground))
    found += faults
    asides, aside_faults = set_aside(renamed.records)
    found += aside_faults
    screened = in_turn(
        ground, records, (decided, asides), found, lambda setting, _: screen(setting), _nothing
    )
    for each in screened:
        found += each.faults

    def reached(sheet: str, row: Row) -> bool:
        return any(each.reaches(sheet, row) for each in screened)

    codes = frozenset[str]().union(*(each.codes for each in screened))
    found += unreached([each.setting for each in screened], codes, reached)
    return in_order((*renamed.records.faults, *found))


def _tells_of_results(ground: Ground) -> bool:
    earlier = any(previous.tasks for previous in ground.previous.values())
    people = any(ground.records.rows(sheet) for sheet in (LEDGER, OBJECTIONS))
    chained = any(read_by(book) for book, _, _ in ground.books)
    return earlier or people or chained or ground.heading.issued is not None


def _nothing(_: Screened) -> Told:
    """No fault depends on the flags or the figures of another rulebook."""
    return Told({}, {})
