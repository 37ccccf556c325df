"""Tasks in bulk are the reference's: every column of tasks.csv that is no sentence."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amounts import many
from engine.kernel.whole import rows_of, tasks_differences
from engine.made import answers, section, setting
from engine.rulebook_strategies import POINTS, inspections, rulebooks
from starrating.engine.kernel.evaluate import review_columns
from starrating.engine.kernel.tasks import Issue, losses_of, tasks_of
from starrating.engine.reference import evaluate
from starrating.engine.setting import Previous
from starrating.engine.tasks.model import EarlierTask
from starrating.engine.tasks.status import Status
from starrating.records import Calendar

CODES = ("0000", "0001", "00", "0002")
KEYS = ("1", "2", "point:甲", "judgement:V9", "W1", "W1(1)", "W1(2)", "9")
RECTIFICATION = """\
rectification:
  default: {within: 10 working days, owner: 书记, kind: 限期整改}
  甲: {task: 补甲, within: 1 months}
  乙: {kind: 长期坚持}
  "2": {task: 改第二项, within: 20 days}
"""

days = st.none() | st.dates(date(2023, 1, 1), date(2024, 6, 1))
texts = st.none() | st.sampled_from(["在办", "撤销", "已报；转长期坚持", "长期坚持，撤销"])
problems = st.fixed_dictionaries(
    {
        "党组织": st.sampled_from(CODES),
        "问题编号": st.none() | st.sampled_from(["W1", "W2", "1", "point:甲"]),
        "问题内容": st.sampled_from(["某事", "另一事"]),
        "发现日期": days,
        "整改时限": days,
        "完成日期": days,
        "销号日期": st.none() | days,
        "整改情况": texts,
    }
)
numbers = st.builds(
    "{}-{}-{}-{}".format,
    st.sampled_from(["2023", "2022"]),
    st.sampled_from(["made", "made", "other"]),
    st.sampled_from([*CODES, "7777"]),
    st.sampled_from(KEYS),
)
ledgers = st.fixed_dictionaries(
    {
        "任务编号": st.none() | numbers,
        "党组织": st.sampled_from(CODES),
        "整改时限": days,
        "延期至": days,
        "延期批准": texts,
        "完成日期": days,
        "验收日期": days,
        "销号日期": days,
        "整改进展": texts,
        "备注": texts,
    }
)


@st.composite
def earlier(draw):
    """A task of a review before, or of an earlier stage of this one."""
    code, key, period = draw(
        st.tuples(
            st.sampled_from(CODES), st.sampled_from(KEYS), st.sampled_from(["2023", "2022", "2021"])
        )
    )
    return EarlierTask(
        f"{period}-made-{code}-{key}", "made", code, key, draw(st.sampled_from([*Status])), period,
        due=draw(days), issued=draw(days), item=key if key in "12" else None,
        kind=draw(st.sampled_from([None, "长期坚持"])), repeated=draw(st.booleans()),
    )  # fmt: skip


def roll(count):
    return [
        {"党组织代码": code, "党组织名称": f"支部{code}", "领域": "农村", "成立日期": "2010-01-01"}
        for code in CODES[:count]
    ]


def under(rules, inspected, issued=None, before=(), **sheets):
    """A review of so many organisations under these rules."""
    rows = [
        {"党组织": code, **row}
        for code, found in zip(CODES, inspected, strict=False)
        for row in answers(**found)
    ]
    ground = setting(rules, 党组织=roll(len(CODES)), 检查记录=rows, **sheets)
    return replace(ground, issued=issued, previous=Previous(tasks=tuple(before)))


def differences(ground, problems=True):
    evaluation = evaluate(ground, prefer="native")
    return tasks_differences(evaluation, review_columns(ground), problems)[1]


DRAWN = (
    rulebooks(),
    st.lists(inspections, min_size=1, max_size=4),
    st.lists(problems, max_size=6),
    st.lists(ledgers, max_size=4),
    st.lists(earlier(), max_size=3),
    st.none() | st.dates(date(2023, 11, 1), date(2024, 12, 1)),
)
SOME = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def check(rules, inspected, problems, ledger, before, issued):
    judged = "{id: V9, if: found 丁, then: {task: 谈话, within: 3 days, flag: 某}}"
    head = "judgements: ["
    text = (
        rules.replace(head, f"{head}{judged}, ") if head in rules else f"{rules}{head}{judged}]\n"
    )
    ground = under(
        text + RECTIFICATION, inspected, issued, before, 问题清单=problems, 整改台账=ledger
    )
    assert differences(ground) == []


@SOME
@given(*DRAWN)
def test_random_reviews(rules, inspected, problems, ledger, before, issued):
    """Losses, points of their own, judgements, problems, ledgers and earlier tasks, drawn."""
    check(rules, inspected, problems, ledger, before, issued)


@pytest.mark.slow
@settings(SOME, max_examples=many(1500))
@given(*DRAWN)
def test_many_random_reviews(rules, inspected, problems, ledger, before, issued):
    """As above, with many more examples."""
    check(rules, inspected, problems, ledger, before, issued)


def written(ground):
    columns = review_columns(ground)
    stages = zip(columns.stages, (columns.scores.first, columns.second), strict=True)
    lost = losses_of(columns, problems=True)
    return tasks_of(lost, Issue(ground, Calendar()), stages, columns.flags.rejected)


def test_findings_of_a_point_in_two_clauses_are_in_the_order_of_the_sheet():
    """One task of the point names both; their sentences do not decide the order."""
    clauses = ("{deduct: {甲: 2}}", "{deduct: {丙: 1, 甲: 1}}")
    ground = under(section(*clauses) + RECTIFICATION, [dict.fromkeys(POINTS, "有")])
    own = [row for row in rows_of(written(ground).columns) if row[0] == "0000"]
    assert [(row[1], row[3]) for row in own] == [("1", "1-2.1"), ("point:甲", "1-1.1; 1-2.2")]
    assert differences(ground) == []


def test_points_are_those_of_the_findings():
    """What a task may give back: the points of the findings that it names, facts low."""
    clauses = ("{deduct: {甲: 2}}", "{deduct: {丙: 1, 甲: 1}}")
    ground = under(section(*clauses) + RECTIFICATION, [dict.fromkeys(POINTS, "有")])
    columns = written(ground).columns
    own = [int(p) for p, s in zip(columns.points, columns.subject, strict=True) if s == 1]
    assert own == [10_000, 30_000]


def test_tasks_are_counted_by_status():
    """As many of each status as there are rows that say it."""
    late = {"党组织": "0001", "发现日期": date(2023, 2, 1), "整改时限": date(2023, 3, 1)}
    ground = under(section("{deduct: {丙: 2}}"), [{"丙": "有"}] * 2, 问题清单=[late])
    columns = written(ground).columns
    told = Counter(row[7] for row in rows_of(columns))
    assert len(told) == 2
    assert columns.statuses() == told


def test_tasks_without_a_known_day_are_counted_by_year():
    """Working days of a year whose holidays nobody knows: no date, and how many."""
    ground = under(
        section("{deduct: {丙: 2}}") + RECTIFICATION,
        [{"丙": "有"}, {"丙": "有"}],
        issued=date(2090, 3, 1),
    )
    found = written(ground)
    assert found.undated == {"2090": 2}
    assert {row[6] for row in rows_of(found.columns)} == {"签发后10个工作日内"}
