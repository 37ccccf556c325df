"""A sample in words, as a JSON document, and as the inspectors' list (csv, xlsx)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from starrating.archive.canonical import Json
from starrating.report.words import range_word, star_word
from starrating.report.workbook.layout import Column, TableSheet
from starrating.report.workbook.plain import tables_workbook
from starrating.results.cells import GUARD
from starrating.results.model import SubjectRow
from starrating.results.tables import table_bytes
from starrating.sampling.draw import Drawn, Sample, Stratum
from starrating.sampling.risks import BASE_WEIGHT, RISKS

_HEADS = (
    "序号", "党组织代码", "党组织名称", "所属乡镇", "星级", "总分", "风险权重", "抽中理由", "签号",
)  # fmt: skip
_TO_FILL = ("核查情况", "核查人", "核查日期")


def method(sample: Sample) -> list[str]:
    """How was drawn, so that anybody can draw again."""
    risks = "；".join(f"{risk.words} +{risk.weight}" for risk in RISKS)
    drawn = f"要抽 {sample.asked} 个，抽出 {len(sample.drawn)} 个"
    return [
        f"种子 {sample.seed}，{drawn}（有星级的共 {sample.size} 个，分 {len(sample.strata)} 层）",
        "分层：所属乡镇、星级。名额逐个分给各层：没有名额的层优先，其次是“权重合计 ÷（已有名额＋1）”最大的层",
        f"风险权重：每个 {BASE_WEIGHT}；{risks}",
        "签号：每个党组织有与权重相同张数的签，第 n 张为“种子:代码:n”的 SHA-256，取最小的一张；每层取签号最小的",
    ]


def text_of(sample: Sample) -> str:
    """The method and the list, by stratum."""
    lines = method(sample)
    for stratum in sample.strata:
        if stratum.drawn:
            lines += ["", _head(stratum), *map(_line, stratum.drawn)]
    return "\n".join(lines)


def document_of(sample: Sample) -> dict[str, Json]:
    """Everything about the draw."""
    return {
        "seed": sample.seed,
        "asked": sample.asked,
        "candidates": sample.size,
        "base_weight": BASE_WEIGHT,
        "risks": [{"words": risk.words, "weight": risk.weight} for risk in RISKS],
        "strata": [_stratum_document(each) for each in sample.strata],
    }


def list_csv(sample: Sample) -> bytes:
    """The inspectors' list as csv, with columns to fill in."""
    rows = [[GUARD.put(str(cell)) for cell in row] + [""] * len(_TO_FILL) for row in _rows(sample)]
    return table_bytes([[*_HEADS, *_TO_FILL], *rows])


def list_xlsx(sample: Sample, title: str, day: date, number: str) -> bytes:
    """The inspectors' list as a workbook to print; `day` is the document's date."""
    columns = (
        Column("序号", align="center"),
        Column("党组织代码", narrowest=8),
        Column("党组织名称", widest=26),
        Column("所属乡镇", widest=14),
        Column("星级", align="center"),
        Column("总分", align="center"),
        Column("风险权重", align="center"),
        Column("抽中理由", widest=40),
        Column("签号", narrowest=14),
        Column("核查情况", narrowest=24),
        Column("核查人", narrowest=8),
        Column("核查日期", narrowest=11),
    )
    rows = [[*row, *[None] * len(_TO_FILL)] for row in _rows(sample)]
    sheet = TableSheet(
        "实地核查名单", f"{title}实地核查名单", columns, rows, tuple(method(sample)), frozen=3
    )
    return tables_workbook(sheet.title, day, number, [sheet])


def _rows(sample: Sample) -> Iterator[list[str | int]]:
    for place, drawn in enumerate(sample.drawn, 1):
        row = drawn.candidate.row
        yield [
            place, row.code, row.name, row.town or "", star_word(row.star), _total(row),
            drawn.candidate.weight, _reasons(drawn), drawn.lot[:12],
        ]  # fmt: skip


def _head(stratum: Stratum) -> str:
    name = f"{stratum.town or '（未填乡镇）'} {star_word(stratum.star)}"
    return f"{name}：{stratum.size} 个，权重合计 {stratum.weight}，抽 {len(stratum.drawn)} 个"


def _line(drawn: Drawn) -> str:
    row = drawn.candidate.row
    return (
        f"  {row.code} {row.name}，总分 {_total(row)}，权重 {drawn.candidate.weight}"
        f"（{_reasons(drawn)}），签号 {drawn.lot[:12]}"
    )


def _reasons(drawn: Drawn) -> str:
    return "、".join(risk.words for risk in drawn.candidate.risks) or "一般抽取"


def _total(row: SubjectRow) -> str:
    low, high = row.total_low, row.total_high
    if low is None or high is None:
        return ""
    return f"{low:f}" if low == high else range_word(low, high)


def _stratum_document(stratum: Stratum) -> Json:
    return {
        "town": stratum.town,
        "star": stratum.star,
        "size": stratum.size,
        "weight": stratum.weight,
        "drawn": [
            {
                "rulebook": drawn.candidate.row.rulebook,
                "code": drawn.candidate.row.code,
                "name": drawn.candidate.row.name,
                "weight": drawn.candidate.weight,
                "reasons": [risk.words for risk in drawn.candidate.risks],
                "lot": drawn.lot,
                "ticket": drawn.ticket,
            }
            for drawn in stratum.drawn
        ],
    }
