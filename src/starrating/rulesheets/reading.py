"""The sheets of a rulebook's workbook as rows of texts that know their cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.records.numbers import number_text
from starrating.records.raw import Broken, Grid, Raw, letters
from starrating.records.trouble import Trouble
from starrating.rulesheets.codes import RULESHEETS
from starrating.rulesheets.layout import Column
from starrating.yamltext import plain_name

HEADER_ROWS = 10
"""How far down a header is looked for."""


@dataclass(frozen=True, slots=True)
class Written:
    """A cell that is not blank: its text and its place."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Line:
    """One row below the header: its cells by title, and the place of its first cell."""

    cells: Mapping[str, Written]
    origin: Origin

    def get(self, title: str) -> Written | None:
        """The cell under that title, or None where it is blank."""
        return self.cells.get(title)


def header_row(grid: Grid, wanted: tuple[str, ...]) -> int | None:
    """The first row among the first ten that has all the titles wanted."""
    for number in sorted(grid.rows)[:HEADER_ROWS]:
        titles = {title for _, title in titles_of(grid, number)}
        if number <= HEADER_ROWS and titles >= set(wanted):
            return number
    return None


def titles_of(grid: Grid, row: int) -> Iterator[tuple[int, str]]:
    """Column number and title of each cell of a header row, spaces taken out."""
    for column, raw in sorted(grid.rows.get(row, {}).items()):
        if isinstance(raw, str):
            yield column, "".join(plain_name(raw).split())


def lines(
    grid: Grid, columns: tuple[Column, ...], wanted: tuple[str, ...]
) -> tuple[list[Line], list[Fault]]:
    """The rows of a sheet in our columns; None of them where the header is missing (R701)."""
    row = header_row(grid, wanted)
    if row is None:
        return [], [RULESHEETS.fault("R701", Origin(grid.file, sheet=grid.sheet))]
    known = {column.title: column for column in columns}
    places: dict[int, Column] = {}
    faults: list[Fault] = []
    for number, title in titles_of(grid, row):
        if title in known:
            places[number] = known[title]
        else:
            at = _origin(grid, row, number)
            faults.append(RULESHEETS.fault("R702", at, title=title, known="、".join(known)))
    found = []
    for number in sorted(n for n in grid.rows if n > row):
        cells = _cells(grid, number, places, faults)
        if cells:
            found.append(Line(cells, next(iter(cells.values())).origin))
    return found, faults


def _cells(
    grid: Grid, row: int, places: Mapping[int, Column], faults: list[Fault]
) -> dict[str, Written]:
    found = {}
    for number, raw in sorted(grid.rows[row].items()):
        column = places.get(number)
        if column is None:
            continue
        origin = _origin(grid, row, number)
        text = text_of(raw, origin, faults, text=column.text)
        if text:
            found[column.title] = Written(text, origin)
    return found


def text_of(raw: Raw, origin: Origin, faults: list[Fault], *, text: bool = False) -> str:
    """A raw cell as the text a rule file would hold; "" where it is blank or faulty."""
    match raw:
        case None:
            return ""
        case str():
            return raw.strip()
        case bool():
            return "true" if raw else "false"
        case date():
            return raw.isoformat()
        case Broken(error=error):
            faults.append(RULESHEETS.fault("R704", origin, value=error or "没有算出的公式"))
            return ""
        case int() | float() if text:
            faults.append(RULESHEETS.fault("R703", origin, value=raw))
            return ""
        case _:
            number = str(raw) if isinstance(raw, int) else _number(raw)
            if number is None:
                faults.append(RULESHEETS.fault("R704", origin, value=str(raw)))
            return number or ""


def _number(raw: Raw) -> str | None:
    if not isinstance(raw, float):
        return str(raw)
    told = number_text(raw)
    return None if isinstance(told, Trouble) else told


def _origin(grid: Grid, row: int, column: int) -> Origin:
    return Origin(grid.file, sheet=grid.sheet, cell=f"{letters(column)}{row}")
