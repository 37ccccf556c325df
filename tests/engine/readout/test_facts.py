"""What is looked up in the columns for a story is what the reference measures, cells and all."""

import pytest
from hypothesis import HealthCheck, given, settings

from engine.kernel.recorded import evaluated, settings_drawn
from engine.kernel.seeded import setting_of
from starrating.engine.kernel.evaluate import review_columns
from starrating.engine.readout.facts import ReadFacts
from starrating.engine.readout.shared import SharedReader
from starrating.rulebook.stages import late_measures


def compared(setting):
    """Measures whose story differs, and how many were told by the columns alone."""
    reader = SharedReader(review_columns(setting, prefer="native"))
    late, told, differ = late_measures(setting.book), 0, []
    for subject in evaluated(setting).subjects:
        facts = reader.facts_of(subject.code)
        assert isinstance(facts, ReadFacts)
        for name in setting.book.measures:
            if name not in late:
                pairs = ((facts, subject.facts), (facts.as_credit(), subject.facts.as_credit()))
                differ += [
                    (subject.code, name)
                    for own, one in pairs
                    if own.measured(name) != one.measured(name)
                ]
                told += facts.told(name) is not None
    return differ, told


@pytest.mark.parametrize("seed", range(12))
def test_records_of_a_seed(seed):
    """Values, cells, units that lack, rows not counted and what is not known, of every measure."""
    assert compared(setting_of(seed))[0] == []


def test_the_columns_alone_tell_some():
    """What is held equal above is not all looked up by the reference's own facts."""
    assert compared(setting_of(0))[1] > 10


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(settings_drawn())
def test_drawn_records(setting):
    """The same over records that shrink to the smallest that differ."""
    assert compared(setting)[0] == []
