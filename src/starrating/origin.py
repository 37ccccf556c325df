"""Where a loaded value came from."""

from __future__ import annotations

from typing import NamedTuple


class Origin(NamedTuple):
    """The place of a loaded value: a line of a text file, or a cell of a sheet.

    `file` is a path relative to the folder the user named, with forward slashes.
    A text place has `line` and `column` (both from 1); a table place has `sheet` and, where
    one cell is meant, `cell` (`B7`; for csv and Parquet the same letters and numbers as if
    the file were a sheet whose header stands in row 1).
    """

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None

    @property
    def key(self) -> tuple[str, str | None, str | None]:
        """File, sheet and cell: what tells the places of tables apart."""
        return (self.file, self.sheet, self.cell)

    def __str__(self) -> str:
        """`file:line:column`, or `file!sheet!cell`, without the parts that are not known."""
        if self.sheet is not None or self.cell is not None:
            return "!".join(filter(None, (self.file, self.sheet, self.cell)))
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)

    def sort_key(self) -> tuple[str, str, int, int, str]:
        """A total order over places: file, sheet, line, column, cell by row then letters."""
        letters = (self.cell or "").rstrip("0123456789")
        row = (self.cell or "")[len(letters) :]
        return (
            self.file,
            self.sheet or "",
            self.line or int(row or 0),
            self.column or len(letters),
            letters,
        )
