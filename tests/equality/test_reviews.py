"""Random reviews of the whole language: the kernel comes to what the reference comes to, in every
facet and row; rows in another order, parts, and unrelated organisations change nothing."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, assume, event, example, given, settings
from hypothesis import strategies as st

from amounts import many
from engine.kernel import split
from equality.cases import document
from equality.dice import Dice
from equality.holding import ground, held
from equality.moved import (
    beside_strangers,
    compares_strangers,
    first_difference,
    meaning,
    rows_of,
    shuffled,
    uncorrected,
)
from equality.reading import Refused
from starrating.engine import readout, reference
from starrating.engine.kernel.evaluate import review_columns
from starrating.engine.kernel.expressions.operations import Overflow
from starrating.reviewing.evaluate import review

SOME = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(SOME, max_examples=20)
MANY = settings(SOME, max_examples=many(500))
SEEDS = st.integers(0, 2**63 - 1)
"""A seed makes a large review at once, which hypothesis could not draw choice by choice."""
EITHER = st.sampled_from([reference.evaluate, readout.evaluate])


def drawn(dice, size):
    """A review and its document; an example whose rulebook has errors is none."""
    made = document(dice, size)
    try:
        return made, ground(made)
    except Refused as refused:
        event(f"refused: {str(refused)[:4]}")
        assume(False)


def reviewed(on, evaluate):
    """The results by one of the evaluators; numbers beyond 64 bits are no example."""
    try:
        return review(replace(on, evaluate=evaluate)).results
    except Overflow:
        event("overflow")
        assume(False)


def check_equal(dice, size):
    found = held(drawn(dice, size)[1])
    assume(not found.refused)
    assert found.lines == []


def check_order(dice, evaluate):
    made, _ = drawn(dice, 2)
    one, two = (ground(each) for each in (uncorrected(made), shuffled(dice, uncorrected(made))))
    wanted, own = (meaning(reviewed(each, evaluate)) for each in (one, two))
    assert first_difference(wanted, own) is None


def check_strangers(dice, evaluate):
    made, alone = drawn(dice, 2)
    assume(not compares_strangers(alone.books[0][0]))
    codes = {each.code for each in alone.records.organisations}
    together = ground(beside_strangers(dice, made))
    wanted, own = (rows_of(reviewed(each, evaluate), codes) for each in (alone, together))
    assert first_difference(wanted, own) is None


def check_parts(dice):
    _, on = drawn(dice, 3)
    found = split.Compared()

    def both(setting, decided, prefer):
        found.take(setting, decided, review_columns(setting, decided, prefer))
        return readout.evaluate(setting, decided, prefer)

    reviewed(on, both)
    assert found.lines == []


@FEW
@given(st.randoms(use_true_random=False))
def test_small_reviews(random):
    """Every facet, finding, task and row; what differs shrinks choice by choice."""
    check_equal(Dice(random), 1)


@SOME
@given(SEEDS)
def test_reviews(seed):
    """The same of larger ones."""
    check_equal(Dice(Random(seed)), 3)


@FEW
@given(SEEDS, EITHER)
@example(3238, reference.evaluate)  # two figures of one rater and day, of which the last was marked
def test_order_of_rows(seed, evaluate):
    """The order of rows, organisations and sheets changes no column of meaning."""
    check_order(Dice(Random(seed)), evaluate)


@FEW
@given(SEEDS, EITHER)
def test_strangers(seed, evaluate):
    """Organisations that are compared with nobody else change no row of the others."""
    check_strangers(Dice(Random(seed)), evaluate)


@FEW
@given(SEEDS)
def test_parts(seed):
    """Every organisation a part of its own, and two parts, give what one part gives."""
    check_parts(Dice(Random(seed)))


@pytest.mark.slow
@MANY
@given(SEEDS, st.integers(1, 4))
def test_many_reviews(seed, size):
    """As above, with many more examples."""
    check_equal(Dice(Random(seed)), size)


@pytest.mark.slow
@MANY
@given(SEEDS, EITHER)
def test_many_orders(seed, evaluate):
    """As above, with many more examples."""
    check_order(Dice(Random(seed)), evaluate)


@pytest.mark.slow
@MANY
@given(SEEDS, EITHER)
def test_many_strangers(seed, evaluate):
    """As above, with many more examples."""
    check_strangers(Dice(Random(seed)), evaluate)


@pytest.mark.slow
@MANY
@given(SEEDS)
def test_many_parts(seed):
    """As above, with many more examples."""
    check_parts(Dice(Random(seed)))
