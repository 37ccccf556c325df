"""Rulebooks and records as a program gets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from starrating.api.refusals import RulebookErrors
from starrating.faults import Fault, in_order
from starrating.records import Records
from starrating.records import read_records as read_files
from starrating.records import records_from_frames as read_frames
from starrating.reviewing import turns
from starrating.reviewing.books import GRAVE
from starrating.reviewing.inputs import frame_inputs
from starrating.rulebook.checks import check
from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import read_rulebook
from starrating.rulebook.sheets import columns_read, schema_of
from starrating.rulebook.versions import find_rulebooks, folder_of, read_head

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Book:
    """One rulebook version with everything it extends.

    `path` is what findings and faults print, `texts` the bytes of each file by such a path,
    `warnings` what the checks found that does not keep it from being used.
    """

    rulebook: Rulebook
    path: str
    texts: Mapping[str, bytes]
    span: str
    warnings: tuple[Fault, ...] = ()

    @property
    def reference(self) -> str:
        """`id@version`."""
        return self.rulebook.reference

    def __repr__(self) -> str:
        return f"<Book {self.reference} {self.rulebook.title}>"


def load_rulebook(path: str | Path) -> Book:
    """Read one version of a rulebook, with what it extends, and check it.

    A file in a folder named by its id (`rules/town-village/2023.yaml`) finds what it extends
    anywhere below the nearest folder named `rules`, or, without one, in the folders beside its
    own; any other file in its own folder and those below. Raises RulebookErrors.
    """
    file = Path(path)
    head, faults = read_head(file, file.as_posix())
    if head is None:
        raise RulebookErrors(faults)
    root = folder_of(file.resolve()) if file.resolve().parent.name == head.id else file.parent
    root = root.resolve()
    shown = f"{root.name}/{file.resolve().relative_to(root).as_posix()}"
    loaded = read_rulebook(
        file, shown, lambda id_, version: find_rulebooks(root).path(id_, version)
    )
    found = [*loaded.faults, *(check(loaded.book) if loaded.book is not None else ())]
    if loaded.book is None or any(fault.level in GRAVE for fault in found):
        raise RulebookErrors(found)
    return Book(loaded.book, shown, loaded.texts, head.span, in_order(found))


Books = Book | Sequence[Book]
"""One rulebook, or several that one review takes."""


def in_turn(books: Books) -> tuple[Book, ...]:
    """The books in the order of review: screening ones first, what is read before what reads it.

    Raises RulebookErrors where books read each other's results, or those of one that is not given.
    """
    given = (books,) if isinstance(books, Book) else tuple(books)
    if not given:
        raise ValueError("no rulebook given")
    ordered, faults = turns.in_turn(given, lambda book: book.rulebook)
    if faults:
        raise RulebookErrors(faults)
    return ordered


def read_records(path: str | Path, books: Books) -> Records:
    """What was inspected: a workbook, a csv or Parquet file, or a folder, as the books read it.

    Never raises for what files hold: see `.faults`.
    """
    rulebooks = [book.rulebook for book in in_turn(books)]
    schema = schema_of(rulebooks)
    return read_files(Path(path), schema, columns_read(rulebooks, schema))


def records_from_frames(frames: Mapping[str, pd.DataFrame], books: Books) -> Records:
    """What was inspected, from DataFrames by sheet name, each read like a sheet of a workbook.

    Never raises for what the frames hold: see `.faults`.
    """
    records = read_frames(frames, schema_of([book.rulebook for book in in_turn(books)]))
    return replace(records, inputs=frame_inputs(frames))
