"""The evaluations of a review: people's part first, then every rulebook in turn (step 16)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from starrating.engine.changes import after_changes
from starrating.engine.elsewhere import Figures
from starrating.engine.flag_sets import Flags
from starrating.engine.people.part import Decisions, SetAside, aside
from starrating.engine.reference import Evaluation, SubjectResult
from starrating.engine.setting import Previous, Setting
from starrating.engine.tasks.ledgers import with_ledger
from starrating.engine.values import NONE, Interval, Value
from starrating.faults import Fault
from starrating.records.model import Records
from starrating.reviewing.evaluator import evaluate
from starrating.reviewing.ground import Ground
from starrating.reviewing.known import known_before
from starrating.rulebook import expressions as ex

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Told:
    """What one rulebook's review tells those that run later, by organisation: its flags, and its
    figures."""

    flags: Mapping[str, Flags]
    figures: Mapping[str, Figures]


def known_flags(ground: Ground) -> frozenset[str]:
    """Every flag that a rulebook of the review raises or reads."""
    found: set[str] = set()
    for book, _, _ in ground.books:
        for judgement in book.judgements:
            if judgement.then.flag is not None:
                found.add(judgement.then.flag)
            found.update(
                leaf.flag
                for leaf in ex.walk(judgement.if_)
                if isinstance(leaf, (ex.Flagged, ex.Confirmed, ex.Denied))
            )
    return frozenset(found)


def second_person(ground: Ground) -> frozenset[str]:
    """The matters that some rulebook of the review wants a second person for."""
    return frozenset(matter for book, _, _ in ground.books for matter in book.second_person)


def evaluate_all(
    ground: Ground,
    records: Records,
    decided: Decisions,
    asides: Mapping[str, SetAside],
    faults: list[Fault],
) -> tuple[Evaluation, ...]:
    """Every rulebook in turn; flags that one proposes are known to those after it."""

    def one(setting: Setting, before: Mapping[str, Flags]) -> Evaluation:
        return (ground.evaluate or evaluate)(setting, before, ground.judge)

    return in_turn(ground, records, (decided, asides), faults, one, _told)


def in_turn(
    ground: Ground,
    records: Records,
    people: tuple[Decisions, Mapping[str, SetAside]],
    faults: list[Fault],
    one: Callable[[Setting, Mapping[str, Flags]], _T],
    told: Callable[[_T], Told],
) -> tuple[_T, ...]:
    """`one` review for each rulebook, in their order; each knows what those before it `told`.

    `people` are the decisions and what was set aside.
    """
    decided, asides = people
    heading = ground.heading
    flags: dict[str, Flags] = {}
    others: dict[str, Mapping[str, Figures]] = dict(ground.others)
    done: list[_T] = []
    for book, _, _ in ground.books:
        previous = ground.previous.get(book.id, Previous())
        previous = with_ledger(previous, book, records, heading.period)
        changed = after_changes(previous, records, book.moves, heading.cut_off, ground.last_known)
        previous, body = changed.previous, changed.records
        faults.extend(changed.faults)
        setting = Setting(
            book=book,
            records=body,
            period=heading.period,
            start=heading.period_from,
            end=heading.period_until,
            cut_off=heading.cut_off,
            issued=heading.issued,
            level=heading.level,
            stage=heading.stage,
            previous=previous,
            aside=aside(asides, book),
            others=dict(others),
            unasked=ground.unasked.get(book.id, frozenset()),
            unkept=ground.unkept.get(book.id, frozenset()),
            grader=ground.grader,
        )
        before = {
            organisation.code: known_before(organisation.code, decided, previous, flags)
            for organisation in body.organisations
        }
        found = one(setting, before)
        said = told(found)
        flags.update(said.flags)
        others[book.id] = said.figures
        done.append(found)
    return tuple(done)


def _told(evaluation: Evaluation) -> Told:
    return Told(
        {each.code: each.judged.flags for each in evaluation.subjects},
        {each.code: _figures(each) for each in evaluation.subjects},
    )


def _figures(result: SubjectResult) -> Figures:
    """What rulebooks that run later may read of this one's result."""
    grade = result.grade
    star: Value = NONE
    if grade is not None and grade.star_low is not None and grade.star_high is not None:
        star = Interval(Fraction(grade.star_low), Fraction(grade.star_high))
    return Figures(result.total.value, star)
