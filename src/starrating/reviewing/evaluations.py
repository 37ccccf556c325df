"""The evaluations of a review: people's part first, then every rulebook in turn (step 16)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from starrating.engine.changes import after_changes
from starrating.engine.elsewhere import Figures
from starrating.engine.flag_sets import Flags
from starrating.engine.people import Decisions, SetAside, aside, corrected, decisions, set_aside
from starrating.engine.reference import Evaluation, SubjectResult, evaluate, graded_again
from starrating.engine.setting import Previous, Setting
from starrating.engine.tasks import with_ledger
from starrating.engine.values import NONE, Interval, Value
from starrating.faults import Fault
from starrating.records.model import Records
from starrating.reviewing.ground import Ground
from starrating.rulebook import expressions as ex


def evaluated(
    ground: Ground, scored: Mapping[str, Evaluation] | None = None
) -> tuple[Evaluation, ...]:
    """The evaluations that a review rests on, with people's part as far as it acts on facts and
    flags (step 16), and no rows.

    `scored` maps a rulebook's id to an evaluation of the same records whose items are scored
    alike: only what follows from them is computed again.
    """
    records, _ = corrected(ground.records)
    renamed = after_changes(Previous(), records, None, ground.heading.cut_off, ground.last_known)
    decided, _ = decisions(renamed.records, known_flags(ground), second_person(ground))
    asides, _ = set_aside(renamed.records)
    return evaluate_all(ground, records, decided, asides, [], scored or {})


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
    scored: Mapping[str, Evaluation] = MappingProxyType({}),
) -> tuple[Evaluation, ...]:
    """Every rulebook in turn; flags that one proposes are known to those after it."""
    heading = ground.heading
    flags: dict[str, Flags] = {}
    others: dict[str, Mapping[str, Figures]] = dict(ground.others)
    done: list[Evaluation] = []
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
            organisation.code: _known_before(organisation.code, decided, previous, flags)
            for organisation in body.organisations
        }
        if book.id in scored:
            evaluation = graded_again(scored[book.id], setting, before, ground.judge)
        else:
            evaluation = (ground.evaluate or evaluate)(setting, before, ground.judge)
        for result in evaluation.subjects:
            flags[result.code] = result.judged.flags
        others[book.id] = {each.code: _figures(each) for each in evaluation.subjects}
        done.append(evaluation)
    return tuple(done)


def _figures(result: SubjectResult) -> Figures:
    """What rulebooks that run later may read of this one's result."""
    grade = result.grade
    star: Value = NONE
    if grade is not None and grade.star_low is not None and grade.star_high is not None:
        star = Interval(Fraction(grade.star_low), Fraction(grade.star_high))
    return Figures(result.total.value, star)


def _known_before(
    code: str, decided: Decisions, previous: Previous, flags: Mapping[str, Flags]
) -> Flags:
    """What people or earlier archives decided, and what rulebooks before proposed."""
    verdicts = decided.flags.get(code, {})
    confirmed = frozenset(flag for flag, verdict in verdicts.items() if verdict.confirmed)
    rejected = frozenset(flag for flag, verdict in verdicts.items() if not verdict.confirmed)
    confirmed |= previous.flags.get(code, frozenset()) - rejected
    known = confirmed | rejected
    before = flags.get(code, Flags())
    return Flags(confirmed, rejected, before.proposed - known, before.possible - known)
