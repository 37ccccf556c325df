"""What the inspectors noted as proof of a row (佐证) stands with the findings that read it (step 14)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from starrating.engine.findings.rows import canonical
from starrating.records.model import Records, Row
from starrating.results.model import FindingRow
from starrating.schema import EVIDENCE


def noted_rows(records: Records) -> dict[str, list[Row]]:
    """The rows that have a proof noted, by organisation."""
    found: dict[str, list[Row]] = {}
    for table in records.tables.values():
        for row in table.rows if set(EVIDENCE) & set(table.columns) else ():
            if _proof(row):
                found.setdefault(row.organisation, []).append(row)
    return found


def with_proofs(rows: Iterable[FindingRow], noted: Iterable[Row]) -> Iterator[FindingRow]:
    """The findings of one subject, each with `evidence` in its detail where its sources have a
    proof among the subject's `noted_rows`. No sentence of format 1 reads it.
    """
    findings, noted = tuple(rows), tuple(noted)
    if not noted:
        yield from findings
        return
    read: dict[str, set[str]] = {}
    for source in {each for row in findings for each in _sources(row)}:
        sheet, _, cell = source.rpartition("!")
        read.setdefault(sheet, set()).add(cell)
    proofs: dict[str, list[str]] = {}
    for each in noted:
        if cells := read.get(each.sheet):
            for cell in each.standing() & cells:
                proofs.setdefault(f"{each.sheet}!{cell}", []).append(_proof(each))
    for row in findings:
        told = [text for each in _sources(row) for text in proofs.get(each, ())] if proofs else []
        yield replace(row, detail=_with(row.detail, [*dict.fromkeys(told)])) if told else row


def _sources(row: FindingRow) -> list[str]:
    return row.sources.split("; ") if row.sources else []


def _proof(row: Row) -> str:
    return "；".join(text for name in EVIDENCE if isinstance(text := row.value(name), str))


def _with(detail: str | None, told: list[str]) -> str:
    return canonical({**json.loads(detail or "{}"), "evidence": told})
