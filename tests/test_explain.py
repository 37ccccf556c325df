"""One organisation's story: every point in its place, sums that hold, names that are found."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reviews import REQUESTS, outcome
from starrating.archive.bundle import pack
from starrating.archive.canonical import canonical_json
from starrating.explain import (
    UnknownName,
    explain,
    plan_of,
    story,
    story_document,
    story_in,
    story_of,
)
from starrating.explain.find import find_item, find_subject
from starrating.explain.plan import MalformedPlan, Plan
from starrating.explain.words import cells
from starrating.explain.wrap import WIDTH, columns, wrapped
from starrating.faults import SHOWN
from starrating.results.model import (
    FindingRow,
    FlagRow,
    ItemHead,
    ItemRow,
    RatingRow,
    RulebookHead,
    SubjectRow,
    TaskRow,
)
from starrating.results.tables import MalformedTable, Tables, read_tables

BOOK = "book"
DAY = date(2023, 12, 31)
PLAN = Plan(
    "某镇评定", "2023", date(2023, 1, 1), DAY, date(2024, 1, 7), "初评", "0123456789ab",
    rulebooks=(RulebookHead(BOOK, "2023", "细则", "采用 2023 版", "rules/book/2023.yaml", True,
                            ((5, None), (4, "先进"))),),
    items=(
        ItemHead(BOOK, "1.1", "党员大会", "组织生活", Decimal(8), "条例第十一条"),
        ItemHead(BOOK, "9.1", "通报批评", "减分", None, None),
    ),
)  # fmt: skip
SUBJECT = SubjectRow(
    BOOK, "0101", "甲村党支部", "农村", "某镇", None, True, Decimal("3.00"), Decimal("5.00"), 4,
    3, 4, 3, "provisional", False, False, 5, None, "3", "缺少数据，星级暂定",
)  # fmt: skip


def finding(tail: str, kind: str, points: object, **more: object) -> FindingRow:
    item = more.pop("item", None)
    values: dict[str, object] = {
        "clause": None, "quantity": None, "detail": None, "set_aside": False, "rule": None,
        "sources": None, "message": "F000", "text": "",
    }  # fmt: skip
    return FindingRow(
        finding=f"0101-{tail}", rulebook=BOOK, code="0101", item=item, kind=kind,
        points=None if points is None else Decimal(str(points)), **(values | more),
    )  # fmt: skip


LOSS = finding(
    "1.1-1", "clause", -4, item="1.1", clause="1", quantity=Decimal(2),
    detail='{"high":"-2","lacking":["2023Q3","2023-11","2023缺2次"],"not_counted":["B9 作废"],'
           '"unknown":["B7 的日期"]}',
    text="缺开季度：2×2分，扣4分；缺：2023Q3、2023-11、2023缺2次；待查：B7 的日期；"
         "暂按从低计，查清后此处可为-2分；未计入：B9 作废",
    rule="rules/book/2023.yaml:12", sources="a.xlsx!组织生活!B2; a.xlsx!组织生活!B3",
)  # fmt: skip
TABLES = Tables(
    subjects=(SUBJECT,),
    items=(
        ItemRow(BOOK, "0101", "1.1", "党员大会", Decimal(8), Decimal(4), Decimal(6), "no_data"),
        ItemRow(BOOK, "0101", "9.1", "通报批评", None, Decimal(1), Decimal(1), "scored"),
    ),
    findings=(
        finding("1.1-base", "base", 8, item="1.1", text="满分8分"),
        LOSS,
        finding("9.1-1", "clause", -1, item="9.1", clause="1", text="被通报：扣1分"),
        finding("9.1-2", "clause", 0, item="9.1", clause="2", text="异议成立", set_aside=True),
        finding("star-band", "band", None, detail='{"to":"3"}', text="总分3分，达到三星分数线"),
        finding("flag-R1", "flag", None, detail='{"case":"空缺","flag":"软弱涣散"}', rule="r.yaml:9"),
        finding("deny-V1", "flag", None, detail='{"honour":"先进"}', text="V1：取消先进"),
        finding("decision-星级", "decision", None, detail='{"matter":"星级"}', text="审定星级为4"),
    ),
    tasks=(
        TaskRow("2023-book-0101-1.1", "0101", "1.1", "缺会", "0101-1.1-1", "补开党员大会", "书记",
                "限期整改", DAY, "2024-01-30", "未到期", None, True),
    ),
    flags=(
        FlagRow(BOOK, "0101", "软弱涣散", "空缺", "possible", "a.xlsx!党组织!O3", "没有到任日期"),
    ),
    ratings=(
        RatingRow(BOOK, "0101", "9.1", "初评", "考评组", "扣分1", "核实", DAY, True),
        RatingRow(BOOK, "0101", "9.1", "自评", None, None, None, None, False),
    ),
    computed=Tables(
        subjects=(replace(SUBJECT, total_low=Decimal("2.00")),),
        items=(
            ItemRow(BOOK, "0101", "1.1", "党员大会", Decimal(8), Decimal(4), Decimal(6), "no_data"),
            ItemRow(BOOK, "0101", "9.1", "通报批评", None, Decimal(2), Decimal(2), "scored"),
        ),
    ),
)  # fmt: skip
STORY = story(TABLES, PLAN, "0101")


@pytest.fixture(scope="module", params=tuple(REQUESTS))
def bundle(request):
    """The archive of each fixture."""
    return outcome(request.param).bundle


# --- all organisations of all fixtures ------------------------------------------------------------


def test_every_sum_holds(bundle):
    """The waterfall adds up exactly, item by item and to the total, in both readings."""
    tables, plan = read_tables(bundle.results), plan_of(bundle)
    for row in tables.subjects:
        told = story(tables, plan, row.code)
        for chapter in told.chapters:
            assert all(each.holds for each in chapter.sums), row.code
            assert "核对不符" not in told.text
            for item in chapter.items:
                own = (item.row.score_low, item.row.score_high)
                assert own in {(item.low, item.high), (-item.high, -item.low)}


def test_every_story_prints(bundle):
    """Lines stay narrow, a GBK console can show them, and the same story has the same text."""
    tables, plan = read_tables(bundle.results), plan_of(bundle)
    for row in tables.subjects:
        text = story(tables, plan, row.code).text
        assert max(map(columns, text.splitlines())) <= WIDTH + 2
        assert text.encode("gbk")
        assert text == story(tables, plan, row.code).text
        assert not re.search(r"None|Decimal|\{|\[", text)


def test_every_finding_is_told(bundle):
    """Each finding of an organisation stands in its story, and each task and flag."""
    tables, plan = read_tables(bundle.results), plan_of(bundle)
    for row in tables.subjects:
        told = story(tables, plan, row.code)
        lines = {
            line.finding
            for chapter in told.chapters
            for group in (
                chapter.total, chapter.way, chapter.notes, chapter.people,
                *(section.lines for section in chapter.sections),
                *(item.lines for item in chapter.items),
            )
            for line in group
        }  # fmt: skip
        own = [each for each in tables.findings if each.code == row.code]
        assert {each.finding for each in own if each.message != "F211"} <= lines
        assert len(told.tasks) == sum(task.code == row.code for task in tables.tasks)
        flags = [flag for chapter in told.chapters for flag in chapter.flags]
        assert len(flags) == sum(flag.code == row.code for flag in tables.flags)


# --- one story ------------------------------------------------------------------------------------


def test_tail_stands_apart():
    """What lacks, is open or did not count leaves the sentence; units read as offices write them."""
    line = STORY.chapters[0].items[0].told[0]
    assert line.text == "缺开季度：2×2分，扣4分"
    assert line.lacking == ("2023年第3季度", "2023年11月", "2023年缺2次")
    assert (line.unknown, line.not_counted) == (("B7 的日期",), ("B9 作废",))
    assert (line.low, line.high) == (Decimal(-4), Decimal(-2))


@pytest.mark.parametrize(
    ("unit", "word"),
    [
        ("2023", "2023年"),
        ("2023H1", "2023年上半年"),
        ("2023H2", "2023年下半年"),
        ("2023-01", "2023年1月"),
        ("2023Q4缺1次", "2023年第4季度缺1次"),
        ("标识", "标识"),
        ("2023标语", "2023标语"),
        ("2023-01-05", "2023-01-05"),
    ],
)
def test_units(unit, word):
    """Calendar units are worded; names of list elements stay."""
    loss = replace(LOSS, detail=f'{{"lacking":["{unit}"]}}')
    told = story(replace(TABLES, findings=(loss,)), PLAN, "0101")
    assert told.chapters[0].items[0].told[0].lacking == (word,)


def test_both_readings_add_up():
    """An open total has a low and a high sum, in the table and as lines to recompute."""
    low, high = STORY.chapters[0].sums
    assert (low.total, high.total) == (Decimal(3), Decimal(5))
    assert "核对（现按）：8-4-1=3" in STORY.text
    assert "核对（最高可为）：8-2-1=5" in STORY.text


def test_wrong_sum_is_said():
    """A total that its findings do not give is told, not hidden."""
    wrong = replace(SUBJECT, total_low=Decimal(7), total_high=Decimal(7))
    told = story(replace(TABLES, subjects=(wrong,)), PLAN, "0101")
    assert not told.chapters[0].sums[0].holds
    assert "核对不符：8-4-1=3，而总分为7" in told.text


@pytest.mark.parametrize(
    "said",
    [
        "0101 甲村党支部（某镇）",
        "book@2023《细则》",
        "2023-01-01 至 2023-12-31），截止日 2024-01-07，初评阶段",
        "0123456789ab",
        "总分 3–5分，三至四星，暂列三星（暂定）",
        "上年度星级  五星",
        "最终星级    三星",
        "缺数据      1项：1.1 党员大会",
        "1. 总分3分，达到三星分数线",
        "V1：取消先进",
        "1.1 党员大会：满分8分，得4–6分（缺数据）",
        "缺：2023年第3季度、2023年11月",
        "未定：现按-4分计，查清后可为-2分",
        "未计入：B9 作废",
        "来源：a.xlsx!组织生活!B2、B3",
        "规则：rules/book/2023.yaml:12",
        "9.1 通报批评：扣1分",
        "异议成立（已撤销）",
        "评分：初评（考评组）：扣分1，核实，2023-12-31，采用",
        "软弱涣散：空缺，待核（依据不足）",
        "依据：a.xlsx!党组织!O3",
        "尚缺：没有到任日期",
        "规则：r.yaml:9",
        "补开党员大会，未到期（反复出现）",
        "时限：2024-01-30",
        "审定星级为4",
        "不再计入 0101-9.1-2：异议成立",
        "未计更正、复核和审定时的测算结果：2–5分，三至四星",
    ],
)
def test_text_says(said):
    """Everything office staff need stands in the text."""
    assert said in STORY.text


def test_own_names_of_stars():
    """A rulebook's own name of a star is used for what is shown."""
    sure = replace(SUBJECT, star=4, star_low=4, star_high=4, state="determined")
    assert "先进（已定）" in story(replace(TABLES, subjects=(sure,)), PLAN, "0101").text


def test_not_rated():
    """An organisation that is not rated has its total, no star, and the reason."""
    out = replace(SUBJECT, rated=False, star=None, state="not_rated", reasons="整村搬迁")
    text = story(replace(TABLES, subjects=(out,)), PLAN, "0101").text
    assert "不参评，不定星级" in text
    assert "整村搬迁" in text


def test_screened_only():
    """An organisation that only flags and tasks name is told by its code."""
    told = story(replace(TABLES, subjects=(), items=(), computed=None), PLAN, "0101")
    assert told.name == "0101"
    assert "软弱涣散：空缺" in told.text


def test_items_without_people():
    """An item that people's part changed tells both scores, in text and HTML; another only its own."""
    for told in (STORY.text, STORY._repr_html_()):
        assert "9.1 通报批评：扣1分；未计人工认定时为2分" in told
        assert told.count("未计人工认定时") == 1


def test_one_item():
    """With an item only that item is told, in full: 起评, ids, every rater, its tasks."""
    told = story(TABLES, PLAN, "0101", "9.1")
    assert [item.row.item for item in told.chapters[0].items] == ["9.1"]
    assert "评分：自评：未填，未采用" in told.text
    assert "明细：0101-9.1-1" in told.text
    assert "党员大会" not in told.text
    assert story(TABLES, PLAN, "0101", "1.1").tasks == TABLES.tasks


@pytest.mark.parametrize(("code", "item"), [("0102", None), ("0101", "7.7")])
def test_unknown_raises(code, item):
    """Codes and items that the tables do not hold are the caller's mistake."""
    with pytest.raises(KeyError):
        story(TABLES, PLAN, code, item)


def test_html_escapes():
    """Texts of users' files are text in HTML too."""
    named = replace(SUBJECT, name="<script>甲</script>")
    html = story(replace(TABLES, subjects=(named,)), PLAN, "0101")._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert html.count("<li") == html.count("</li>")
    assert "核对（现按）：8-4-1=3" in html
    assert "规则：rules/book/2023.yaml:12" in html
    one = story(TABLES, PLAN, "0101", "1.1")._repr_html_()
    assert "依据：条例第十一条" in one
    assert "核对" not in one


def test_document():
    """The JSON form holds exact numbers as text, and is the same for the same story."""
    document = story_document(STORY)
    chapter = document["chapters"][0]
    assert chapter["sums"][0] == {
        "steps": [
            {"label": "满分", "points": "8"},
            {"label": "组织生活", "points": "-4"},
            {"label": "减分", "points": "-1"},
        ],
        "total": "3.00",
        "holds": True,
    }
    assert chapter["sections"][0]["items"][0]["lines"][1]["lacking"][0] == "2023年第3季度"
    assert canonical_json(document) == canonical_json(story_document(story(TABLES, PLAN, "0101")))
    assert "sums" not in story_document(story(TABLES, PLAN, "0101", "1.1"))["chapters"][0]


# --- cells and lines ------------------------------------------------------------------------------


def test_cells_by_sheet():
    """Cells of one sheet stand behind its name; long lists are shortened unless asked in full."""
    many = [f"a.xlsx!甲!B{n}" for n in range(1, SHOWN + 3)]
    assert cells([*many[:2], "a.xlsx!乙!C1"], full=False) == "a.xlsx!甲!B1、B2；a.xlsx!乙!C1"
    assert cells(many, full=False).endswith(f"等{len(many)}处")
    assert cells(many, full=True).endswith(f"B{len(many)}")


def test_lines_are_wrapped():
    """Chinese breaks anywhere but before a closing mark; words of ASCII stay whole."""
    lines = wrapped(
        "甲" * 43 + "，" + "rules/town-village/2023.yaml:12" * 1 + "乙" * 60, "  ", "    "
    )
    assert all(columns(line) <= WIDTH + 2 for line in lines)
    assert lines[0].endswith("，")
    assert lines[1].startswith("    rules/town-village/2023.yaml:12")
    assert all(line.startswith("    ") for line in lines[1:])
    assert max(map(columns, wrapped("x" * 300))) <= WIDTH


# --- names ----------------------------------------------------------------------------------------

CODES = {"0101": "甲村党支部", "0102": "乙村党支部", "0203": "同名党支部", "0204": "同名党支部"}


@pytest.mark.parametrize("asked", ["0101", "甲村党支部", " ０１０１ "])
def test_subject_found(asked):
    """A code or the exact name, in any width."""
    assert find_subject(CODES, asked, "review.zip") == "0101"


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("甲村支部", "甲村党支部（0101）"),
        ("101", "甲村党支部（0101）"),
        ("同名党支部", "0203、0204"),
        ("xyz", "subjects.csv"),
    ],
)
def test_subject_unknown(asked, hint):
    """Near misses are offered, never taken; one name of two organisations asks for a code."""
    with pytest.raises(UnknownName) as caught:
        find_subject(CODES, asked, "review.zip")
    assert caught.value.fault.code == "A303"
    assert hint in caught.value.fault.remedy


def test_item_found():
    """An item's id or its exact title; A304 with the nearest otherwise."""
    assert find_item(TABLES, "0101", "1.1", "z") == "1.1"
    assert find_item(TABLES, "0101", "党员大会", "z") == "1.1"
    assert find_item(TABLES, "0101", None, "z") is None
    for asked, hint in (("会党员大", "1.1 党员大会"), ("zz", "1.1、9.1")):
        with pytest.raises(UnknownName) as caught:
            find_item(TABLES, "0101", asked, "z")
        assert caught.value.fault.code == "A304"
        assert hint in caught.value.fault.remedy


# --- archives -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """review.zip of county-mixed."""
    path = tmp_path_factory.mktemp("explain") / "review.zip"
    path.write_bytes(pack(outcome("county-mixed").bundle))
    return path


def test_explain(archive):
    """The story of an archive by code and by name is one; an item by id and by title too."""
    text, faults, code = explain(archive, "0104")
    assert (faults, code) == ((), 0)
    assert text.startswith("0104 ")
    assert "四至五星，暂列四星（待定）" in text
    name = story_in(archive, "0104")[0].name
    assert explain(archive, name)[0] == text
    assert explain(archive, "0103", "2.3") == explain(archive, "0103", "主题党日")


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [(("9999",), "A303", 2), (("0104", "99"), "A304", 2)],
)
def test_explain_unknown(archive, words, code, exit_code):
    """Unknown names are faults and a usage exit code; there is no text."""
    text, faults, found = explain(archive, *words)
    assert (text, [fault.code for fault in faults], found) == ("", [code], exit_code)


def test_explain_unusable(archive, tmp_path):
    """A file that is missing, a folder, no archive or a broken one is data that cannot be used."""
    broken = tmp_path / "broken.zip"
    broken.write_bytes(archive.read_bytes()[:-1])
    for path in (tmp_path / "none.zip", tmp_path, broken):
        text, faults, code = explain(path, "0104")
        assert (text, code) == ("", 3)
        assert faults


def test_malformed_plan():
    """A plan that no writer of ours can have written is refused, not guessed at."""
    found = outcome("county-mixed").bundle
    for document in (b"{}", b"[" * 100_000, b'{"rulebooks":[{}],"items":[]}'):
        with pytest.raises(MalformedPlan):
            plan_of(replace(found, plan={"plan.json": document}))
    with pytest.raises(MalformedPlan):
        plan_of(replace(found, plan={}))


@pytest.mark.parametrize("detail", ["{", "[]", '{"lacking":[1]}', '{"high":2}', "[" * 100_000])
def test_malformed_detail(detail):
    """Details that no writer of ours can have written are refused."""
    with pytest.raises(MalformedTable):
        story(replace(TABLES, findings=(replace(LOSS, detail=detail),)), PLAN, "0101")


def test_states_of_others():
    """A state that this version does not know is printed as it stands."""
    odd = replace(SUBJECT, state="later")
    items = tuple(replace(row, state="other") for row in TABLES.items)
    flags = tuple(replace(row, state="third") for row in TABLES.flags)
    text = story(replace(TABLES, subjects=(odd,), items=items, flags=flags), PLAN, "0101").text
    assert all(word in text for word in ("（later）", "（other）", "third"))


def test_from_tables_alone():
    """Only results/ and plan/ are read, and rules/ for 晋星差距: the same story comes from an
    archive without the rest."""
    found = outcome("county-mixed").bundle
    bare = replace(found, inputs={}, records={}, rules={}, people={}, previous={})
    whole = story_of(found, "0302")
    chapters = tuple(replace(each, distance="") for each in whole.chapters)
    assert story_of(bare, "0302") == replace(whole, chapters=chapters)
    assert story_of(replace(bare, rules=found.rules), "0302") == whole


def test_the_distance_is_that_of_the_results():
    """Every organisation of the town that has a next star reads in its story what stands beside
    it in results.xlsx."""
    bundle = outcome("town-2023").bundle
    away = {row.code: row for row in outcome("town-2023").results.headroom}
    told = {
        row.code: story_of(bundle, row.code).chapters[0].distance
        for row in outcome("town-2023").results.subjects
    }
    assert {code for code, text in told.items() if text} == away.keys()
    assert told["0118"].startswith("距五星差9.5分：整改1.5 党建台账、")
