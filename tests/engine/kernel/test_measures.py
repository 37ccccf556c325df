"""Every word of measures over drawn records: the kernel finds what the reference finds."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amounts import many
from engine.kernel.held import differences
from engine.kernel.recorded import evaluated, rulebook, settings_drawn
from engine.kernel.seeded import setting_of
from starrating.engine.values import known
from starrating.rulebook.model import Measure

SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.mark.parametrize("seed", range(12))
def test_records_of_a_seed(seed):
    """Values, their states, and whether a measure applies; check points and lists with them."""
    assert differences(evaluated(setting_of(seed)))[1] == []


@settings(max_examples=15, deadline=None, suppress_health_check=SLOW_TO_DRAW)
@given(settings_drawn())
def test_drawn_records(setting):
    """The same over records that shrink to the smallest that differ."""
    assert differences(evaluated(setting))[1] == []


@pytest.mark.slow
@settings(max_examples=many(120), deadline=None, suppress_health_check=SLOW_TO_DRAW)
@given(settings_drawn(), st.integers(1_000, 10**9))
def test_many_records(setting, seed):
    """The same over many more records of both kinds."""
    assert differences(evaluated(setting))[1] == []
    assert differences(evaluated(setting_of(seed)))[1] == []


def test_the_rulebook_uses_every_form():
    """No form of measure is left out of the drawn rulebook."""
    assert {rule.form for rule in rulebook().measures.values()} == set(Measure.FORMS)


@pytest.mark.parametrize("seed", range(3))
def test_rows_that_nobody_kept(seed):
    """Measures over rows of a kind that nobody kept are unknown where there is no row."""
    setting = setting_of(seed)
    unkept = frozenset(name for name, rule in setting.book.measures.items() if rule.sheet)
    evaluation = evaluated(replace(setting, unkept=unkept))
    assert differences(evaluation)[1] == []
    open_ = [evaluated(setting), evaluation]
    counts = [
        sum(not known(each.facts.measured(name).value) for each in one.subjects for name in unkept)
        for one in open_
    ]
    assert counts[1] > counts[0]
