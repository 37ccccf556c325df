"""`starrating rules describe`: which rulebook, in which form, into which files."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from starrating.cli._command import reference
from starrating.cli._rulebook import find_head
from starrating.oserrors import why

if TYPE_CHECKING:
    from starrating.archive.canonical import Json
    from starrating.faults import Fault
    from starrating.rulebook.describe.model import Description
    from starrating.rulebook.model import Rulebook

_FORMS = (".md", ".docx")
_SUFFIXES = (".yaml", ".yml")
_MISSING = (
    "写 Word 文档需要另装 python-docx：pip install 'starrating[documents]'；"
    "也可以写成 Markdown：--out 文件.md"
)


def described_book(named: str, folder: Path) -> tuple[Rulebook | None, tuple[Fault, ...], bool]:
    """The rulebook meant by `编号[@版本]` or a file, its faults, and whether it was found at all."""
    from starrating.rulebook.read import read_rulebook
    from starrating.rulebook.versions import find_rulebooks, folder_of

    path = Path(named)
    if path.suffix.lower() in _SUFFIXES:
        root = folder_of(path.absolute())
        loaded = read_rulebook(path, path.as_posix(), find_rulebooks(root, root.name).path)
        return loaded.book, loaded.faults, True
    shelf = find_rulebooks(folder, folder.as_posix())
    head, faults = find_head(shelf, *reference(named))
    if head is None:
        return None, faults, not shelf.heads
    loaded = read_rulebook(head.path, head.shown, shelf.path)
    return loaded.book, loaded.faults, True


def files_asked(book: Rulebook, out: Path) -> tuple[Path, ...]:
    """The files to write: the one named, or both forms in a folder."""
    if out.suffix.lower() in _FORMS:
        return (out,)
    if out.is_file():
        raise click.BadParameter(f"“{out}”应是文件夹，或以 .md、.docx 结尾的文件名")
    name = f"{book.id}-{book.version}"
    return tuple(out / f"{name}{form}" for form in _FORMS)


def write_description(description: Description, paths: tuple[Path, ...]) -> None:
    """Write the description in the form that each name asks for: all files or none."""
    from starrating.report.wordfile import available

    if any(path.suffix.lower() == ".docx" for path in paths) and not available():
        raise click.UsageError(_MISSING)
    for path, data in [(path, _bytes(description, path)) for path in paths]:
        write_file(path, data)


def _bytes(description: Description, path: Path) -> bytes:
    from starrating.rulebook.describe.markdown import to_markdown

    if path.suffix.lower() == ".md":
        return to_markdown(description).encode()
    from starrating.report.rulesheet import rule_sheet

    return rule_sheet(description)


def write_file(path: Path, data: bytes) -> None:
    """Put a file in its place at once; what is there before is replaced."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        os.replace(beside, path)  # noqa: PTH105 - replaces on every system
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise click.UsageError(f"“{path}”写不成：{why(error)}") from None


def description_document(description: Description) -> dict[str, Json]:
    """The description as JSON: chapters with lines and rows, rows with their ids."""
    return {
        "title": description.title,
        "subtitle": description.subtitle,
        "chapters": [
            {
                "title": chapter.title,
                "before": list(chapter.before),
                "head": list(chapter.table.head) if chapter.table else [],
                "rows": [
                    {"id": row.id, "cells": list(row.cells)}
                    for row in (chapter.table.rows if chapter.table else ())
                ],
                "after": list(chapter.after),
            }
            for chapter in description.chapters
        ],
    }
