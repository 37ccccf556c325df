"""The same review told otherwise: rows and sheets in another order, others reviewed beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

from equality.dice import Dice
from equality.records import Inspection
from starrating.results.model import Results
from starrating.rulebook.model import Rulebook

Document = dict[str, Any]
TOWN = "所属乡镇"
STRANGERS = ("9001", "9002")
_PLACES = frozenset(
    ("sources", "detail", "text", "problem", "task_text", "evidence", "missing_evidence", "rule")
)
"""Columns that tell cells, or sentences that do."""


def shuffled(dice: Dice, document: Mapping[str, Any]) -> Document:
    """Rows of all sheets, organisations and sheets in another order.

    核查更正 names cells, which have other addresses then, and is left out of both (`uncorrected`).
    """
    given = {name: dice.shuffled(rows) for name, rows in _given(document).items()}
    return _with(document, {name: given[name] for name in dice.shuffled([*given])})


def uncorrected(document: Mapping[str, Any]) -> Document:
    """The document without 核查更正."""
    return _with(document, {n: rows for n, rows in _given(document).items() if n != "核查更正"})


def beside_strangers(dice: Dice, document: Mapping[str, Any]) -> Document:
    """The document with two organisations of a town of their own, and their rows, at the end of
    the sheets that it gives."""
    own = {**document, **document.get("superior", {})}
    inspection = Inspection(dice, {"measures": {}, **own}, [*STRANGERS])
    more = inspection.sheets(3)
    for row in more["党组织"]:
        row |= {TOWN: "外镇", "上级党组织": None}
    for row in more.get("问题清单", ()):
        row["问题编号"] = f"9{row['问题编号']}"
    told = {name: [_written(row) for row in rows] for name, rows in more.items()}
    given = _given(document)
    return _with(document, {name: [*rows, *told.get(name, ())] for name, rows in given.items()})


def compares_strangers(book: Rulebook) -> bool:
    """Whether a rulebook compares organisations of different towns."""
    asked = [each.among for each in book.measures.values() if each.contest or each.group]
    asked += [star.at_most.among for star in book.stars if star.at_most is not None]
    asked += [rule.among for rule in book.lagging]
    return any(among != TOWN for among in asked)


def meaning(results: Results) -> dict[str, Any]:
    """The columns that hold whatever the order of rows; faults by how many there are of a code."""
    found: dict[str, Any] = {
        table: sorted((_told(row) for row in getattr(results, table)), key=str)
        for table in ("subjects", "items", "findings", "tasks", "flags", "ratings", "headroom")
    }
    return {**found, "faults": Counter(fault.code for fault in results.faults)}


def rows_of(results: Results, codes: Collection[str]) -> dict[str, Any]:
    """All rows of these organisations."""
    tables = ("subjects", "items", "findings", "tasks", "flags", "ratings", "pending", "headroom")
    return {
        table: [row for row in getattr(results, table) if row.code in codes] for table in tables
    }


def first_difference(wanted: Mapping[str, Any], own: Mapping[str, Any]) -> str | None:
    """The first table, and row, in which two reviews differ."""
    for table, rows in wanted.items():
        if rows != own[table]:
            pairs = zip(rows, own[table], strict=False)
            return f"{table}: {next((pair for pair in pairs if pair[0] != pair[1]), (rows, own[table]))}"
    return None


def _told(row: Any) -> dict[str, Any]:
    return {name: value for name, value in asdict(row).items() if name not in _PLACES}


def _given(document: Mapping[str, Any]) -> dict[str, list[Any]]:
    return dict(document["cases"][0]["given"])


def _with(document: Mapping[str, Any], given: Mapping[str, Any]) -> Document:
    return {**document, "cases": [{**document["cases"][0], "given": dict(given)}]}


def _written(row: Mapping[str, str | None]) -> dict[str, str]:
    return {column: cell or "" for column, cell in row.items()}
