"""A review made in parts, whatever lies in which, is the review made in one."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amounts import many
from engine.kernel.split import Compared, held_together
from engine.made import evaluated, inspected_sheets
from engine.rulebook_strategies import inspections, rulebooks
from semantics.test_semantics import EXAMPLES
from starrating.engine.kernel.evaluate import review_columns
from starrating.rulecases import run_case


def compares(book):
    """Whether a rulebook compares subjects with one another, or judges by what is compared."""
    measures = book.measures.values()
    quotas = any(star.at_most is not None for star in book.stars)
    return (
        quotas
        or book.lagging
        or any(m.rank or m.best or m.group or m.subordinates for m in measures)
    )


@pytest.mark.parametrize(
    ("book", "case"), [example for example in EXAMPLES if compares(example.values[0])]
)
def test_worked_example(book, case, monkeypatch):
    """Every worked example that compares: each subject a part of its own, and two parts."""
    with held_together(monkeypatch) as found:
        run_case(book, case, "native")
    assert found.count
    assert found.lines == []


RULES = """
stars: [{star: 5, from: 12, at_most: {share: 50%, on_tie: [名次]}}, {star: 4, from: 8, at_most: {number: 1}}, {star: 3, from: 4}]
lagging: [{at_least: 30%, where: 星级 <= 4}]
"""
MEASURES = "名次: {rank: {of: 党员数}}, 份额: {best: {of: 党员数 + 名次, among: 所属乡镇}}, 下级: {subordinates: {take: count, level: all, where: 名次 <= 2}}, 人均: {group: {of: 党员数}}"
JUDGED = """{id: J1, if: 星级 >= 4 and 份额 < 80% or 下级 >= 1 or 党员数 < 人均, then: {flag: 甲类}}, {id: J2, if: 名次 = 1, then: {star_at_most: 4}}"""
SOME = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def joined(rules, head, more, end):
    """The rules with more under a head, which they may have already."""
    return (
        rules.replace(head, f"{head}{more}, ") if head in rules else f"{rules}{head}{more}{end}\n"
    )


def check(rules, inspected, members):
    sheets = inspected_sheets(
        inspected,
        所属乡镇=lambda n: "东镇" if n % 2 else "西镇",
        党员数=lambda n: members[n % len(members)],
        上级党组织=lambda n: f"{n // 2:04}" if n else None,
    )
    text = joined(joined(rules, "judgements: [", JUDGED, "]"), "measures: {", MEASURES, "}")
    setting = evaluated(text + RULES, **sheets).setting
    found = Compared()
    found.take(setting, {}, review_columns(setting))
    assert found.lines == []


DRAWN = (
    rulebooks(),
    st.lists(inspections, min_size=2, max_size=6),
    st.lists(st.one_of(st.none(), st.integers(3, 6)), min_size=1, max_size=6),
)


@SOME
@given(*DRAWN)
def test_random_rulebooks(rules, inspected, members):
    """Ranks, shares of the best, subordinates, quotas over everything, ties, the lowest, stage 2."""
    check(rules, inspected, members)


@pytest.mark.slow
@settings(SOME, max_examples=many(400))
@given(*DRAWN)
def test_many_random_rulebooks(rules, inspected, members):
    """As above, with many more examples."""
    check(rules, inspected, members)
