"""Every word of measures over drawn records: the kernel finds what the reference finds."""

import pytest
from hypothesis import HealthCheck, given, settings

from engine.kernel.held import differences
from engine.kernel.recorded import evaluated, rulebook, settings_drawn
from starrating.rulebook.model import Measure

SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW_TO_DRAW)
@given(settings_drawn())
def test_every_word(setting):
    """Values, their states, and whether a measure applies; check points and lists with them."""
    assert differences(evaluated(setting))[1] == []


@pytest.mark.slow
@settings(max_examples=2_000, deadline=None, suppress_health_check=SLOW_TO_DRAW)
@given(settings_drawn())
def test_every_word_at_length(setting):
    """The same over many more records."""
    assert differences(evaluated(setting))[1] == []


def test_the_rulebook_uses_every_form():
    """No form of measure is left out of the drawn rulebook."""
    assert {rule.form for rule in rulebook().measures.values()} == set(Measure.FORMS)
