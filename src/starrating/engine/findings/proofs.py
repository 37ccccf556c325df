"""What the inspectors noted as proof of a row (佐证) stands with the findings that read it (step 14)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

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
    read = {source for row in findings if row.sources for source in row.sources.split("; ")}
    proofs: dict[str, list[str]] = {}
    for each in noted:
        for place in each.places() & read:
            proofs.setdefault(place, []).append(_proof(each))
    for row in findings:
        sources = row.sources.split("; ") if row.sources and proofs else ()
        told = list(dict.fromkeys(text for each in sources for text in proofs.get(each, ())))
        yield replace(row, detail=_with(row.detail, told)) if told else row


def _proof(row: Row) -> str:
    return "；".join(text for name in EVIDENCE if isinstance(text := row.value(name), str))


def _with(detail: str | None, told: list[str]) -> str:
    whole = {**json.loads(detail or "{}"), "evidence": told}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
