"""results.xlsx: its sheets, heads, numbers, print set-up; harmless and the same every time."""

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from results.sample import BOOK, EMPTY, HEADING, RULEBOOKS, results
from starrating.report.workbook import results_workbook
from starrating.report.workbook.layout import clipped
from starrating.results.model import FindingRow, ProblemRow
from starrating.results.tables import csv_files, result_number, results_digest
from starrating.schema import STANDARD

NAMES = [
    "封面", "评定结果汇总", "分乡镇汇总", "分项得分", "加扣分明细", "软弱涣散排查建议（内部，待研究）",
    "问题清单", "责任清单", "整改清单", "人工认定明细", "待定事项", "数据核对", "可停报项目", "统计分析",
]  # fmt: skip
HEADS = {
    "评定结果汇总": "序号 党组织代码 党组织名称 领域 所属乡镇 上级党组织 总分 星级 可能星级 定星状态 "
    "上年度星级 未计人工总分 未计人工星级 审定星级 最终星级 说明 晋星差距",
    "加扣分明细": "序号 党组织代码 党组织名称 项目编号 项目 条款 类型 数量 分值 说明 细则位置 数据来源 备注",
    "软弱涣散排查建议（内部，待研究）": "序号 党组织代码 党组织名称 所属乡镇 事项 对应情形 状态 已有依据 "
    "尚缺依据 研究意见",
    "责任清单": "序号 党组织 责任人 问题内容 整改任务 任务类型 下达日期 整改时限 任务编号 备注",
    "人工认定明细": "序号 类别 党组织代码 党组织名称 事项 主体 经办人 结果 理由 文号 日期 是否采用",
    "待定事项": "序号 党组织代码 党组织名称 类别 事项 说明 影响 处理意见",
    "数据核对": "序号 级别 编码 文件 工作表 单元格 问题 处理办法",
    "可停报项目": "序号 文件 工作表 列 已填行数",
    "问题清单": " ".join(column.name for column in STANDARD.sheets["问题清单"].columns),
    "整改清单": " ".join(column.name for column in STANDARD.sheets["整改台账"].columns),
}


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module")
def book():
    return opened(results_workbook(results()))


def top_of(sheet) -> int:
    """The row of the head: the last of the repeated rows."""
    return int(sheet.print_title_rows.split("$")[-1])


def heads_of(sheet) -> list[str]:
    return [str(cell.value or "").replace("\n", "") for cell in sheet[top_of(sheet)]]


def rows_of(sheet) -> list[dict[str, object]]:
    heads = heads_of(sheet)
    body = sheet.iter_rows(min_row=top_of(sheet) + 1, values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in body]


@pytest.mark.parametrize("sample", [results(), EMPTY], ids=["town", "empty"])
def test_sheets_and_order(sample):
    """All sheets are there, in their order, also where nothing was found."""
    assert opened(results_workbook(sample)).sheetnames == NAMES
    assert all(len(name) <= 31 for name in NAMES)


@pytest.mark.parametrize(("name", "heads"), HEADS.items())
def test_heads(book, name, heads):
    """Each table has its Chinese heads."""
    assert heads_of(book[name]) == heads.split(" ")


@pytest.mark.parametrize("name", HEADS)
def test_empty_lists_say_none(name):
    """An empty list has its head and one line 无."""
    sheet = opened(results_workbook(EMPTY))[name]
    wanted = [head for head in HEADS[name].split(" ") if not head.startswith("未计人工")]
    assert heads_of(sheet) == wanted
    (row,) = sheet.iter_rows(min_row=top_of(sheet) + 1, values_only=True)
    assert [value for value in row if value is not None] == ["无"]


@pytest.mark.parametrize("name", NAMES)
def test_print_setup(book, name):
    """A4 landscape, one page wide, 结果编号 and page numbers below; tables repeat their heads."""
    sheet = book[name]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    setup = sheet.page_setup
    high = 1 if setup.fitToHeight is None else int(setup.fitToHeight)
    assert (setup.fitToWidth or 1, high) == (1, 1 if name == "封面" else 0)
    number = result_number(results_digest(csv_files(results())))
    assert number in sheet.oddFooter.left.text
    assert "第 &P 页，共 &N 页" in sheet.oddFooter.right.text.replace("&amp;", "&").replace(
        "[Page]", "P"
    )
    if name not in {"封面", "统计分析"}:
        assert sheet.print_title_rows
        assert sheet.freeze_panes.endswith(str(top_of(sheet) + 1))


def test_numbers_are_numbers(book):
    """Totals and points are numbers with their format; open totals are a range of text."""
    sheet = book["评定结果汇总"]
    row = rows_of(sheet)[0]
    assert (row["总分"], row["星级"], row["定星状态"]) == (96.5, "五星级", "已定")
    cell = sheet.cell(top_of(sheet) + 1, heads_of(sheet).index("总分") + 1)
    assert (cell.data_type, cell.number_format) == ("n", "0.00")
    assert rows_of(sheet)[4]["总分"] == "91.00–96.00"
    assert rows_of(sheet)[4]["可能星级"] == "三至四星"
    details = rows_of(book["加扣分明细"])
    assert all(isinstance(line["分值"], int | float) for line in details if line["类型"] == "条款")


def test_code_order_and_words(book):
    """Organisations stand in order of code, states and stars in an office's words."""
    rows = rows_of(book["评定结果汇总"])
    codes = [row["党组织代码"] for row in rows]
    assert codes == sorted(codes)
    assert len(rows) == 30
    assert {row["定星状态"] for row in rows} == {"已定", "暂定", "待定", "不参评"}
    assert rows[1]["星级"] == "五星级（推荐）"
    assert rows[0]["审定星级"] == "四星"
    assert rows[0]["最终星级"] == "四星级"
    assert rows[9]["星级"] == "—"
    assert rows[26]["说明"] == "倒排建议"


def test_item_scores(book):
    """One row an organisation, one column an item, section sums; a sign keeps a number a number."""
    sheet = book["分项得分"]
    heads = heads_of(sheet)
    first = next(sheet.iter_rows(min_row=top_of(sheet) + 1))
    by_head = dict(zip(heads, first, strict=True))
    assert sum(head == "小计" for head in heads) == 6
    assert by_head["2.2支委会(5)"].value == 5
    assert "△" in by_head["2.2支委会(5)"].number_format
    assert by_head["1.1班子配备(4)"].value == 4
    open_row = list(sheet.iter_rows(min_row=top_of(sheet) + 1, values_only=True))[4]
    assert dict(zip(heads, open_row, strict=True))["3.2党费收缴(5)"] == "0–5◇"


@pytest.mark.parametrize(
    ("detail", "shown"),
    [
        ('{"section":"组织建设"}', 17.5),
        ('{"high":"-0.5","section":"组织建设"}', "17.5–18.5"),
        ('{"section":"总分"}', 19),
    ],
)
def test_section_steps_are_in_the_sums(detail, shown):
    """A section's own step (封顶, 折算) is part of its 小计, in both readings."""
    sample = results(1)
    step = FindingRow(
        "0001-§组织建设-section_clamp", BOOK, "0001", None, None, "section_clamp", None,
        Decimal("-1.5"), detail, False, None, None, "F1", "封顶",
    )  # fmt: skip
    sheet = opened(results_workbook(replace(sample, findings=(*sample.findings, step))))["分项得分"]
    row = next(sheet.iter_rows(min_row=top_of(sheet) + 1, values_only=True))
    assert row[heads_of(sheet).index("小计")] == shown


def test_deduction_sections_print_points_lost():
    """In a deduction section, whose findings are negative, the sum is positive points lost."""
    sample = results(1)
    items = tuple(
        replace(row, score_low=Decimal(3), score_high=Decimal(3)) if row.item == "6.1" else row
        for row in sample.items
    )
    lost = replace(sample.findings[0], item="6.1", kind="clause", points=Decimal(-3))
    cap = replace(
        lost, item=None, kind="section_clamp", points=Decimal(1), detail='{"section":"加分项"}'
    )
    sheet = opened(results_workbook(replace(sample, items=items, findings=(lost, cap))))["分项得分"]
    row = next(sheet.iter_rows(min_row=top_of(sheet) + 1, values_only=True))
    assert [row[at] for at, head in enumerate(heads_of(sheet)) if head == "小计"][-1] == 2


def test_town_sums(book):
    """分乡镇汇总 ends with the sum of the rows above."""
    rows = list(
        book["分乡镇汇总"].iter_rows(min_row=top_of(book["分乡镇汇总"]) + 1, values_only=True)
    )
    *towns, total = rows
    assert total[0] == "合　计"
    assert list(total[1:]) == [sum(column) for column in zip(*[t[1:] for t in towns], strict=True)]
    assert total[1] == 30


def test_screening_books_have_no_scores():
    """With screening rulebooks alone only 封面 and 软弱涣散排查建议 speak of them."""
    sample = results(12)
    alone = replace(
        sample,
        rulebooks=RULEBOOKS[1:],
        subjects=tuple(row for row in sample.subjects if row.rulebook != BOOK),
    )
    book = opened(results_workbook(alone))
    assert [row["序号"] for row in rows_of(book["评定结果汇总"])] == ["无"]
    flags = rows_of(book["软弱涣散排查建议（内部，待研究）"])
    assert flags[0]["党组织名称"] == "石桥村党支部"
    assert any("weak-and-lax" in str(c.value) for row in book["封面"] for c in row)


def test_other_proposals_have_a_sheet_of_their_own():
    """A flag of another kind is neither listed nor counted as 软弱涣散排查."""
    sample = results(12)
    award = replace(sample.flags[0], flag="奖励", case="五星：5000元")
    book = opened(results_workbook(replace(sample, flags=(*sample.flags, award))))
    assert [row["事项"] for row in rows_of(book["其他建议（内部，待研究）"])] == ["奖励"]
    assert book.sheetnames[6] == "其他建议（内部，待研究）"
    screened = rows_of(book["软弱涣散排查建议（内部，待研究）"])
    assert {row["事项"] for row in screened} == {"软弱涣散"}
    only_award = opened(results_workbook(replace(sample, flags=(award,))))
    towns = list(only_award["分乡镇汇总"].iter_rows(values_only=True))
    place = next(row.index(head) for row in towns if (head := "软弱涣散\n排查建议") in row)
    assert towns[-1][place] == 0


def test_several_rating_books_have_a_sheet_each():
    """A second rulebook with stars has its own sheet of item scores."""
    other = replace(RULEBOOKS[0], id="agencies", title="机关")
    book = opened(results_workbook(replace(results(2), rulebooks=(RULEBOOKS[0], other))))
    assert book.sheetnames[3:5] == ["分项得分", "分项得分（2）"]
    assert "细则" in heads_of(book["评定结果汇总"])


def test_rectification_sheet_is_the_ledger(book):
    """整改清单 has exactly the columns of 整改台账 in order, dates as dates, names that match."""
    row = rows_of(book["整改清单"])[1]
    assert row["任务编号"] == "2023-town-village-0002-2.1"
    assert row["党组织"] == "西庄村党支部"
    assert row["整改时限"].date() == date(2024, 2, 2)
    assert row["整改进展"] is None
    carried = rows_of(book["整改清单"])[5]
    assert (carried["整改时限"], carried["备注"]) == (
        None,
        "整改中；时限30日内；反复出现；上年未销号",
    )
    assert top_of(book["整改清单"]) <= 10


def test_names_shared_by_two_give_way_to_codes():
    """Where two organisations share a name, the lists say the code."""
    sample = results(3)
    twin = tuple(replace(row, name="同名支部") for row in sample.subjects)
    book = opened(results_workbook(replace(sample, subjects=twin)))
    assert [row["党组织"] for row in rows_of(book["整改清单"])] == ["0001", "0002", "0003"]


def test_unknown_office_facts(book):
    """What nobody gave is printed as a line to fill in."""
    cells = [cell.value for row in book["封面"] for cell in row if cell.value is not None]
    at = cells.index("联系人")
    assert cells[at + 1] == "______"


def test_cover_tells_of_special_runs():
    """进度测算 and names in the place of codes are said on the cover."""
    heading = replace(HEADING, progress_run=True, named=True)
    sheet = opened(results_workbook(replace(results(1), heading=heading)))["封面"]
    text = "\n".join(str(cell.value) for row in sheet for cell in row)
    assert "进度测算" in text
    assert "以党组织名称代替代码" in text


def test_charts():
    """统计分析 has native charts."""
    with zipfile.ZipFile(io.BytesIO(results_workbook(results()))) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 4


def test_same_bytes():
    """Two runs give the same bytes; document dates are the cut-off's."""
    first = results_workbook(results())
    assert first == results_workbook(results())
    assert opened(first).properties.created.date() == date(2024, 1, 15)
    assert opened(first).properties.modified.date() == date(2024, 1, 15)


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2",
        "@SUM(A1)",
        "http://evil.example/",
        "{=1+1}",
        "\t=1",
        "\x01坏_x0041_",
    ],
)
def test_hostile_text_is_harmless(text):
    """Text from outside is never a formula, a link or a broken file, and stays as it is."""
    sample = results(3)
    subjects = tuple(replace(row, name=text, reasons=text, town=text) for row in sample.subjects)
    problem = ProblemRow("W1", "0001", text, {"问题编号": text, "问题内容": text}, "x")
    heading = replace(HEADING, title=text, office={"name": text})
    data = results_workbook(
        replace(sample, subjects=subjects, problems=(problem,), heading=heading)
    )
    book = opened(data)
    for sheet in book:
        assert not any(cell.data_type == "f" or cell.hyperlink for row in sheet for cell in row)
    cell = next(c for c in book["评定结果汇总"][top_of(book["评定结果汇总"]) + 1] if c.column == 3)
    assert cell.data_type == "s"
    read = cell.value.replace("_x005F", "")  # openpyxl undoes it in shared strings alone
    assert read == text.replace("\x01", "_x0001_")
    assert cell.quotePrefix == (text[0] in "=+-@\t")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [
            archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/sheet")
        ]
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_very_long_text():
    """Text longer than a cell may hold is cut and says so; rows stay within Excel's height."""
    sample = results(1)
    finding = replace(sample.findings[1], points=Decimal(-1), kind="clause", text="长" * 100_000)
    book = opened(results_workbook(replace(sample, findings=(finding,))))
    sheet = book["加扣分明细"]
    (row,) = rows_of(sheet)
    assert len(row["说明"]) < 32_767
    assert row["说明"].endswith("全文见 csv 文件）")
    assert all((size.height or 0) <= 409 for size in sheet.row_dimensions.values())


def test_more_rows_than_a_sheet_holds_go_on_in_further_sheets(monkeypatch):
    """Twelve rows in sheets of five: none is lost, each sheet says where it stands, 目录 lists all."""
    whole = rows_of(opened(results_workbook(results()))["数据核对"])
    monkeypatch.setattr("starrating.report.workbook.pieces.MAX_ROWS", 5)
    book = opened(results_workbook(results()))
    names = ["数据核对", "数据核对（2）", "数据核对（3）"]
    assert [name for name in book.sheetnames if name.startswith("数据核对")] == names
    parts = [rows_of(book[name]) for name in names]
    assert [len(part) for part in parts] == [5, 5, 2]
    assert [row for part in parts for row in part] == whole
    notes = [str(cell.value) for cell in book[names[1]]["A"]]
    assert any("共 12 行" in note and "第 2 张，第 6—10 行" in note for note in notes)
    front = [str(cell.value) for row in book["封面"].iter_rows() for cell in row]
    rows = ["数据核对　5 行", "数据核对（2）　5 行", "数据核对（3）　2 行"]
    assert set(rows) <= set(front)


def test_a_text_is_cut_by_what_a_cell_holds():
    """Signs beyond the first plane take two of the 32,767 units that a cell has."""
    assert clipped("字" * 32_000) == "字" * 32_000
    assert clipped("字" * 32_001) == "字" * 32_000 + "……（过长，全文见 csv 文件）"
    assert len(clipped("😀" * 20_000).encode("utf-16-le")) // 2 < 32_767


@pytest.mark.office
@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice or poppler is missing",
)
def test_libreoffice_prints_it(tmp_path):
    """LibreOffice opens the workbook; each sheet is one page wide, so pages stay few."""
    (tmp_path / "results.xlsx").write_bytes(results_workbook(results(6)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "results.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    text = subprocess.run(
        ["pdftotext", "-layout", "results.pdf", "-"], cwd=tmp_path, check=True, capture_output=True
    ).stdout.decode()
    pages = text.count("\f")
    assert len(NAMES) <= pages <= len(NAMES) + 8
    assert f"共 {pages} 页" in text
