"""Several renames as one step: done all, or undone, also by the next run after a crash."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

JOURNAL = "journal.json"

Move = tuple[Path, Path]
"""A rename from, to; what it moves to does not exist yet."""


class MoveFailed(Exception):
    """A rename was refused; everything stands again as it was. `path` is the file in the way."""

    def __init__(self, path: Path, reason: OSError) -> None:
        self.path = path
        self.reason = reason
        super().__init__(str(path))


Content = bytes | Callable[[BinaryIO], object]
"""The bytes of a file, or what writes them to it."""


def write_synced(path: Path, content: Content) -> None:
    """Write a file, with the folders above it, and bring it to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        if isinstance(content, bytes):
            file.write(content)
        else:
            content(file)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, content: Content) -> Path:
    """Write one file whole or not at all: beside, brought to the disk, renamed; one of that name goes."""
    beside = path.with_name(f".{path.name}.starrating-new")
    beside.unlink(missing_ok=True)
    try:
        write_synced(beside, content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)
    return path


def move_all(moves: Sequence[Move], work: Path) -> None:
    """Do all moves, or none: a failure undoes them and raises MoveFailed.

    A journal in `work` lets `recover` undo what a crash left half done.
    """
    journal = work / JOURNAL
    pairs = [[str(source), str(target)] for source, target in moves]
    write_synced(journal, json.dumps(pairs).encode())
    sync_folder(work)
    for source, target in moves:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
        except OSError as error:
            with suppress(OSError):
                _undo(moves)
                journal.unlink()
            raise MoveFailed(source if work not in source.parents else target, error) from error
    for folder in sorted({path.parent for move in moves for path in move}):
        sync_folder(folder)
    journal.unlink()


def recover(work: Path) -> None:
    """Undo the moves of a run that died halfway, and clear its working folder."""
    if not work.exists():
        return
    journal = work / JOURNAL
    with suppress(FileNotFoundError, ValueError):
        pairs = json.loads(journal.read_bytes())
        _undo([(Path(source), Path(target)) for source, target in pairs])
        journal.unlink()
    shutil.rmtree(work)


def _undo(moves: Sequence[Move]) -> None:
    for source, target in reversed(moves):
        if os.path.lexists(target) and not os.path.lexists(source):
            target.rename(source)
