"""Holds what the kernel finds of a review's facts to what the reference evaluator finds."""

import numpy as np

from starrating.engine.kernel.part import encode, subset
from starrating.engine.kernel.plan import compile_measures
from starrating.engine.kernel.subjects import SubjectFacts
from starrating.engine.kernel.values.decode import decoded
from starrating.rulebook.checks._uses import points as points_of
from starrating.rulebook.stages import late_measures


def differences(evaluation):
    """(how many values were compared, lines that name each one that differs)."""
    setting = evaluation.setting
    whole = encode(setting)
    inside = {result.code for result in evaluation.subjects}
    part = subset(whole, np.array([code in inside for code in whole.codes], bool))
    plan = compile_measures(setting.book)
    assert not plan.refused
    facts = SubjectFacts(plan, part)
    subjects = [result.facts for result in evaluation.subjects]
    found = [
        *_of_measures(facts, subjects),
        *_of_measures(facts.as_credit(), [each.as_credit() for each in subjects]),
        *_of_points(facts, subjects),
        *_of_points(facts.as_credit(), [each.as_credit() for each in subjects]),
        *_of_lists(facts, subjects),
    ]
    lines = [
        f"{setting.book.reference} {what} {subject.code}: {wanted}, kernel {own}"
        for what, subject, wanted, own in found
        if wanted != own
    ]
    return len(found), lines


def _of_measures(facts, subjects):
    late = late_measures(facts.plan.book)
    for node in (each for each in facts.plan.measures if each.name not in late):
        found = facts.measured(node.name)
        for place, subject in enumerate(subjects):
            applies = found.applies is None or bool(found.applies[place])
            wanted = subject.measured(node.name)
            own = (decoded(found.value, place), applies)
            yield f"{node.name} {node.origin}", subject, (wanted.value, wanted.applies), own


def _of_points(facts, subjects):
    for name in points_of(facts.plan.book):
        found = facts.point(name)
        for place, subject in enumerate(subjects):
            wanted = subject.point(name)
            answer = (wanted.found, wanted.quantity, wanted.not_applicable, wanted.recorded)
            own = (
                decoded(found.found, place),
                decoded(found.quantity, place),
                bool(found.not_applicable[place]),
                bool(found.recorded[place]),
            )
            yield name, subject, answer, own


def _of_lists(facts, subjects):
    for name in facts.plan.book.lists:
        for present in (True, False):
            found = facts.count_of(name, present=present)
            for place, subject in enumerate(subjects):
                wanted = subject.count_of(name, present=present)
                yield f"{name} {present}", subject, wanted, decoded(found, place)
