"""A comparison as a JSON document and as a workbook."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from starrating.archive.canonical import Json
from starrating.comparing import words
from starrating.comparing.model import KINDS, Change, Comparison
from starrating.report.workbook.layout import Column, TableSheet
from starrating.report.workbook.plain import tables_workbook

_SUBJECT = (
    Column("党组织代码", narrowest=8),
    Column("党组织名称", widest=24),
    Column("所属乡镇", widest=14),
    Column("评分细则", widest=16),
)


def document_of(found: Comparison) -> dict[str, Json]:
    """Everything a comparison says; scores are texts, so that nothing is rounded."""
    return {
        "old": _plain(asdict(found.old)),
        "new": _plain(asdict(found.new)),
        "subjects": found.subjects,
        "changed": len(found.changes),
        "causes": {kind: found.counted(kind) for kind in KINDS},
        "changes": [_plain(asdict(change)) for change in found.changes],
    }


def workbook_of(found: Comparison) -> bytes:
    """The comparison as a workbook: what changed, by which causes, in which items."""
    sheets = [_changes(found), _causes(found), _items(found)]
    day = date.fromisoformat(found.new.cut_off)
    return tables_workbook("评定结果对比", day, found.new.number, sheets)


def _changes(found: Comparison) -> TableSheet:
    columns = (*_SUBJECT, Column("变化", widest=60), Column("原因", widest=30))
    rows = [
        [
            *_head(each),
            words.change_word(each),
            "、".join(dict.fromkeys(map(words.cause_head, each.causes))),
        ]
        for each in found.changes
    ]
    notes = (
        "旧：" + words.side_word(found.old),
        "新：" + words.side_word(found.new),
        *words.summary(found),
    )
    return TableSheet("变化", "评定结果对比", columns, rows, notes, frozen=2, filtered=True)


def _causes(found: Comparison) -> TableSheet:
    columns = (
        *_SUBJECT,
        Column("次序", widest=20),
        Column("原因", widest=18),
        Column("变化", widest=70),
    )
    rows = [
        [*_head(each), order, words.cause_head(cause), words.cause_word(cause)]
        for each in found.changes
        for order, causes in (("先数据、后规则", each.causes), ("先规则、后数据", each.turned))
        for cause in causes
    ]
    notes = (
        "数据＝新数据按旧规则－旧结果；规则＝新结果－新数据按旧规则；次序不同、结果不同的，两种都列。",
    )
    return TableSheet("原因", "变化的原因", columns, rows, notes, frozen=2, filtered=True)


def _items(found: Comparison) -> TableSheet:
    columns = (*_SUBJECT, Column("原因", widest=18), Column("项目", widest=60))
    rows = [
        [*_head(each), words.cause_head(cause), words.item_word(item)]
        for each in found.changes
        for cause in each.causes
        for item in cause.items
    ]
    return TableSheet("项目", "变化的项目", columns, rows, (), frozen=2, filtered=True)


def _head(change: Change) -> list[str]:
    return [change.code, change.name, change.town, change.rulebook]


def _plain(value: Any) -> Any:
    """Decimals as texts, tuples as lists."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
