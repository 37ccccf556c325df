"""The kernel comes to what the reference comes to: items, sections, totals, flags, stars."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amounts import many
from engine.kernel.held import differences
from engine.kernel.whole import held, whole_differences
from engine.made import evaluated, inspected_sheets
from engine.rulebook_strategies import STARS, inspections, rulebooks
from semantics.test_semantics import EXAMPLES
from starrating.rulecases import run_case, run_cases

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(("book", "case"), EXAMPLES)
def test_worked_example(book, case, monkeypatch):
    """Every facet of every subject of every worked example is the reference's."""
    with held(monkeypatch) as found:
        run_case(book, case, "native")
    assert found.lines == []


@pytest.mark.slow  # `rules test` holds the rows of their results equal in every run of .ci/run
def test_cases_beside_the_rules(monkeypatch):
    """The same for every case of the rulebooks that are delivered, and of each measure, check
    point and list."""
    facts = []

    def observed(_book, _case, reviewed):
        facts.extend(line for each in reviewed.evaluations for line in differences(each)[1])

    with held(monkeypatch) as found:
        run_cases(ROOT / "rules", "native", observed)
    assert found.lines + facts == []
    assert found.count > 10_000


EXAMPLES_OF_RULES = settings(
    max_examples=100, deadline=None, suppress_health_check=list(HealthCheck)
)


def check(rules, inspected):
    evaluation = evaluated(rules, **inspected_sheets(inspected))
    assert whole_differences(evaluation, {})[1] == []


@EXAMPLES_OF_RULES
@given(rulebooks(), st.lists(inspections, min_size=1, max_size=6), st.sampled_from(["", STARS]))
def test_random_rulebooks(rules, inspected, stars):
    """Clauses, contests, maps, limits, left-out items, sections, totals, vetoes, quotas."""
    check(rules + stars, inspected)


@pytest.mark.slow
@settings(EXAMPLES_OF_RULES, max_examples=many(400))
@given(rulebooks(), st.lists(inspections, min_size=1, max_size=6), st.sampled_from(["", STARS]))
def test_many_random_rulebooks(rules, inspected, stars):
    """As above, with many more examples."""
    check(rules + stars, inspected)
