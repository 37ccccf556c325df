"""The chapters behind the scoring table, and the text as Markdown."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

from starrating.cli._describe import described_book
from starrating.rulebook.describe.markdown import to_markdown
from starrating.rulebook.describe.model import Chapter, Description, Row, Table
from starrating.rulebook.describe.whole import describe
from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import read_text

RULES = Path(__file__).parents[3] / "rules"


def chapter(book: Rulebook, title: str) -> Chapter:
    """The chapter of that title."""
    return next(each for each in describe(book).chapters if each.title == title)


def rows(book: Rulebook, title: str) -> dict[str, tuple[str, ...]]:
    """The rows of a chapter by id."""
    table = chapter(book, title).table
    assert table is not None
    return {row.id: row.cells for row in table.rows}


def test_order(shipped: dict[str, Rulebook]) -> None:
    """Scores, then stars, limits, moves, tasks; what a book does not say has no chapter."""
    titles = [each.title for each in describe(shipped["town-village@2024"]).chapters]
    assert titles == [
        "总则", "评分标准", "加分", "计分说明", "总分", "星级标准", "限制情形", "升降", "整改要求",
        "计算口径",
    ]  # fmt: skip


def test_stars(shipped: dict[str, Rulebook]) -> None:
    """分数线, 附加条件, 名额 and 命名 of each star."""
    stars = rows(shipped["town-village@2024"], "星级标准")
    assert stars["5"] == (
        "五星",
        "90分以上（含）",
        "群众满意率不低于85分，且“组织生活”得分不低于24分",
        "按所属乡镇，不超过参评数的30%（只取整数）；总分并列的待定，由评定机关决定",
        "县委组织部",
    )
    assert stars["4"][1] == "80分以上（含），不满90分"
    assert stars["1"][1] == "不满60分"


def test_moves(shipped: dict[str, Rulebook]) -> None:
    """Limits against last year's star."""
    assert chapter(shipped["town-village@2024"], "升降").before[0] == (
        "与上年度最终星级相比，最多晋升1个星级。"
    )


def test_limits(shipped: dict[str, Rulebook]) -> None:
    """What is found, what it does, by what rule."""
    limits = rows(shipped["town-village@2024"], "限制情形")
    assert limits["V3"][1:3] == (
        "查实记录弄虚作假",
        "“会议记录”（2.8）不得分；15日内如实整改会议记录并说明情况",
    )
    assert "T1" not in limits


def test_screening(shipped: dict[str, Rulebook]) -> None:
    """排查情形 are told as proposals that people decide on."""
    book = shipped["weak-and-lax@2023"]
    cases = rows(book, "软弱涣散排查情形")
    assert cases["R1"][1:3] == (
        "书记空缺三个月以上且工作停滞",
        "书记空缺起始日期至截止日超过3个月，且查实支部工作停滞",
    )
    assert "集体研究" in chapter(book, "软弱涣散排查情形").after[0]


def test_tasks(shipped: dict[str, Rulebook]) -> None:
    """Entries of rectification with the default filled in; judgements that ask for a task."""
    tasks = rows(shipped["town-village@2024"], "整改要求")
    assert tasks["2.1"] == (
        "2.1 党员大会",
        "补开党员大会并规范记录",
        "10个工作日",
        "党组织书记",
        "限期整改",
    )
    assert tasks["T1"][1:] == ("提前做好换届准备工作", "3个月", "党组织书记", "长期坚持")
    assert tasks["default"][:3] == ("其他问题", "完成整改", "30日")


def test_losses_that_become_no_task() -> None:
    """`task: none` takes nothing of the default entry."""
    text = (
        'format: 1\nid: r\nversion: "1"\ntitle: 细则\nin_force: {from: 2024-01-01}\n'
        "sections: [{title: 甲, points: 5, items: [{id: '1.1', title: 台账, points: 5, "
        "clauses: [{deduct: 1, if: found 不全}]}]}]\n"
        "rectification: {default: {within: 30 days, owner: 书记}, '1.1': {task: none}}\n"
    )
    book = read_text(text.encode(), "r.yaml", lambda _id, _version: None).book
    assert book is not None
    assert rows(book, "整改要求")["1.1"] == ("1.1 台账", "不列入整改任务", "", "", "")


def test_markdown_tables_are_whole(shipped: dict[str, Rulebook]) -> None:
    """Every line of a table has as many cells as its head, whatever the texts hold."""
    for book in shipped.values():
        widths = [
            len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
            for line in to_markdown(describe(book)).splitlines()
        ]
        assert all(a == b for a, b in pairwise(widths) if a and b)


def test_markdown_signs_are_escaped() -> None:
    """A sign that Markdown reads as its own is written as a sign."""
    table = Table(("甲|乙",), (10,), (Row(("一\n*二*",), "1"),))
    text = to_markdown(Description("题", "", date(2024, 1, 1), (Chapter("章", table=table),)))
    assert "| 甲\\|乙 |" in text
    assert "| 一<br>\\*二\\* |" in text


def test_a_joined_cell_is_said_once(shipped: dict[str, Rulebook]) -> None:
    """A section's title stands in its first row only."""
    assert to_markdown(describe(shipped["town-village@2024"])).count("组织建设<br>（20分）") == 1


def test_every_shipped_rulebook_reads_as_chinese() -> None:
    """No word of the language and nothing of Python shows through, whatever is written."""
    slips = re.compile(r"None|Fraction|lambda|<[a-z]|\b(deduct|score|includes|found|blank)\b")
    for path in sorted(RULES.rglob("*.yaml")):
        book, _, _ = described_book(str(path), RULES)
        assert book is not None, path
        text = to_markdown(describe(book)).replace("<br>", "")
        assert slips.search(text) is None, (path, slips.search(text))


def test_the_same_text_each_time(shipped: dict[str, Rulebook]) -> None:
    """Nothing depends on anything but the rules."""
    for book in shipped.values():
        assert to_markdown(describe(book)) == to_markdown(describe(book))
