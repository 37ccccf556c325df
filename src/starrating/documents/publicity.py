"""公示: the stars that are proposed, for everybody to see.

Organisations stand in the order of their codes, never ranked; no points, flags or losses are made
public. A star that still hangs on a decision or on missing facts is not.
"""

from __future__ import annotations

from starrating.documents.matter import Matter, day_word
from starrating.report.wordfile import HEAD, fill, new_document, new_table, paragraph, to_bytes
from starrating.report.words import UNKNOWN, decided_word
from starrating.results.model import SubjectRow

_WIDTHS = (14, 84, 40, 32)
_HEADS = ("序号", "党组织", "所属乡镇", "拟定星级")
_KINDS = {"working": ("个工作日", "working day"), "calendar": ("日", "day")}


def publicity(matter: Matter) -> bytes:
    """The document."""
    plan = matter.plan
    title = f"关于{plan.title}拟评定星级的公示"
    document = new_document(title, plan.cut_off, landscape=False)
    paragraph(document, title, font=HEAD, size=18, centred=True, after=12)
    paragraph(document, f"{_grounds(matter)}，现将拟评定的星级予以公示。", size=14, indent=True)
    told = f"公示期{period(matter)}。{_objections(matter)}"
    paragraph(document, told, size=14, indent=True, after=8)
    rows = settled(matter)
    made = new_table(document, _WIDTHS, len(rows) + 1)
    for cell, word in zip(made.rows[0].cells, _HEADS, strict=True):
        fill(cell, word, font=HEAD, centred=True)
    for number, row in enumerate(rows, start=1):
        cells = made.rows[number].cells
        words = (str(number), row.name, row.town or "", star_of(matter, row))
        for place, word in enumerate(words):
            fill(cells[place], word, centred=place != 1)
    paragraph(document, matter.of_office("name"), size=14, right=True, before=18)
    paragraph(document, matter.dated, size=14, right=True)
    paragraph(document, f"结果编号 {plan.number}", size=9, before=12)
    return to_bytes(document)


def settled(matter: Matter) -> list[SubjectRow]:
    """The rows whose star stands: determined, or decided by people; in the order of the codes."""
    return [
        row
        for row in matter.tables.subjects
        if row.rated
        and row.final_star is not None
        and (row.state == "determined" or row.decided_star is not None)
    ]


def open_stars(matter: Matter) -> list[SubjectRow]:
    """The rated rows that are not made public, since their star does not stand yet."""
    public = {(row.rulebook, row.code) for row in settled(matter)}
    return [
        row
        for row in matter.tables.subjects
        if row.rated and row.star is not None and (row.rulebook, row.code) not in public
    ]


def star_of(matter: Matter, row: SubjectRow) -> str:
    """The star as it is made public."""
    word = decided_word(row.final_star, matter.plan.names(row.rulebook))
    return f"{word}（推荐）" if row.recommended else word


def period(matter: Matter) -> str:
    """How long it is made public: 5个工作日（2024年1月9日至2024年1月15日）, as far as it is known.

    Day 1 is the next (working) day after the day of issue (step 15).
    """
    unit, name = _KINDS.get(matter.publicity.get("kind", ""), _KINDS["calendar"])
    days = matter.publicity.get("days", "")
    if not days:
        return f"{UNKNOWN}{unit}（{day_word(None)}至{day_word(None)}）"
    first = last = None
    if matter.plan.issued is not None:
        first = matter.calendar.add(matter.plan.issued, 1, name)
        last = matter.calendar.add(matter.plan.issued, int(days), name)
    return f"{days}{unit}（{day_word(first)}至{day_word(last)}）"


def _grounds(matter: Matter) -> str:
    rated = dict.fromkeys(row.rulebook for row in settled(matter))
    titles = [f"《{book.title}》" for book in matter.plan.rulebooks if book.id in rated]
    return f"根据{'、'.join(titles)}，经{matter.plan.stage}" if titles else f"经{matter.plan.stage}"


def _objections(matter: Matter) -> str:
    return (
        f"对公示内容有异议的，请在公示期内向{matter.of_office('name')}反映"
        f"（联系人{matter.of_office('contact')}，电话{matter.of_office('phone')}）。"
    )
