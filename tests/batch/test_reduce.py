"""Groups that span parts: compared, graded and finished over all parts, whatever lies in which."""

from __future__ import annotations

import random

import pytest

from batch.made import HEAD, batch, flat, rules
from batch.test_run import invented, reviewed
from starrating.batch import run_batch
from starrating.batch.crossing import Crossing, crossing_of
from starrating.batch.opening import ground_of
from starrating.batch.source import source_of
from starrating.reviewing import Request, run

OVER_EVERYTHING = (
    HEAD
    + """\
  到会名次: {rank: {of: 到会率}}
  收入份额: {best: {of: 村集体收入 + 到会名次, among: 领域}}
  同列下级: {subordinates: {take: count, where: 到会名次 <= 12}}
sections:
  - title: 基础
    points: 100
    items:
      - {id: "1.1", title: 大会, points: 40, clauses: [{deduct: 10, per: 缺开季度}]}
      - {id: "1.2", title: 党课, points: 30, clauses: [{deduct: 5, if: 到会名次 > 8}]}
      - {id: "1.3", title: 收入, points: 20, clauses: [{deduct: 6, if: 收入份额 < 50%}]}
      - {id: "1.5", title: 评分, points: 10, clauses: [{score: 0 to 10}]}
stars:
  - {star: 5, from: 80, at_most: {share: 20%, on_tie: [到会率]}}
  - {star: 4, from: 70, at_most: {number: 5, among: 领域}}
  - {star: 3, from: 0}
lagging: [{at_least: 10%, where: 星级 <= 4}]
judgements:
  - {id: V1, if: found 拒绝检查, then: {star: none}}
  - {id: W1, if: 星级 <= 3 and 缺开季度 >= 2 and 同列下级 = 0, then: {flag: 软弱涣散, case: 长期不开会}}
"""
)
"""Ranks, shares, quotas, ties, the lowest and judgements that read stars, over everything."""


LINES = OVER_EVERYTHING.replace(
    """  同列下级:""",
    """  平均收入: {group: {of: 村集体收入, take: mean, among: 领域}}
  平均分: {group: {of: 总分}}
  同类得分倒数: {rank: {of: 总分, order: low, among: 领域}}
  平均星: {group: {of: 星级, where: 星级 >= 3}}
  低于平均: {value: 平均分 - 总分}
  下级均分: {subordinates: {of: 总分, take: mean}}
  同列下级:""",
).replace(
    """lagging: [{at_least: 10%, where: 星级 <= 4}]
judgements:
""",
    """lagging: [{at_least: 10%, where: 总分 < 平均分}]
judgements:
  - {id: L1, if: 总分 < 平均分, then: {flag: 提醒, case: 低于平均分}}
  - {id: L2, if: 同类得分倒数 <= 2, then: {flag: 软弱涣散, case: 得分最后}}
  - {id: L3, if: 低于平均 > 20 and 星级 < 平均星, then: {flag: 提醒, case: 差得多}}
  - {id: L4, if: 村集体收入 < 平均收入 or 下级均分 < 平均分, then: {flag: 提醒, case: 收入低}}
""",
)
"""Lines over the whole batch: figures and ranks of totals and stars, by group and over everything."""


def crossing(data, book):
    ground = ground_of(Request(data, book))
    source, _ = source_of(data, ground.setting.schema)
    return crossing_of(source, ground.setting)


def drawn(seed):
    """Records in which some organisations are the superiors of others."""
    sheets, pick = invented(seed), random.Random(seed)
    codes = [row["党组织代码"] for row in sheets["党组织"]]
    for row in sheets["党组织"]:
        row["上级党组织"] = pick.choice([*codes[:6], "上级0"])
    return sheets


def home(seed, parts):
    """An arbitrary part for each organisation."""
    pick = random.Random(seed)
    places = {}
    return lambda row: places.setdefault(row["党组织代码"], pick.randrange(parts))


ROUNDS = (("到会名次",), ("收入份额", "同列下级"))
LATER = (("到会名次", "平均收入"), ("收入份额", "同列下级"))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("text", "crosses"),
    [
        (OVER_EVERYTHING, Crossing(ROUNDS, stars=True)),
        (LINES, Crossing(LATER, stars=True, later=True)),
    ],
    ids=["everything", "lines"],
)
def test_equal_to_an_ordinary_review(text, crosses, seed, tmp_path):
    """Four arbitrary parts: totals, stars, states, the lowest and flags of the reference."""
    book, sheets = rules(tmp_path, text), drawn(seed)
    data = batch(tmp_path, sheets, 4, home=home(seed, 4))
    assert crossing(data, book) == crosses
    _, own = reviewed(data, book, tmp_path / "out")
    results = run(Request(flat(tmp_path, sheets), book)).results
    assert results is not None
    told = ("code", "rated", "total_low", "total_high", "lagging")
    assert [tuple(row[name] for name in told) for row in own["subjects"]] == [
        tuple(getattr(row, name) for name in told) for row in results.subjects
    ]
    told = ("band", "star_low", "star_high", "star", "state", "recommended")
    assert [tuple(row[name] for name in told) for row in own["subjects"] if row["rated"]] == [
        tuple(getattr(row, name) for name in told) for row in results.subjects if row.rated
    ]
    assert sorted((row["code"], row["flag"], row["state"]) for row in own["flags"]) == sorted(
        (row.code, row.flag, row.state) for row in results.flags
    )


@pytest.mark.parametrize("text", [OVER_EVERYTHING, LINES], ids=["everything", "lines"])
def test_any_split_gives_the_same_rows(text, tmp_path):
    """One part, and arbitrary two, three and seven: the same rows."""
    book, sheets = rules(tmp_path, text), drawn(7)
    found = [
        reviewed(
            batch(tmp_path, sheets, parts, home=home(parts, parts)), book, tmp_path / f"out-{parts}"
        )[1]
        for parts in (1, 2, 3, 7)
    ]
    assert found[0] == found[1] == found[2] == found[3]


def test_processes_give_the_same_bytes(tmp_path):
    """Two spawned processes write what one writes, and leave nothing else."""
    book = rules(tmp_path, OVER_EVERYTHING)
    data = batch(tmp_path, drawn(8), 3, home=home(8, 3))
    reviewed(data, book, tmp_path / "one")
    reviewed(data, book, tmp_path / "two", workers=2)
    names = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*"))
    assert names == sorted(
        path.relative_to(tmp_path / "two") for path in (tmp_path / "two").rglob("*")
    )
    for name in names:
        if (tmp_path / "one" / name).is_file():
            assert (tmp_path / "two" / name).read_bytes() == (tmp_path / "one" / name).read_bytes()


def test_whole_groups_in_their_parts_need_no_reduce_step(tmp_path):
    """A quota by superior, and parts of whole superiors: each part is a review by itself."""
    book = rules(tmp_path)
    assert crossing(batch(tmp_path, invented(1), 3), book) == Crossing()


def test_those_without_a_group_are_one_group(tmp_path):
    """A blank superior in two parts is a group that spans parts."""
    book, sheets = rules(tmp_path), invented(2)
    sheets["党组织"][0]["上级党组织"] = sheets["党组织"][1]["上级党组织"] = None
    whole = batch(tmp_path, sheets, 1, home=lambda _: 0)
    data = batch(tmp_path, sheets, 2, home=lambda row: int(row["党组织代码"]) % 2)
    assert crossing(data, book).stars
    one = reviewed(whole, book, tmp_path / "one")[1]
    assert reviewed(data, book, tmp_path / "two")[1] == one


def test_a_fault_in_an_early_step_ends_the_batch(tmp_path):
    """A part that can not be read while measures are told: its fault, and nothing is written."""
    book = rules(tmp_path, OVER_EVERYTHING)
    data = batch(tmp_path, drawn(3), 2, home=home(3, 2))
    (data / "组织生活" / "part-1.parquet").write_bytes(b"PAR1")
    found = run_batch(Request(data, book), tmp_path / "out")
    assert [fault.code for fault in found.faults] == ["D702"]
    assert list(tmp_path.glob("*out*")) == []
