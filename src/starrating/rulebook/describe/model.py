"""What a 细则说明 is: chapters of sentences and tables, the same for Markdown and for paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; a cell may hold several lines, joined by a line feed.

    `id` is the item, judgement or measure that the row stands for, so that rows can be joined.
    """

    cells: tuple[str, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its head, the width of each column in millimetres, its rows.

    The first column of `joined` tables is one cell over all rows that say the same there;
    `centred` names the columns (0, 1 …) whose short cells stand in the middle.
    """

    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[Row, ...]
    joined: bool = False
    centred: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its title, sentences before the table, the table, sentences behind it."""

    title: str
    before: tuple[str, ...] = ()
    table: Table | None = None
    after: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return self.table is None and not self.before and not self.after


@dataclass(frozen=True, slots=True)
class Description:
    """A rulebook as it would be printed; `day` is the date that documents made of it carry."""

    title: str
    subtitle: str
    day: date
    chapters: tuple[Chapter, ...]

    def rows(self) -> Iterator[Row]:
        """All rows of all tables."""
        for chapter in self.chapters:
            if chapter.table is not None:
                yield from chapter.table.rows
