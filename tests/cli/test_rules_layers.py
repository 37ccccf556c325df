"""Three layers as an office meets them: check, show, describe; and a sheet of each quarter."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture
def rules(tmp_path):
    """The shipped example of three layers, to write in."""
    for name in ("layers-province", "layers-county", "layers-town"):
        shutil.copytree(RULES / name, tmp_path / "rules" / name)
    return tmp_path / "rules"


def test_the_town_may_not_loosen_what_the_province_locked(rules, command):
    """The county took 5 points a quarter; the town may not go back to 4: both places are named."""
    town = rules / "layers-town" / "2024.yaml"
    text = town.read_text("utf-8")
    town.write_text(
        text.replace('"1.1": {clauses: {new:', '"1.1": {clauses: {1: {deduct: 4}, new:'), "utf-8"
    )
    ended = command("rules", "check", rules)
    assert ended.code == 1
    (line,) = ended.out.splitlines()
    assert "layers-town/2024.yaml:13:" in line
    assert "R601 放宽了刚性条款：项目 1.1 党员大会" in line
    assert "layers-county/2024.yaml:13:" in line
    assert "deduct 由 5 改为 4" in line


def test_the_three_layers_are_clean(rules, command):
    """As they are shipped nothing is found, and their cases pass."""
    assert command("rules", "check", rules).out == ""
    assert command("rules", "test", rules).code == 0


def test_each_line_shows_where_it_was_written(rules, command):
    """`show --merged`: the province's, the county's and the town's lines side by side."""
    shown = command("rules", "show", "layers-town", "--rules", rules, "--merged").out
    told = [line.split() for line in shown.splitlines()]
    files = {tuple(words[:-1]): words[-1].split("/")[-2] for words in told if len(words) > 1}
    assert files["-", "deduct:", "5"] == "layers-county"
    assert files["per:", "缺开党员大会季度"] == "layers-province"
    assert files["-", "deduct:", "1.5"] == "layers-town"
    document = json.loads(
        command("rules", "show", "layers-town", "--rules", rules, "--merged", "--json").out
    )
    assert {"text", "place"} == set(document["lines"][0])


def test_the_description_says_what_is_locked_and_by_whom(rules, command):
    """刚性条款与可调内容 names the issuer of each mark."""
    told = command("rules", "describe", "layers-town", "--rules", rules).out
    assert "| 项目 1.1 党员大会 | 刚性：只能从严，不能从宽 | 虚构省委组织部 |" in told
    assert "| 项目 1.2 第1条 | 扣分可调：2至5 | 虚构省委组织部 |" in told


SHEET = """format: 1
id: quarterly
version: "2024-{number}"
title: 季度评分表（虚构）
in_force: {{from: 2024-{begin}-01, until: 2024-{end}}}
period: quarter
defaults: {{not_applicable: full}}
sections:
  - title: 组织生活
    points: 10
    items:
      - {{id: "1.1", title: 台账, points: 10, clauses: [{{deduct: {number}, if: found 台账不全}}]}}
stars: [{{star: 1, from: 0}}]
"""


@pytest.mark.parametrize(("quarter", "total"), [(1, "9.00"), (2, "8.00"), (3, "7.00"), (4, "6.00")])
def test_a_quarter_is_reviewed_by_its_own_sheet(tmp_path, command, quarter, total):
    """A sheet issued anew each quarter: the review of any of them takes that quarter's."""
    months = (("01", "03-31"), ("04", "06-30"), ("07", "09-30"), ("10", "12-31"))
    folder = tmp_path / "rules" / "quarterly"
    folder.mkdir(parents=True)
    for number, (begin, end) in enumerate(months, start=1):
        text = SHEET.format(number=number, begin=begin, end=end)
        (folder / f"2024-{number}.yaml").write_text(text, "utf-8")
    data = tmp_path / "data"
    data.mkdir()
    (data / "党组织.csv").write_text(
        "党组织代码,党组织名称,领域,是否参评\n0001,虚构支部,农村,是\n", "utf-8"
    )
    days = ("02-01", "05-01", "08-01", "11-01")
    rows = "".join(f"0001,2024-{day},台账不全,是\n" for day in days)
    (data / "检查记录.csv").write_text(f"党组织,检查日期,检查项目,结果\n{rows}", "utf-8")
    ended = command(
        "review", data, "--rules", folder.parent, "--rulebook", "quarterly",
        "--period", f"2024Q{quarter}", "--out", tmp_path / "out",
    )  # fmt: skip
    assert ended.code == 0, ended.err
    with (tmp_path / "out" / "subjects.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert f"采用 quarterly 2024-{quarter} 版" in ended.out + ended.err
    assert row["total_low"] == total
