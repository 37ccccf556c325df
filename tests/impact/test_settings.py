"""Words of a rulebook set by path."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rulediff.books import shipped
from starrating.impact.settings import Refused, places, with_settings
from starrating.rulediff import compare

BOOK = "town-village@2024"


def told(path, text):
    """The sentences of the change that one setting makes."""
    book = shipped(BOOK)
    return [each.sentence for each in compare(book, with_settings(book, {path: text})).changes]


@pytest.mark.parametrize(
    ("path", "text", "sentence"),
    [
        ("stars.5.from", "92", "五星：分数线由90分改为92分"),
        ("stars.4.at_most.share", "20%",
         "四星：名额：新规定为“不超过参评数的20%（只取整数）；总分并列的待定，由评定机关决定”"),
        ("items.2.1.clauses.1.deduct", "3", "2.1 党员大会：党员大会每季度1次，每缺一个季度由扣2分改为扣3分"),
        ("items.1.1.clauses.2.deduct.班子不健全", "4", "1.1 班子建设：班子不健全的，由扣3分改为扣4分"),
        ("items.5.1.clauses.1.bands.from.100", "12", "5.1 村集体收入：村集体收入100万元以上（含）由得6分改为得12分"),
        ("measures.少上党课次数.short.at_least", "3",
         "2.4 党课：指标“少上党课次数”的口径：党课每年由至少4次改为至少3次，少几次计几次"),
        ("judgements.V1.then.star_at_most", "1", "限制情形 V1：处理由“最高二星”改为“最高一星”"),
        ("total_cap", "100", "总分最高：新规定为100分"),
        ("raters", "初评", "评分人次序由“复核、初评”改为“初评”"),
        ("rectification.default.within", "10 working days",
         "整改要求（通用）：由30日改为10个工作日内完成整改，责任人：党组织书记"),
        ("items.2.2.not_applicable", "zero", "2.2 支委会：不适用时由“不计入、按比例折算”改为“记零分”"),
        ("sections.组织生活.cap", "28", "“组织生活”部分：最高分：新规定为28分"),
        ("lists.五统一", "标识、门牌",
         "4.1 五统一：清单“五统一”的口径：由“标识、门牌、制度上墙、功能布局、公开栏”改为“标识、门牌”"),
    ],
)  # fmt: skip
def test_a_setting_is_the_change_it_says(path, text, sentence):
    """One word is changed, and nothing else."""
    assert told(path, text) == [sentence]


def test_empty_takes_away():
    """An optional word set to nothing is taken away."""
    assert told("stars.5.requires", "")[0].startswith("五星：附加条件：取消")


def test_several_at_once():
    """Later settings stand on earlier ones."""
    book = with_settings(shipped(BOOK), {"stars.5.from": "95", "stars.4.from": "85"})
    assert [int(star.from_) for star in book.bands()[:2]] == [95, 85]


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("stars.5.form", "92", "stars.5.from"),
        ("items.2.1.clauses.1.deduckt", "2", "items.2.1.clauses.1.deduct"),
        ("stars.5.from", "abc", "应为数"),
        ("checks.unrecorded", "perhaps", "not_found"),
        ("items.2.4.clauses.2.every", "0", "应为正数"),
        ("measures.党课到会率.where", "类型 includes", "measures.党课到会率.where"),
        ("in_force.from", "2020-01-01", "没有"),
    ],
)
def test_refused(path, text, said):
    """A wrong path names the nearest known one; a wrong value says what it should be."""
    with pytest.raises(Refused, match=said):
        with_settings(shipped(BOOK), {path: text})


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_every_number_can_be_set(data):
    """Whatever path is known: a number is taken or refused, and what is taken changes nothing
    but what the path names."""
    book = shipped(BOOK)
    known = sorted(places(book))
    path = known[data.draw(st.integers(0, len(known) - 1))]
    try:
        changed = with_settings(book, {path: "1"})
    except Refused:
        return
    assert changed.id == book.id
    assert len(compare(book, changed).changes) <= 12
