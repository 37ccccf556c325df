"""Both readings of every score add up, and hold what any inspection could come to (step 0)."""

from fractions import Fraction
from itertools import product

from hypothesis import HealthCheck, example, given, settings

from engine.made import answers, evaluated
from engine.rulebook_strategies import POINTS, inspections, rulebooks
from starrating.engine.findings import findings_of
from starrating.engine.scoring.readings import READINGS, end_of, other, summed

few = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def review(text, inspected):
    evaluation = evaluated(text, 检查记录=answers(**inspected))
    return evaluation, evaluation.subjects[0]


def worlds(inspected):
    """Every inspection that leaves nothing open and agrees with this one."""
    open_points = [point for point in POINTS if point not in inspected]
    for found in product(("是", "否"), repeat=len(open_points)):
        yield inspected | dict(zip(open_points, found, strict=True))


@few
@given(rulebooks(), inspections)
def test_the_steps_of_each_item_add_up_to_its_score(text, inspected):
    """In each reading, to the last digit."""
    _, result = review(text, inspected)
    for scored in result.final_items:
        for reading in READINGS:
            assert summed(scored.steps[reading]) == end_of(scored.score, reading)


@few
@given(rulebooks(), inspections)
def test_sections_and_total_add_up(text, inspected):
    """From the items' scores to the section, and from the sections to the total."""
    _, result = review(text, inspected)
    rest = iter(result.final_items)
    for reading in READINGS:
        rest = iter(result.final_items)
        reached = Fraction(0)
        for part in result.total.sections:
            own = [end_of(next(rest).score, reading) for _ in part.section.items]
            moved = sum((step.points for step in part.steps[reading]), Fraction(0))
            assert sum(own) + moved == end_of(part.score, reading)
            lost = part.section.kind == "deduction"
            reached += -end_of(part.score, other(reading)) if lost else end_of(part.score, reading)
        reached += sum((step.points for step in result.total.steps[reading]), Fraction(0))
        assert reached == end_of(result.total.value, reading)


@few
@given(rulebooks(), inspections)
def test_the_findings_of_the_low_reading_add_up_to_the_total(text, inspected):
    """All rows with points together are the low total."""
    evaluation, result = review(text, inspected)
    rows = findings_of(evaluation, result, ())
    points = sum(Fraction(row.points) for row in rows if row.points is not None)
    assert points == result.total.value.low


@few
@given(rulebooks(), inspections)
@example(
    """\
sections:
  - title: 第1部分
    kind: base
    points: 6
    items:
      - {id: "1.1", title: 项目, points: 6, applies_when: found 甲, not_applicable: leave_out, clauses: [{deduct: 1, if: found 甲}]}
total: 第1部分 * 30%
""",
    {},
)
def test_every_world_lies_inside_the_interval(text, inspected):
    """However the open points are answered, items, sections and total lie in their intervals."""
    _, result = review(text, inspected)
    for world in worlds(inspected):
        _, known = review(text, world)
        for wide, sharp in zip(result.final_items, known.final_items, strict=True):
            if wide.out is not None or wide.applies is sharp.applies:
                assert inside(sharp.score, wide.score)
        assert inside(known.total.value, result.total.value)


@few
@given(rulebooks(), inspections)
def test_what_is_known_has_one_reading(text, inspected):
    """Where every point is answered, low is high."""
    known = dict.fromkeys(POINTS, "否") | inspected
    _, result = review(text, known)
    assert result.total.value.known
    assert all(scored.score.known for scored in result.final_items)


def inside(sharp, wide):
    return wide.low <= sharp.low and sharp.high <= wide.high
