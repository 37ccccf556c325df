"""Expressions over arrays mean what they mean for one subject, whatever is not known."""

import pytest
from hypothesis import given, settings

from amounts import many
from engine.kernel.drawn import N, conditions, expressions, facts
from starrating.engine.expressions import formulas as reference
from starrating.engine.kernel.expressions.formulas import evaluate, judge
from starrating.engine.kernel.values.decode import decoded

EXAMPLES = 80


def same_truths(expr, drawn):
    one, many = drawn
    found = judge(expr, many)
    for place in range(N):
        assert decoded(found, place) == reference.judge(expr, one[place])


def same_values(expr, drawn):
    one, many = drawn
    found = evaluate(expr, many)
    for place in range(N):
        assert decoded(found, place) == reference.evaluate(expr, one[place])


@settings(max_examples=EXAMPLES, deadline=None)
@given(conditions(), facts())
def test_conditions(expr, drawn):
    """A condition is yes, no or open as the reference says."""
    same_truths(expr, drawn)


@settings(max_examples=EXAMPLES, deadline=None)
@given(expressions(), facts())
def test_any_tree_as_a_condition(expr, drawn):
    """So is a tree whose kinds do not fit."""
    same_truths(expr, drawn)


@settings(max_examples=EXAMPLES, deadline=None)
@given(expressions(), facts())
def test_any_tree_as_a_value(expr, drawn):
    """The value of any tree is the reference's, with its ends and what is none or unknown."""
    same_values(expr, drawn)


@pytest.mark.slow
@settings(max_examples=many(1_500), deadline=None)
@given(conditions(), expressions(), facts())
def test_many_trees(condition, expr, drawn):
    """The same over many more trees."""
    same_truths(condition, drawn)
    same_truths(expr, drawn)
    same_values(expr, drawn)
