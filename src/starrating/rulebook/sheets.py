"""What rulebooks add to the sheets that come in, and what they read of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from starrating.rulebook.expressions import Expr, Name
from starrating.rulebook.expressions import names as names_of
from starrating.rulebook.model import (
    AtMost,
    Block,
    Clause,
    ColumnDecl,
    GroupDecl,
    Lagging,
    Measure,
    RankDecl,
    RowCheck,
    Rulebook,
    Variants,
)
from starrating.schema import STANDARD, Blank, Column, ColumnType, DateKind, Schema, Sheet


def schema_of(books: Iterable[Rulebook]) -> Schema:
    """The standard sheets with the columns and tables that the books declare.

    Where two books declare one column, the first declaration stands.
    """
    columns: dict[str, dict[str, Column]] = {}
    tables: dict[str, Sheet] = {}
    for book in books:
        for name, table in book.tables.items():
            tables.setdefault(
                name,
                Sheet(
                    name,
                    tuple(_column(column, declared) for column, declared in _own(table.columns)),
                    aliases=table.aliases,
                    date=table.date,
                    no_rows=Blank(table.no_rows),
                ),
            )
        for sheet, declared_columns in book.columns.items():
            known = columns.setdefault(sheet, {})
            for name, declared in declared_columns.items():
                known.setdefault(name, _column(name, declared))
    listed = {sheet: tuple(declared.values()) for sheet, declared in columns.items()}
    return STANDARD.extended(listed, tables.values())


def _own(columns: dict[str, ColumnDecl]) -> list[tuple[str, ColumnDecl]]:
    """A declared table's columns; every table says whose row it is."""
    whose = ColumnDecl(type="code", required=True)
    return [
        ("党组织", columns.get("党组织", whose)),
        *((n, d) for n, d in columns.items() if n != "党组织"),
    ]


def _column(name: str, declared: ColumnDecl) -> Column:
    is_date = declared.type == "date"
    aliases = declared.aliases
    if name == "党组织":
        aliases = tuple(dict.fromkeys((*aliases, "党组织名称", "党组织代码", "支部", "党支部")))
    return Column(
        name,
        ColumnType(declared.type),
        required=declared.required,
        blank=Blank(declared.blank),
        date_kind=DateKind(declared.date_kind) if is_date else None,
        aliases=aliases,
        unit=declared.unit,
    )


# --- what is read -----------------------------------------------------------------------------------

_ALWAYS: Mapping[str, tuple[str, ...]] = {
    "党组织": (
        "党组织代码", "党组织名称", "简称", "曾用名", "领域", "组织类别", "所属乡镇", "上级党组织",
        "成立日期", "撤销日期", "上年度星级", "不参评原因",
    ),
    "组织生活": ("党组织", "日期", "类型", "状态", "佐证"),
    "检查记录": ("党组织", "检查项目", "结果", "数量", "分值", "检查日期", "检查人", "说明"),
    "问题清单": (
        "问题编号", "党组织", "问题内容", "发现日期", "整改措施", "责任人", "整改时限", "整改情况",
        "完成日期", "销号日期",
    ),
    "核查计数": ("党组织", "指标", "数值", "日期"),
    "考核评分": (
        "党组织", "项目", "评分主体", "得分", "扣分", "等次", "加扣分原因", "评分人", "日期", "佐证材料",
    ),
    "表彰奖励": ("党组织", "日期"),
    "负面情形": ("党组织", "日期"),
    "民主测评": ("党组织", "日期"),
}  # fmt: skip
_WHOLE = ("整改台账", "核查更正", "异议复核", "审定结果", "组织变更")


def columns_read(books: Iterable[Rulebook], schema: Schema) -> dict[str, frozenset[str]]:
    """sheet → the columns that a review of these books reads; the rest may stop being collected."""
    found: dict[str, set[str]] = {sheet: set(names) for sheet, names in _ALWAYS.items()}
    for name in _WHOLE:
        sheet = schema.sheet(name)
        assert sheet is not None
        found[name] = {column.name for column in sheet.columns}
    for book in books:
        for sheet_name, names in _names_by_sheet(book):
            found.setdefault(sheet_name, set()).update(names)
        for table in book.tables:
            found.setdefault(table, set()).add("党组织")
    return {
        name: frozenset(
            column.name for column in sheet.columns if column.name in found.get(name, ())
        )
        for name, sheet in schema.sheets.items()
    }


def _names_by_sheet(book: Rulebook) -> Iterator[tuple[str, set[str]]]:
    """Every name that a book mentions, by the sheet whose column it may be."""
    everywhere: set[str] = set()
    for block in _blocks(book):
        names = {leaf.name for expr in _formulas(block) for leaf in names_of(expr)}
        everywhere |= names
        if isinstance(block, Measure):
            words = {w for w in (block.field, block.of, block.weighted_by) if w is not None}
            everywhere |= words
            if block.sheet is not None:
                yield block.sheet, names | words
            if block.late is not None and block.sheet is not None:
                yield block.sheet, {n.name for e in _formulas(block.late) for n in names_of(e)}
        if isinstance(block, Clause) and block.by is not None:
            everywhere.add(block.by)
            if isinstance(block.per, Name):
                rule = book.measures.get(block.per.name)
                yield (rule.sheet if rule and rule.sheet else block.per.name), {block.by}
        if isinstance(block, Variants):
            everywhere.add(block.by)
        if isinstance(block, (AtMost, GroupDecl, Lagging, RankDecl)) and block.among is not None:
            everywhere.add(block.among)
        if isinstance(block, RowCheck):
            yield block.sheet, names
    yield "党组织", everywhere


def _blocks(block: Block) -> Iterator[Block]:
    """A block and all blocks inside it."""
    yield block
    for name in type(block).model_fields:
        if name != "cases":
            yield from _inside(getattr(block, name))


def _inside(value: object) -> Iterator[Block]:
    if isinstance(value, Block):
        yield from _blocks(value)
    elif isinstance(value, tuple):
        for part in value:
            yield from _inside(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _inside(part)


def _formulas(block: Block) -> Iterator[Expr]:
    """The expressions that stand directly in a block."""
    for name in type(block).model_fields:
        value = getattr(block, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Expr):
                yield part
