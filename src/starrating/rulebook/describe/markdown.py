"""A description as Markdown: one table for each chapter that has one."""

from __future__ import annotations

from collections.abc import Iterator

from starrating.rulebook.describe.model import Chapter, Description, Table
from starrating.rulebook.describe.words import chapter_number

_MARKS = "\\`*_[]<>|#"


def to_markdown(description: Description) -> str:
    """The whole text, ending in a line feed; the same description gives the same text."""
    lines = [f"# {_plain(description.title)}", ""]
    if description.subtitle:
        lines += [_plain(description.subtitle), ""]
    for place, chapter in enumerate(description.chapters, start=1):
        lines += _chapter(place, chapter)
    return "\n".join(lines).rstrip("\n") + "\n"


def _chapter(place: int, chapter: Chapter) -> Iterator[str]:
    yield from (f"## {chapter_number(place)}、{_plain(chapter.title)}", "")
    for line in chapter.before:
        yield from (_plain(line), "")
    if chapter.table is not None:
        yield from (*_table(chapter.table), "")
    for line in chapter.after:
        yield from (_plain(line), "")


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(_plain(word) for word in table.head)} |"
    yield f"|{'|'.join(':-:' if n in table.centred else '---' for n in range(len(table.head)))}|"
    above = ""
    for row in table.rows:
        cells = list(row.cells)
        if table.joined:
            # One cell over several rows is said once.
            above, cells[0] = cells[0], "" if cells[0] == above else cells[0]
        yield f"| {' | '.join('<br>'.join(map(_plain, cell.split(chr(10)))) for cell in cells)} |"


def _plain(text: str) -> str:
    """The text with the signs that Markdown would read as its own."""
    return "".join(f"\\{sign}" if sign in _MARKS else sign for sign in text)
