"""A draft of a rule file from a printed sheet that is not in our columns.

Only what stands in a cell of its own is taken over: section, item, points, 依据. Every sentence of
the 评分标准 stays a comment marked 待人工, with its cell: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.records.raw import Grid, Raw, letters
from starrating.rulesheets.cells import flow
from starrating.rulesheets.codes import RULESHEETS
from starrating.rulesheets.reading import HEADER_ROWS, text_of, titles_of
from starrating.yamltext import ScalarNode

TITLES = {
    "section": ("部分", "项目", "考核项目", "考评项目", "评分项目", "一级指标", "类别", "大项"),
    "title": ("内容", "考核内容", "考评内容", "评分内容", "检查内容", "二级指标", "考核指标", "指标", "具体内容"),
    "points": ("分值", "标准分", "分数", "满分", "标准分值", "分值(分)"),
    "criteria": ("评分标准", "评分细则", "评分办法", "计分办法", "扣分标准", "考核标准", "考评办法", "评分说明"),
    "basis": ("依据", "政策依据"),
}  # fmt: skip
"""The headers of printed sheets and what stands below them."""
MARK = "待人工"


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of the draft, how many items it has, and how many places wait for a person."""

    text: str
    items: int
    waiting: int


@dataclass(slots=True)
class _Item:
    title: str
    points: str = ""
    basis: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Section:
    title: str
    items: list[_Item] = field(default_factory=list)


def draft(grids: Iterable[Grid], file: str) -> tuple[Draft | None, tuple[Fault, ...]]:
    """The draft of the first sheet that has the headers of a printed sheet."""
    for grid in grids:
        found = _header(grid)
        if found is not None:
            row, columns = found
            faults: list[Fault] = []
            sections = _sections(grid, row, columns, faults)
            return _drafted(sections, file, grid.sheet), tuple(faults)
    return None, (RULESHEETS.fault("R701", Origin(file)),)


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    for number in sorted(grid.rows)[:HEADER_ROWS]:
        columns: dict[str, int] = {}
        for column, title in titles_of(grid, number):
            for word, titles in TITLES.items():
                if title in titles:
                    columns.setdefault(word, column)
        if "points" in columns and {"section", "title"} & columns.keys():
            if "title" not in columns:
                columns["title"] = columns.pop("section")
            return number, columns
    return None


def _sections(
    grid: Grid, header: int, columns: dict[str, int], faults: list[Fault]
) -> list[_Section]:
    sections: list[_Section] = []
    for number in sorted(n for n in grid.rows if n > header):
        cells = {word: _text(grid, number, column, faults) for word, column in columns.items()}
        place = f"{grid.sheet}!{letters(min(grid.rows[number]))}{number}"
        title = cells.get("section") or (grid.sheet if not sections else sections[-1].title)
        if not sections or title != sections[-1].title:
            sections.append(_Section(title))
        if cells["title"]:
            sections[-1].items.append(_Item(cells["title"]))
        if not sections[-1].items:
            if any(cells.values()):
                sections[-1].items.append(_Item(cells.get("section") or f"第{number}行"))
            else:
                continue
        _fill(sections[-1].items[-1], cells, place)
    return [section for section in sections if section.items]


def _fill(item: _Item, cells: dict[str, str], place: str) -> None:
    points = cells["points"]
    if _is_points(points) and not item.points:
        item.points = points
    elif points:
        item.notes.append(f"分值“{points}”（{place}）")
    if basis := cells.get("basis"):
        item.basis = f"{item.basis}；{basis}" if item.basis else basis
    if criteria := cells.get("criteria"):
        item.notes.append(f"评分标准“{criteria}”（{place}）")


def _is_points(text: str) -> bool:
    whole, _, part = text.partition(".")
    return whole.isascii() and whole.isdigit() and (not part or part.isdigit())


def _text(grid: Grid, row: int, column: int, faults: list[Fault]) -> str:
    raw: Raw = grid.rows[row].get(column)
    origin = Origin(grid.file, sheet=grid.sheet, cell=f"{letters(column)}{row}")
    return " ".join(text_of(raw, origin, faults).split())


def _drafted(sections: list[_Section], file: str, sheet: str) -> Draft:
    lines = list(_lines(sections, file, sheet))
    waiting = sum(f"# {MARK}" in line for line in lines)
    return Draft("\n".join(lines) + "\n", sum(len(each.items) for each in sections), waiting)


def _lines(sections: list[_Section], file: str, sheet: str) -> Iterator[str]:
    yield f"# 草稿：由“{file}”的工作表“{sheet}”转成。标“{MARK}”的地方要由人补写，程序没有猜。"
    yield "format: 1"
    yield f"# {MARK} id: 英文编号，与所在文件夹同名"
    yield f"# {MARK} version: 一般写年份，与文件名相同"
    yield f"# {MARK} title: 印发的名称"
    yield f"# {MARK} in_force: {{from: 年-月-日}}"
    yield ""
    yield "sections:"
    for number, section in enumerate(sections, 1):
        yield f"  - title: {_plain(section.title)}"
        yield "    items:"
        for place, item in enumerate(section.items, 1):
            yield from _item(item, f"{number}.{place}")


def _item(item: _Item, code: str) -> Iterator[str]:
    yield f'      - id: "{code}"'
    yield f"        title: {_plain(item.title)}"
    if item.points:
        yield f"        points: {item.points}"
    else:
        yield f"        # {MARK} points: 分值"
    if item.basis:
        yield f"        basis: {_plain(item.basis)}"
    for note in item.notes:
        yield f"        # {MARK} {note}"
    yield f"        # {MARK} clauses: 照上面的原文逐条写"


def _plain(text: str) -> str:
    return flow(ScalarNode(text, Origin("")))
