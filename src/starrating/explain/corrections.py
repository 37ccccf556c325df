"""The facts of one organisation that people corrected, as an archive keeps them (step 16)."""

from __future__ import annotations

from collections.abc import Iterator

from starrating.archive.bundle import Bundle
from starrating.archive.records_csv import file_name, table_texts
from starrating.schema import CORRECTIONS


def corrections_of(bundle: Bundle, code: str) -> Iterator[str]:
    """A sentence for each row of 核查更正 that concerns the organisation with that code."""
    data = bundle.people.get(file_name(CORRECTIONS))
    for row in table_texts(data) if data is not None else ():
        if row.get("所属党组织") == code:
            by = "，".join(part for part in (row.get("核查人"), row.get("日期")) if part)
            tail = f"（{by}）" if by else ""
            yield f"更正 {row.get('来源')}：{row.get('更正')}。{row.get('理由') or ''}{tail}"
