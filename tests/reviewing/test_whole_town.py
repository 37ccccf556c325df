"""A superior graded by its branches: one rulebook reads what another gave them (整体创优)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from starrating.reviewing import Request, run

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
