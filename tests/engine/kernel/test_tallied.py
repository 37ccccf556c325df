"""Counting measures together gives what measuring them row by row gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.kernel.seeded import setting_of
from starrating.engine.kernel.part import encode
from starrating.engine.kernel.plan import compile_measures
from starrating.engine.kernel.rows.classes import CROWDED, RowClasses
from starrating.engine.kernel.subjects import SubjectFacts
from starrating.engine.kernel.values.decode import decoded
from starrating.engine.kernel.values.marks import Truths
from starrating.rulebook.stages import late_measures


class RowByRow:
    """Tallies that count nothing together."""

    def measured(self, *_):
        return None


def facts_of(seed, *, together):
    setting = setting_of(seed)
    facts = SubjectFacts(compile_measures(setting.book), encode(setting))
    if not together:
        facts.tallies = RowByRow()
    return facts


def told(facts):
    """Every value of every measure, and where it applies."""
    late = late_measures(facts.plan.book)
    names = [node.name for node in facts.plan.measures if node.name not in late]
    found = {name: facts.measured(name) for name in names}
    return {
        name: (
            [decoded(each.value, place) for place in range(facts.n)],
            None if each.applies is None else each.applies.tolist(),
        )
        for name, each in found.items()
    }


@pytest.mark.parametrize("seed", range(100, 106))
def test_together_as_row_by_row(seed):
    """Records with gaps, unreadable cells and rows outside the period."""
    assert told(facts_of(seed, together=True)) == told(facts_of(seed, together=False))


def test_most_measures_over_rows_are_counted_together():
    """Every form that needs no row by itself is, in some measure of the seeded rulebook."""
    facts = facts_of(100, together=True)
    rules = {node.name: node.rule for node in facts.plan.measures if node.rule.sheet is not None}
    forms = {
        rule.form
        for name, rule in rules.items()
        if facts.tallies.measured(name, rule, rule.sheet) is not None
    }
    assert {"count", "share", "ratio", "missing", "short"} <= forms


conditions = st.lists(st.lists(st.integers(0, 2), min_size=40, max_size=40), max_size=5)


def truths(levels):
    level = np.array(levels)
    return Truths(level == 2, level >= 1)


@given(conditions)
def test_a_class_tells_what_its_rows_meet(levels):
    """However many conditions there are, each row's class says how surely it meets each."""
    classes = RowClasses.one(40)
    for each in levels:
        classes = classes.by_row(truths(each))
    found = classes.levels[classes.code]
    assert (found == np.array(levels, int).reshape(-1, 40).T).all()


@given(
    st.lists(st.integers(0, 3), min_size=40, max_size=40),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
)
def test_conditions_on_entries_are_looked_up(place, level):
    """A condition on a column's entries holds of the rows that have them."""
    classes = RowClasses.one(40).by_entry(np.array(place), [truths(level)])
    assert (classes.levels[classes.code][:, 0] == np.array(level)[place]).all()


def test_classes_of_no_row_are_dropped():
    """Seven conditions that exclude one another make eight classes, not 2187."""
    classes = RowClasses.one(8)
    for number in range(7):
        classes = classes.by_row(truths([2 * (row == number) for row in range(8)]))
    assert classes.count < CROWDED * 3
