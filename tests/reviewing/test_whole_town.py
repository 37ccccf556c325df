"""A superior graded by its branches: one rulebook reads what another gave them (整体创优)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from starrating.reviewing import Request, run
from starrating.reviewing.reproduce import reproduce
from starrating.rulecheck import check_rules

BRANCH = """\
format: 1
id: branch-star
version: "2024"
title: 党支部评星
in_force: {from: 2024-01-01}
subjects: {where: 组织类别 = '党支部'}
defaults: {not_applicable: full}
sections:
  - title: 基础
    points: 100
    items: [{id: "1.1", title: 大会, points: 100, clauses: [{deduct: 10, per: 缺开}]}]
measures: {缺开: {sheet: 组织生活, where: 类型 includes '党员大会', missing: {every: quarter}}}
stars: [{star: 5, from: 90}, {star: 4, from: 0}]
"""
TOWN = """\
format: 1
id: town-whole
version: "2024"
title: 整体创优
in_force: {from: 2024-01-01}
subjects: {where: 组织类别 in 党委、党支部}
defaults: {not_applicable: full}
measures:
  支部平均分: {subordinates: {of: total, rulebook: branch-star, take: mean}}
  五星支部: {subordinates: {of: star, rulebook: branch-star, take: share, where: 党员数 >= 3}}
  最低星: {subordinates: {of: star, rulebook: branch-star, take: min}}
sections:
  - title: 整体
    points: 110
    items:
      - {id: "1.1", title: 平均分, points: 100, clauses: [{add: 1, per: 支部平均分}]}
      - {id: "1.2", title: 没有四星以下, points: 10, clauses: [{add: 10, if: 最低星 >= 4}]}
"""
ROLL = """\
党组织代码,党组织名称,组织类别,领域,上级党组织,党员数
0001,东镇党委,党委,农村,,
0002,甲村党支部,党支部,农村,0001,8
0003,乙村党支部,党支部,农村,0001,9
0004,丙村党支部,党支部,农村,0001,7
"""
MEETINGS = """\
党组织,日期,类型
0002,2024-02-01,党员大会
0002,2024-05-01,党员大会
0002,2024-08-01,党员大会
0002,2024-11-01,党员大会
0003,2024-02-01,党员大会
0003,2024-05-01,党员大会
0004,2024-02-01,党员大会
"""


@pytest.fixture
def results(tmp_path: Path):
    for name, text in (("branch-star", BRANCH), ("town-whole", TOWN)):
        (tmp_path / "rules" / name).mkdir(parents=True)
        (tmp_path / "rules" / name / "2024.yaml").write_text(text, "utf-8")
    data = tmp_path / "data"
    data.mkdir()
    plan = 'period: "2024"\nrulebooks: [town-whole, branch-star]\n'
    (data / "plan.yaml").write_text(plan, "utf-8")
    (data / "党组织.csv").write_text(ROLL, "utf-8")
    (data / "组织生活.csv").write_text(MEETINGS, "utf-8")
    found = run(Request(data, tmp_path / "rules")).results
    assert found is not None
    return found


def test_a_superior_reads_its_branches_totals(results):
    """100, 80 and 70: the mean is 83.3333, and ten points for no star below four. What is read
    runs first, whatever the plan's order."""
    rows = {(row.rulebook, row.code): row for row in results.subjects}
    assert rows["town-whole", "0001"].total_low == Decimal("93.33")
    assert [rows["branch-star", code].total_low for code in ("0002", "0003", "0004")] == [
        Decimal("100.00"),
        Decimal("80.00"),
        Decimal("70.00"),
    ]


def folder_of(tmp_path: Path, **books: str) -> tuple[Path, Path]:
    """(data, rules) of the town under these rulebooks."""
    for name, text in books.items():
        path = tmp_path / "rules" / name.replace("_", "-") / "2024.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    data = tmp_path / "data"
    data.mkdir()
    (data / "党组织.csv").write_text(ROLL, "utf-8")
    (data / "组织生活.csv").write_text(MEETINGS, "utf-8")
    return data, tmp_path / "rules"


STARRED = (
    TOWN.replace("where: 组织类别 in 党委、党支部", "where: 组织类别 = '党委'").replace(
        "where: 党员数 >= 3", "where: 星级 = 5"
    )
    + "stars: [{star: 5, from: 90, requires: 五星支部 >= 30%}, {star: 3, from: 0}]\n"
)


def reviewed(tmp_path: Path, town: str, *ids: str):
    """The outcome of a review of the town by the rulebooks of these ids."""
    data, rules = folder_of(tmp_path, branch_star=BRANCH, town_whole=town)
    asked = tuple((each, None) for each in ids)
    return run(Request(data, rules, rulebook=asked, period="2024"))


@pytest.mark.parametrize(("asked", "star"), [("30%", 5), ("50%", 3)])
def test_a_superior_with_a_star_of_its_own_reads_stars_and_totals(tmp_path, asked, star):
    """The branches are in the scope of their rulebook only, and count all the same: the mean is
    83.3333, and one of three has five stars."""
    town = STARRED.replace("30%", asked)
    outcome = reviewed(tmp_path, town, "town-whole", "branch-star")
    rows = {(row.rulebook, row.code): row for row in outcome.results.subjects}
    assert set(rows) == {("town-whole", "0001"), *(("branch-star", f"000{n}") for n in (2, 3, 4))}
    own = rows["town-whole", "0001"]
    assert (own.total_low, own.star, own.state) == (Decimal("93.33"), star, "determined")


def test_both_evaluators_tell_it_alike(tmp_path):
    """The archive of such a review is reproduced, also by the independent evaluator."""
    outcome = reviewed(tmp_path, STARRED, "town-whole", "branch-star")
    assert outcome.bundle is not None
    for independent in (False, True):
        assert reproduce(outcome.bundle, independent=independent).equal


def test_what_is_read_has_to_be_reviewed(tmp_path):
    """R507: the branches' rulebook is not in the review; nothing is taken as 0."""
    outcome = reviewed(tmp_path, STARRED, "town-whole")
    assert outcome.exit_code == 4
    assert [fault.code for fault in outcome.faults] == ["R507"] * 3
    assert "branch-star" in outcome.faults[0].remedy


def test_the_check_of_a_folder_finds_what_is_read_in_vain_and_in_a_circle(tmp_path):
    """R507, R506 among the files, at the place that reads; of one file too."""
    other = BRANCH.replace(
        "measures: {", "measures: {上级: {subordinates: {of: total, rulebook: town-whole}}, "
    ).replace("per: 缺开", "per: 上级")
    _, rules = folder_of(tmp_path, branch_star=other, town_whole=STARRED)
    town = rules / "town-whole" / "2024.yaml"
    assert "R506" in {fault.code for fault in check_rules(rules)}
    assert "R506" in {fault.code for fault in check_rules(rules / "branch-star" / "2024.yaml")}
    town.write_text(STARRED.replace("branch-star", "branch-stars"), "utf-8")
    lost = [fault for fault in check_rules(town) if fault.code == "R507"]
    assert len(lost) == 3
    assert "branch-star" in lost[0].remedy


def test_versions_that_are_never_in_force_together_make_no_circle(tmp_path):
    """A version of last year may read what reads it this year."""
    other = BRANCH.replace(
        "measures: {", "measures: {上级: {subordinates: {of: total, rulebook: town-whole}}, "
    ).replace("per: 缺开", "per: 上级")
    earlier = other.replace("{from: 2024-01-01}", "{from: 2023-01-01, until: 2023-12-31}")
    _, rules = folder_of(tmp_path, branch_star=earlier, town_whole=STARRED)
    assert "R506" not in {fault.code for fault in check_rules(rules)}


def test_rulebooks_that_read_each_other_are_refused(tmp_path):
    """R506: neither can run first."""
    other = BRANCH.replace(
        "measures: {", "measures: {上级: {subordinates: {of: total, rulebook: town-whole}}, "
    ).replace("per: 缺开", "per: 上级")
    for name, text in (("branch-star", other), ("town-whole", TOWN)):
        (tmp_path / "rules" / name).mkdir(parents=True)
        (tmp_path / "rules" / name / "2024.yaml").write_text(text, "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "党组织.csv").write_text(ROLL, "utf-8")
    asked = (("town-whole", None), ("branch-star", None))
    outcome = run(Request(tmp_path / "data", tmp_path / "rules", rulebook=asked, period="2024"))
    assert outcome.exit_code == 4
    assert [fault.code for fault in outcome.faults if fault.code == "R506"] == ["R506"]
