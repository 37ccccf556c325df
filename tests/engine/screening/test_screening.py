"""Screening tells the faults that evaluating reports, and the rows that it reaches: no more, no less."""

from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.kernel.recorded import evaluated, settings_drawn
from engine.kernel.seeded import setting_of
from engine.made import book, inspected_sheets
from engine.made import evaluated as made
from engine.rulebook_strategies import inspections, rulebooks
from semantics.test_semantics import EXAMPLES
from starrating.engine import reference
from starrating.engine.screening import screen
from starrating.reviewing import evaluations
from starrating.rulebook import expressions as ex
from starrating.rulecases import run_case


def differences(evaluation):
    """What screening tells otherwise than the evaluation."""
    screened = screen(evaluation.setting)
    found = [f"missed {fault}" for fault in evaluation.faults if fault not in screened.faults]
    found += [f"invented {fault}" for fault in screened.faults if fault not in evaluation.faults]
    reached = {place for result in evaluation.subjects for place in result.facts.reached}
    codes = {result.code for result in evaluation.subjects}
    assert codes == screened.codes
    for sheet in {rule.sheet for rule in evaluation.setting.book.measures.values()} - {None}:
        for row in evaluation.setting.records.rows(sheet):
            known = row.organisation in codes and row.origin.key in reached
            if screened.reaches(sheet, row) != known:
                found.append(f"{'missed' if known else 'reached'} {row.origin}")
    return found


@contextmanager
def held(monkeypatch):
    """While it lasts, every review by the reference is screened as well."""
    found = []

    def both(setting, decided=None, prefer=None):
        evaluation = reference.evaluate(setting, decided, prefer)
        found.append(differences(evaluation))
        return evaluation

    monkeypatch.setattr(evaluations, "evaluate", both)
    yield found
    monkeypatch.undo()


@pytest.mark.parametrize(("book", "case"), EXAMPLES)
def test_worked_example(book, case, monkeypatch):
    """Every worked example of the semantics."""
    with held(monkeypatch) as found:
        run_case(book, case, "native")
    assert [each for each in found if each] == []


def asking(setting):
    """The same review with a judgement for each measure, check point and list."""
    pattern = book("judgements: [{id: J, if: 党员数 > 0, then: {flag: 旗}}]").judgements[0]
    rules = setting.book
    asked = [ex.IsBlank(ex.Name(name)) for name in rules.measures]
    asked += [ex.Found(name) for name in ("发现问题", "有制度")]
    asked += [ex.Compare(">", ex.Lacking("两项"), ex.Num(Fraction(1)))]
    judgements = tuple(
        pattern.model_copy(update={"id": f"J{number}", "if_": expr})
        for number, expr in enumerate(asked)
    )
    return replace(setting, book=rules.model_copy(update={"judgements": judgements}))


@pytest.mark.parametrize("seed", range(6))
def test_records_of_a_seed(seed):
    """A rulebook whose judgements ask for everything, over records of a seed."""
    evaluation = evaluated(asking(setting_of(seed)))
    assert differences(evaluation) == []
    assert evaluation.faults


DRAWN = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@DRAWN
@given(settings_drawn())
def test_drawn_records(setting):
    """The same over records that are drawn."""
    assert differences(evaluated(asking(setting))) == []


@settings(DRAWN, max_examples=60)
@given(rulebooks(), st.lists(inspections, min_size=1, max_size=3))
def test_random_rulebooks(rules, inspected):
    """Clauses, contests, maps, people's numbers, levels."""
    assert differences(made(rules, **inspected_sheets(inspected))) == []
