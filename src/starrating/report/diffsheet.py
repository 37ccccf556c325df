"""A comparison of two versions on paper: 修订对照, a Word document, A4 landscape."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from starrating.report.wordfile import HEAD, fill, new_document, new_table, paragraph, to_bytes
from starrating.rulediff import Change, Comparison
from starrating.rulediff.text import HEAD as COLUMNS
from starrating.rulediff.text import chapters, counted, row, subtitle, title

if TYPE_CHECKING:
    from docx.document import Document

WIDTHS = (14, 62, 18, 163)


def diff_sheet(comparison: Comparison, day: date) -> bytes:
    """The document, dated `day`; the same comparison gives the same bytes. Needs
    `wordfile.available()`."""
    document = new_document(title(comparison), day)
    paragraph(document, title(comparison), font=HEAD, size=22, centred=True, after=4)
    paragraph(document, subtitle(comparison), size=12, centred=True, after=4)
    paragraph(document, counted(comparison), size=12, indent=True, after=2)
    for head, changes in chapters(comparison):
        paragraph(document, head, font=HEAD, size=14, before=10, after=4, with_next=True)
        _table(document, changes)
    return to_bytes(document)


def _table(document: Document, changes: tuple[Change, ...]) -> None:
    made = new_table(document, WIDTHS, len(changes) + 1)
    for cell, word in zip(made.rows[0].cells, COLUMNS, strict=True):
        fill(cell, word, font=HEAD, centred=True)
    for number, change in enumerate(changes, start=1):
        cells = made.rows[number].cells
        for place, said in enumerate(row(number, change)):
            fill(cells[place], said, centred=place in (0, 2))
