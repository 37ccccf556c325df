"""The 细则说明 on paper: a rulebook's description as a Word document, A4 landscape."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from starrating.report.wordfile import (
    HEAD,
    fill,
    new_document,
    new_table,
    paragraph,
    to_bytes,
)
from starrating.rulebook.describe.model import Chapter, Description, Row, Table
from starrating.rulebook.describe.words import chapter_number

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as WordTable


def rule_sheet(description: Description) -> bytes:
    """The document; the same description gives the same bytes. Needs `wordfile.available()`."""
    document = new_document(description.title, description.day)
    paragraph(document, description.title, font=HEAD, size=22, centred=True, after=4)
    if description.subtitle:
        paragraph(document, description.subtitle, size=12, centred=True, after=4)
    for place, chapter in enumerate(description.chapters, start=1):
        _chapter(document, f"{chapter_number(place)}、{chapter.title}", chapter)
    return to_bytes(document)


def _chapter(document: Document, title: str, chapter: Chapter) -> None:
    paragraph(document, title, font=HEAD, size=14, before=10, after=4, with_next=True)
    for line in chapter.before:
        paragraph(document, line, size=12, indent=True, after=2)
    if chapter.table is not None:
        _table(document, chapter.table)
    for place, line in enumerate(chapter.after):
        paragraph(document, line, size=12, indent=True, before=0 if place else 4, after=2)


def _table(document: Document, table: Table) -> None:
    made = new_table(document, table.widths, len(table.rows) + 1)
    for cell, word in zip(made.rows[0].cells, table.head, strict=True):
        fill(cell, word, font=HEAD, centred=True)
    first = 1 if table.joined else 0
    for line, row in enumerate(table.rows, start=1):
        cells = made.rows[line].cells
        for place in range(first, len(row.cells)):
            fill(cells[place], row.cells[place], centred=place in table.centred)
    if table.joined:
        _join(made, table.rows)


def _join(made: WordTable, rows: tuple[Row, ...]) -> None:
    """The first column: one cell over all neighbouring rows that say the same."""
    line = 1
    for text, same in groupby(rows, key=lambda row: row.cells[0]):
        last = line + len(list(same)) - 1
        cell = made.cell(line, 0).merge(made.cell(last, 0)) if last > line else made.cell(line, 0)
        for empty in cell.paragraphs[1:]:
            empty._element.getparent().remove(empty._element)  # noqa: SLF001 - no public way
        fill(cell, text, font=HEAD, centred=True)
        line = last + 1
