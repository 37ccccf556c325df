"""What no case reaches: clauses, bands, arms, judgements, stars and their edges."""

from pathlib import Path

import pytest

from starrating.covered.clauses import MAKERS
from starrating.rulebook.model import Clause
from starrating.rulecoverage import Coverage, cover_rules

RULES = Path(__file__).parents[1] / "rules"
HEAD = """\
format: 1
id: example
version: "1"
title: 例
in_force: {from: 2024-01-01}
defaults: {not_applicable: full}
raters: [复核]
lists: {五统一: [标识, 门牌]}
columns: {党组织: {收入: number, 基础分: number}}
measures:
  缺大会季: {sheet: 组织生活, where: 类型 includes '党员大会', missing: {every: quarter}}
  到会率: {sheet: 组织生活, where: 类型 includes '党课', ratio: [实到, 应到]}
"""
SECTION = "sections: [{title: 甲, points: 10, items: [{id: '1', title: 乙, points: 10, clauses: [%s]}]}]\n"


def covered(tmp_path: Path, rules: str, *given: str, expect: str = "{in_scope: true}") -> Coverage:
    """The coverage of a rulebook by cases with these data."""
    cases = "".join(
        f"  - {{title: 例{n}, plan: {{period: 2024}}, given: {{{each}}}, expect: {expect}}}\n"
        for n, each in enumerate(given, start=1)
    )
    path = tmp_path / "rules" / "example" / "1.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(f"{HEAD}{rules}cases:\n{cases}", encoding="utf-8")
    report, (coverage,) = cover_rules(path)
    assert not report.faults
    assert not report.failed
    return coverage


def missing(coverage: Coverage) -> dict[str, tuple[str, ...]]:
    """what → the sides that no case reaches."""
    return {gap.what: gap.missing for gap in coverage.gaps}


def org(text: str) -> str:
    """Data of one organisation."""
    return f"党组织: [{{{text}}}]"


def point(name: str, answer: str) -> str:
    """One row of 检查记录."""
    return f"检查记录: [{{检查项目: {name}, 结果: {answer}}}]"


def told(what: str) -> str:
    """The name of a probe of the one clause, or of an entry of its map (`1.2“…”`)."""
    entry, quote, rest = what.partition("“") if what.startswith("1.") else ("1", "", what)
    return f"项目 1 第{entry}条{quote}{rest}".rstrip()


@pytest.mark.parametrize(
    ("clause", "given", "expected"),
    [
        ("{deduct: 2, if: 收入 < 5}", [org("收入: 4")], {"“收入少于5”": ("正好在界线上", "界线以上")}),
        ("{deduct: 2, if: 收入 < 5}", [org("收入: 4"), org("收入: 5"), org("收入: 6")], {}),
        ("{deduct: 2, if: 收入 < 5}", [org("收入: ''")], {"“收入少于5”": ("界线以下", "正好在界线上", "界线以上")}),
        (
            "{deduct: 2, if: 书记空缺起始日期 + 2 months < 截止日}",
            [org("书记空缺起始日期: 2024-01-01")],
            {"“书记空缺起始日期至截止日超过2个月”": ("界线以下", "正好在界线上")},
        ),
        ("{deduct: 2, if: found 甲}", [point("甲", "是")], {"“甲”": ("不成立",)}),
        ("{deduct: {甲: 1, 丁: 2}}", [point("甲", "是")], {"1.1“甲”": ("没有发现",), "1.2“丁”": ("发现", "没有发现")}),
        ("{deduct: {无: 3, 健全: 0}, by: 台账}", [point("台账", "无")], {" 台账": ("健全",)}),
        ("{score: {好: 3, 差: 0}}", [], {" 等次": ("好", "差")}),
        (
            "{score: 0 to 10}",
            ["考核评分: [{项目: '1', 评分主体: 复核, 得分: 9, 加扣分原因: 好, 日期: 2024-12-01}]"],
            {},
        ),
        ("{deduct: 1 to 2}", ["考核评分: []"], {"": ("评分人给分",)}),
        ("{deduct: 2, per: 缺大会季}", ["组织生活: []"], {"“缺大会季”": ("没有",)}),
        ("{deduct: 1, per: found 甲, up_to: 2}", [point("甲", "是")], {"“甲”": ("没有",), " up_to": ("到上限",)}),
        (
            "{deduct: 1, every: 1%, of: 到会率, below: 70%}",
            ["组织生活: [{日期: 2024-03-01, 类型: 党课, 应到: 10, 实到: 7}]"],
            {"“到会率低于70%”": ("界线以下", "界线以上")},
        ),
        (
            "{bands: {of: 收入, from: {100: 10, 50: 8}, otherwise: 2}}",
            [org("收入: 100"), org("收入: 20")],
            {" 收入": ("正好在界线上 50",), " 收入 ": ("50档",)},
        ),
        (
            "{bands: {of: 收入, upto: {20: 2, 50: 5}, otherwise: 10}}",
            [org("收入: 20"), org("收入: 21"), org("收入: 50"), org("收入: 51")],
            {},
        ),
        (
            "{add: {省: 3, 市: 2}, per: 表彰奖励, by: 级别, highest: only}",
            ["表彰奖励: [{名称: 一, 级别: 省, 日期: 2024-05-01}]"],
            {" 级别": ("市",)},
        ),
        (
            "{table: {of: [收入, 是否参评], hit: first, rows: [[over 50, 是, 10], [any, any, 2]]}}",
            [org("收入: 60, 是否参评: 是")],
            {"“收入多于50”": ("界线以下", "正好在界线上")},
        ),
        (
            "{worst_of: [{deduct: 2, if: 收入 < 5}, {deduct: 3, if: 收入 < 3}]}",
            [org("收入: 2"), org("收入: 3"), org("收入: 5"), org("收入: 6")],
            {},
        ),
    ],
)  # fmt: skip
def test_clauses(
    clause: str, given: list[str], expected: dict[str, tuple[str, ...]], tmp_path: Path
) -> None:
    """What a clause should be seen as, and what a case has shown of it."""
    coverage = covered(tmp_path, SECTION % clause, *(given or ["检查记录: []"]))
    found = [(gap.what, gap.missing) for gap in coverage.gaps]
    wanted = [(told(what), sides) for what, sides in expected.items()]
    assert sorted(found) == sorted(wanted)


def test_numbers_that_can_not_be(tmp_path: Path) -> None:
    """Nobody is asked for less than none, or for a share above all."""
    clause = "{deduct: 1, if: 缺大会季 > 0}, {deduct: 1, if: 到会率 < 100%}"
    given = "组织生活: [{日期: 2024-03-01, 类型: 党课, 应到: 10, 实到: 10}]"
    assert missing(covered(tmp_path, SECTION % clause, given)) == {
        "项目 1 第1条“出现缺大会季”": ("正好在界线上",),
        "项目 1 第2条“到会率低于100%”": ("界线以下",),
    }


STARS = """\
sections: [{title: 甲, points: 100, items: [{id: '1', title: 乙, points: 100, clauses: [{add: 1, per: 基础分}]}]}]
stars: [{star: 2, from: 60, requires: found 创新, at_most: {number: 1}}, {star: 1, from: 0}]
moves: {rise_at_most: 1, fall_at_most: 1}
lagging: [{at_least: 10%}]
judgements: [{id: V1, if: found 违纪, then: {star: none}}, {id: S1, if: 总分 < 60, then: {flag: 后进}}]
"""


def test_stars(tmp_path: Path) -> None:
    """Edges of the total, further conditions, quotas, limits, judgements."""
    low = f"{org('基础分: 50')}, 检查记录: [{{检查项目: 违纪, 结果: 否}}, {{检查项目: 创新, 结果: 否}}]"
    assert missing(covered(tmp_path, STARS, low)) == {
        "项目 1 第1条“基础分”": ("没有",),
        "2星分数线": ("正好在界线上", "界线以上"),
        "2星 requires“创新”": ("成立",),
        "2星 at_most": ("名额用满",),
        "升降 moves": ("晋升受限", "降低受限"),
        "倒排 lagging": ("没有列入",),
        "判定 V1 “违纪”": ("成立",),
        "判定 S1 “总分低于60分”": ("正好在界线上", "界线以上"),
    }


def test_quota_and_moves(tmp_path: Path) -> None:
    """Steps of grading show that a quota was full and that a limit bound."""
    rows = ", ".join(
        f"{{党组织代码: '000{n}', 党组织名称: 支部{n}, 领域: 农村, 基础分: {points}, 上年度星级: {last}}}"
        for n, (points, last) in enumerate(((90, "二星"), (80, "一星"), (70, "一星")), start=1)
    )
    found = ", ".join(
        f"{{党组织: '000{n}', 检查项目: {point}, 结果: {answer}}}"
        for n in (1, 2, 3)
        for point, answer in (("创新", "是"), ("违纪", "否"))
    )
    gaps = missing(
        covered(
            tmp_path,
            STARS,
            f"党组织: [{rows}], 检查记录: [{found}]",
            expect="{subjects: {'0001': {in_scope: true}}}",
        )
    )
    assert "2星 at_most" not in gaps
    assert "倒排 lagging" not in gaps


VARIANTS = """\
sections:
  - title: 甲
    points: 10
    items:
      - id: '1'
        title: 乙
        points: 10
        variants:
          by: 领域
          of:
            农村: {clauses: [{deduct: {丙: 1}}]}
            社区: {clauses: [{deduct: {丁: 1}}]}
stars:
  - {star: 2, if: found 先进, each_section: 80%}
  - {star: 1, from: 0}
"""


def test_variants_and_direct_stars(tmp_path: Path) -> None:
    """Only those of a variant show its clauses; a direct star is a condition, a mark an edge."""
    rows = "".join(f"{{检查项目: {each}, 结果: 否}}, " for each in ("丙", "丁", "先进"))
    given = f"{org('领域: 农村')}, 检查记录: [{rows}]"
    assert missing(covered(tmp_path, VARIANTS, given)) == {
        "项目 1（农村） 第1.1条“丙”": ("发现",),
        "项目 1（社区） 第1.1条“丁”": ("发现", "没有发现"),
        "2星 直接评定“先进”": ("成立",),
        "2星 each_section": ("界线以下", "正好在界线上"),
    }


def test_places_and_sums(tmp_path: Path) -> None:
    """A gap names file, line and column; the sums count sides."""
    coverage = covered(tmp_path, SECTION % "{deduct: 2, if: found 甲}", point("甲", "是"))
    assert (coverage.rulebook, coverage.sides, coverage.reached) == ("example@1", 2, 1)
    (gap,) = coverage.gaps
    assert str(gap).startswith("rules/example/1.yaml:13:")
    assert str(gap).endswith("项目 1 第1条“甲”：没有案例到过 不成立")


def test_a_library(tmp_path: Path) -> None:
    """Of a library, each measure should be expected by some case."""
    gaps = missing(covered(tmp_path, "library: true\n", "组织生活: []"))
    assert gaps == {f"指标 {name}": ("expect 里的 measures",) for name in ("缺大会季", "到会率")}


def test_every_form_has_its_probes() -> None:
    """A form that is added to the language needs one small function."""
    assert set(MAKERS) == set(Clause.FORMS)


def test_inherited_parts_are_not_asked_for() -> None:
    """What a superior's file says is for its own cases."""
    _, coverages = cover_rules(RULES / "domains" / "common" / "2024.yaml")
    files = {gap.origin.file for coverage in coverages for gap in coverage.gaps}
    assert files == {"rules/domains/common/2024.yaml"}


@pytest.mark.slow
def test_rulebooks_that_every_case_reaches() -> None:
    """The town's rulebooks and the screening have a case for every clause, band, arm and edge."""
    for name in (
        "town-village/2022",
        "town-village/2023",
        "town-village/2024",
        "weak-and-lax/2023",
    ):
        _, coverages = cover_rules(RULES / f"{name}.yaml")
        assert [str(gap) for coverage in coverages for gap in coverage.gaps] == []
