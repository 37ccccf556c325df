"""What is said of a change, and that nothing goes unsaid."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rulediff.books import REFERENCES, made, shipped
from rulediff.edits import edits
from starrating.rulebook.meaning import meaning_digest
from starrating.rulebook.model import Block
from starrating.rulediff import Group, compare
from starrating.rulediff.labels import WORDS
from starrating.rulediff.text import to_markdown, to_text

MEASURES = """
measures:
  缺开党员大会季度: {sheet: 组织生活, where: 类型 includes '党员大会', missing: {every: quarter}}
  党课到会率: {sheet: 组织生活, where: 类型 includes '党课', ratio: [实到, 应到]}
"""
SECTIONS = """
sections:
  - title: 组织生活
    points: 20
    items:
      - id: "2.1"
        title: 党员大会
        points: 10
        clauses: [{deduct: 2, per: 缺开党员大会季度}]
      - id: "2.2"
        title: 党课
        points: 10
        clauses:
          - {deduct: 0.2, every: 1%, of: 党课到会率, below: 70%}
          - deduct: {无计划: 1, 无总结: 0.5}
  - title: 活动场所
    points: 5
    items:
      - {id: "4.1", title: 五统一, points: 5, clauses: [{deduct: 1, per: lacking 五统一}]}
lists: {五统一: [标识, 门牌]}
"""
STARS = """
stars:
  - {star: 5, from: 90, at_most: {share: 30%, among: 所属乡镇}}
  - {star: 4, from: 80}
judgements:
  - {id: V1, if: found 严重违纪案件, then: {star_at_most: 2}}
  - {id: R1, if: found 班子瘫痪, then: {flag: 软弱涣散, case: 班子瘫痪}}
rectification:
  default: {within: 30 days, owner: 党组织书记}
"""
TEXT = MEASURES + SECTIONS + STARS


def said(*swaps):
    """The sentences of the change that putting one text for another makes."""
    text = TEXT
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return [change.sentence for change in compare(made(TEXT), made(text)).changes]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("deduct: 2, per", "deduct: 3, per", "2.1 党员大会：党员大会每季度1次，每缺一个季度由扣2分改为扣3分"),
        ("below: 70%", "below: 75%",
         "2.2 党课：党课到会率由低于70%的改为低于75%的，每低1个百分点扣0.2分（不足1个百分点的不算）"),
        ("无计划: 1", "无计划: 2", "2.2 党课：无计划的，由扣1分改为扣2分"),
        (", 无总结: 0.5", "", "2.2 党课：删除“无总结的，扣0.5分”"),
        ("无总结: 0.5", "无总结: 0.5, 无签到: 1", "2.2 党课：新增“无签到的，扣1分”"),
        ("title: 五统一, points: 5", "title: 五统一, points: 4", "4.1 五统一：分值由5分改为4分"),
        ("from: 90", "from: 92", "五星：分数线由90分改为92分"),
        ("share: 30%", "share: 25%",
         "五星：名额按所属乡镇，不超过参评数的由30%改为25%（只取整数）；总分并列的待定，由评定机关决定"),
        ("star_at_most: 2", "star_at_most: 1", "限制情形 V1：处理由“最高二星”改为“最高一星”"),
        ("within: 30 days", "within: 15 days", "整改要求（通用）：由30日改为15日内完成整改，责任人：党组织书记"),
        ("default: {within", '"2.1": {task: none}\n  default: {within',
         "整改要求“2.1”：新增“不列入整改任务”"),
        ("title: 五统一, points: 5", "title: 五统一, points: 5, raters: {mean: [甲, 乙]}",
         "4.1 五统一：评分人次序：新规定为甲、乙的平均"),
        ("[标识, 门牌]", "[标识, 门牌, 公开栏]",
         "4.1 五统一：清单“五统一”的口径：由“标识、门牌”改为“标识、门牌、公开栏”"),
    ],
)  # fmt: skip
def test_sentence(old, new, sentence):
    """One edit is told in one sentence of the printed wording."""
    assert said((old, new)) == [sentence]


def test_a_measure_is_told_at_each_item_that_reads_it():
    """The clause reads as before; what it counts is another thing."""
    old = "where: 类型 includes '党课', ratio"
    new = "where: 类型 includes '党课' and 状态 = '按期', ratio"
    told = said((old, new))
    assert len(told) == 1
    assert told[0].startswith("2.2 党课：指标“党课到会率”的口径：")


def test_moved():
    """An item that goes to another section is moved, neither deleted nor new."""
    line = '      - {id: "4.1", title: 五统一, points: 5, clauses: [{deduct: 1, per: lacking 五统一}]}\n'
    item = line.replace("    items:", "")
    told = compare(
        made(TEXT),
        made(TEXT.replace(item, '      - {id: "4.2", title: 牌子, points: 5, clauses: [{deduct: 1, if: found 无牌}]}\n')
             .replace("  - title: 活动场所", f"{item}  - title: 活动场所")),
    )  # fmt: skip
    kinds = {change.place: change.kind for change in told.changes if change.group is Group.POINTS}
    assert kinds == {"4.1 五统一": "移动", "4.2 牌子": "新增"}


def test_groups_by_weight():
    """What acts on the star stands before clauses, and clauses before words."""
    told = compare(
        made(TEXT), made(TEXT.replace("from: 90", "from: 92").replace("deduct: 2", "deduct: 3"))
    )
    assert [change.group for change in told.changes] == [Group.STARS, Group.CLAUSES]


def test_a_proposal_weighs_less_than_a_cap():
    """A judgement that only proposes stands with the duties."""
    change = compare(made(TEXT), made(TEXT.replace("found 班子瘫痪", "found 班子不齐"))).changes
    assert [each.group for each in change] == [Group.DUTIES]


def test_order_of_keys_and_comments_say_nothing():
    """A file written in another order means the same."""
    other = STARS + "# 说明\n" + SECTIONS + MEASURES.replace("where", "'where'")
    assert compare(made(TEXT), made(other)).equal


def test_equal_text():
    """Two equal versions are said to be so."""
    book = made(TEXT)
    assert "没有变化" in to_text(compare(book, book))


def test_markdown_has_a_row_for_each_change():
    """As many rows as changes."""
    told = compare(shipped("town-village@2022"), shipped("town-village@2023"))
    rows = [line for line in to_markdown(told).splitlines() if line.startswith("| ")]
    assert len([row for row in rows if not row.startswith("| 序号")]) == len(told.changes)


# --- nothing goes unsaid ----------------------------------------------------------------------------


@cache
def every_edit(reference):
    return tuple(edits(shipped(reference)))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_edit_is_told(data):
    """One scalar of a shipped rulebook changed: the diff is empty exactly where the digests agree,
    and the last net is not needed."""
    reference = data.draw(st.sampled_from(REFERENCES))
    found = every_edit(reference)
    edit = found[data.draw(st.integers(0, len(found) - 1))]
    book = shipped(reference)
    told = compare(book, edit.book)
    assert told.equal == (meaning_digest(book) == meaning_digest(edit.book))
    assert told.equal or all(change.text for change in told.changes)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(REFERENCES))
def test_no_edit_is_no_change(reference):
    """A rulebook differs in nothing from itself read again."""
    again = shipped.__wrapped__(reference)
    assert compare(shipped(reference), again).equal


@pytest.mark.parametrize(
    ("one", "two"),
    [("town-village@2022", "town-village@2023"), ("town-village@2023", "town-village@2024")],
)
def test_there_and_back(one, two):
    """Backwards there are as many changes at the same items as forwards."""
    there, back = compare(shipped(one), shipped(two)), compare(shipped(two), shipped(one))
    assert sorted(c.place for c in there.changes) == sorted(c.place for c in back.changes)


def _blocks(kind=Block):
    for each in kind.__subclasses__():
        yield each
        yield from _blocks(each)


def test_every_word_has_a_name():
    """No word of the language is told by its English name."""
    words = {
        (info.alias or name, each.__name__)
        for each in _blocks()
        if each.__module__.startswith("starrating.rulebook.model")
        and each.__name__ not in ("Case", "CasePlan", "Waiver", "Forms", "Changes")
        for name, info in each.model_fields.items()
        if name not in ("origin", "cases", "waive")
    }
    unnamed = {w for w, block in words if w not in WORDS and f"{w}.{block}" not in WORDS}
    assert unnamed == set()
