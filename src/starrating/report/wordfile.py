"""Word documents as offices print them: page, fonts, tables, footer, and the same bytes each time.

python-docx is an optional part of the installation (`documents`); `available` says whether it
is there, and everything here imports it only when called.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

BODY, HEAD, LATIN = "仿宋", "黑体", "Times New Roman"
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold; a cell of a csv may."""
_TITLE = 255
"""Characters that a property of a document may have."""
_A4_MM = (297, 210)
_MARGIN_MM = 20
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_MODE = 0o600 << 16


def available() -> bool:
    """Whether Word documents can be made here."""
    return find_spec("docx") is not None


def new_document(title: str, day: date, *, landscape: bool = True) -> Document:
    """An empty A4 document, dated `day`, with page numbers below."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    document = docx.Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    wide, high = _A4_MM if landscape else reversed(_A4_MM)
    page.page_width, page.page_height = Mm(wide), Mm(high)
    page.left_margin = page.right_margin = Mm(_MARGIN_MM)
    page.top_margin = page.bottom_margin = Mm(_MARGIN_MM)
    normal = document.styles["Normal"]
    _fonts(normal.element.get_or_add_rPr(), BODY)
    _speak_chinese(document)
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after = Pt(0)
    _properties(document, title, day)
    _page_numbers(document)
    return document


def _speak_chinese(document: Document) -> None:
    """Chinese of the mainland, so that punctuation stands where it is printed there."""
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        for kind in ("val", "eastAsia"):
            language.set(qn(f"w:{kind}"), "zh-CN")


def _properties(document: Document, title: str, day: date) -> None:
    stamp = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no time zone
    own = document.core_properties
    own.title = _NO_XML.sub("", title)[:_TITLE]
    own.author, own.last_modified_by, own.comments = "", "", ""
    own.created = own.modified = stamp
    own.revision = 1


def paragraph(
    place: Document | _Cell,
    text: str,
    *,
    font: str = BODY,
    size: float = 11,
    centred: bool = False,
    right: bool = False,
    indent: bool = False,
    before: float = 0,
    after: float = 0,
    with_next: bool = False,
) -> Paragraph:
    """Add a paragraph; sizes and spaces are points; `indent` moves the first line two signs in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    made = place.add_paragraph()
    form = made.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.keep_with_next = with_next or None
    form.first_line_indent = Pt(size * 2) if indent else None
    if centred or right:
        made.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.CENTER
    written(made, text, font=font, size=size)
    return made


def written(place: Paragraph, text: str, *, font: str = BODY, size: float = 11) -> None:
    """Write text into a paragraph."""
    from docx.shared import Pt

    run = place.add_run(_NO_XML.sub("", text))
    run.font.size = Pt(size)
    _fonts(run._element.get_or_add_rPr(), font)  # noqa: SLF001 - no public way to East Asian fonts


def _fonts(properties: Any, chinese: str) -> None:
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), LATIN)
    fonts.set(qn("w:eastAsia"), chinese)
    fonts.set(qn("w:hint"), "eastAsia")
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)


# --- tables -----------------------------------------------------------------------------------------


def new_table(document: Document, widths: Sequence[int], rows: int) -> Table:
    """A ruled table with columns of fixed width (millimetres); its first row repeats on each page."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    table: Table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _cell_margins(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        _mark(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001 - no public way
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    _mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001 - no public way
    return table


def fill(
    cell: _Cell, text: str, *, font: str = BODY, size: float = 10.5, centred: bool = False
) -> None:
    """Write a cell, a paragraph for each line, in the middle of its height."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    lines = text.split("\n")
    for place, line in enumerate(lines):
        own = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        if centred:
            own.alignment = WD_ALIGN_PARAGRAPH.CENTER
        written(own, line, font=font, size=size)


def _cell_margins(table: Table) -> None:
    """A little air between rules and text (twentieths of a point)."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 45), ("left", 85), ("bottom", 45), ("right", 85)):
        part = OxmlElement(f"w:{side}")
        part.set(qn("w:w"), str(width))
        part.set(qn("w:type"), "dxa")
        margins.append(part)
    properties = table._tblPr  # noqa: SLF001 - no public way
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)


def _mark(properties: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    properties.append(OxmlElement(name))


def _page_numbers(document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    line = document.sections[0].footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("第 ", "PAGE"), (" 页，共 ", "NUMPAGES"), (" 页", "")):
        written(line, text, size=9)
        if field:
            _field(line, field, size=9)


def _field(place: Paragraph, code: str, *, size: float) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = place.add_run()
    run.font.size = Pt(size)
    for kind in ("begin", code, "end"):
        if kind == code:
            part = OxmlElement("w:instrText")
            part.text = code
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._element.append(part)  # noqa: SLF001 - no public way to fields


# --- bytes ------------------------------------------------------------------------------------------


def to_bytes(document: Document) -> bytes:
    """The file: members in their order, stored, all with one time, so that bytes never differ."""
    first, second = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as made, zipfile.ZipFile(second, "w") as steady:
        for member in made.infolist():
            entry = zipfile.ZipInfo(member.filename, _ZIP_TIME)
            entry.external_attr, entry.create_system = _MODE, 3
            steady.writestr(entry, made.read(member))
    return second.getvalue()
