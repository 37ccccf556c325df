"""The files of `--out DIR`: written all or not at all.

Everything is written beside the folder first, brought to the disk, then renamed into place.
The folder's own index (.starrating-index.json) says which files are ours: only those are ever
replaced. A copy of ours that somebody changed since is kept under another name.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from starrating.faults import Fault, Level
from starrating.origin import Origin
from starrating.oserrors import why
from starrating.report.codes import CODES
from starrating.report.lock import locked
from starrating.report.moves import Content, Move, MoveFailed, move_all, recover, write_synced

INDEX = ".starrating-index.json"

Index = Mapping[str, Mapping[str, str]]
"""Group of files → name → SHA-256 as it was written."""


def write_files(
    folder: Path, files: Mapping[str, Content], group: str = "review"
) -> tuple[Fault, ...]:
    """Write `files` (relative names with `/`) into `folder`, all of them or none.

    A fatal fault among those returned says that nothing was changed. Files of the same group
    that an earlier run wrote and this one does not are taken away; other groups' files and
    files of others stay. Names that would leave the folder raise ValueError.
    """
    for name in files:
        _check_name(name)
    target = Path(os.path.realpath(folder))
    try:
        if target.exists() and not target.is_dir():
            return (CODES.fault("E802", Origin(str(folder)), folder=folder),)
        target.parent.mkdir(parents=True, exist_ok=True)
        base, name = _beside(target)
        with locked(base / f"{name}-lock") as held:
            if not held:
                return (CODES.fault("E801", Origin(str(folder)), folder=folder),)
            return _Writer(target, base / f"{name}-work", folder).write(files, group)
    except OSError as error:
        return (refused(folder, error),)


class _Writer:
    """One run's writing into `target`, under the lock; `work` is its working folder."""

    def __init__(self, target: Path, work: Path, shown: Path) -> None:
        self.target = target
        self.work = work
        self.shown = shown

    def write(self, files: Mapping[str, Content], group: str) -> tuple[Fault, ...]:
        recover(self.work)
        index = read_index(self.target)
        ours = {name: digest for names in index.values() for name, digest in names.items()}
        clashes = tuple(
            CODES.fault("E804", Origin(str(self.shown / name)), file=name)
            for name in sorted(files)
            if name not in ours and self._taken(name)
        )
        if clashes:
            return clashes
        others = {
            other: kept
            for other, names in index.items()
            if other != group and (kept := {n: d for n, d in names.items() if n not in files})
        }
        try:
            self.work.mkdir()
            new = self.work / "new"
            for name, content in files.items():
                write_synced(new / name, content)
            digests = {name: _digest(new / name) for name in files}
            write_synced(new / INDEX, _index_bytes({**others, group: digests}))
            stale = index.get(group, {}).keys() - files.keys()
            return self._place({*files, INDEX}, ours, stale)
        except MoveFailed as failed:
            return (self._in_the_way(failed),)
        finally:
            if not (self.work / "journal.json").exists():
                shutil.rmtree(self.work, ignore_errors=True)

    def _place(
        self, staged: set[str], ours: Mapping[str, str], stale: set[str]
    ) -> tuple[Fault, ...]:
        new = self.work / "new"
        if not self.target.exists():
            move_all([(new, self.target)], self.work)
            return ()
        moves: list[Move] = []
        faults: list[Fault] = []
        for name in sorted({*staged, *stale}):
            path = self.target / name
            if not os.path.lexists(path):
                continue
            if name == INDEX or not _changed(path, ours[name]):
                moves.append((path, self.work / "old" / name))
            elif name in staged:
                kept = _kept_name(path)
                away = self.work / "old" / name if kept.exists() else kept
                moves.append((path, away))
                faults.append(self._kept(name, kept.name))
        moves += [(new / name, self.target / name) for name in sorted(staged)]
        move_all(moves, self.work)
        return tuple(faults)

    def _taken(self, name: str) -> bool:
        """Whether a name, or a file where it needs a folder, already stands in the target."""
        path = self.target / name
        above = [self.target / parent for parent in PurePosixPath(name).parents]
        return os.path.lexists(path) or any(p.exists() and not p.is_dir() for p in above)

    def _kept(self, name: str, kept: str) -> Fault:
        return CODES.fault("E806", Origin(str(self.shown / name)), file=name, kept=kept)

    def _in_the_way(self, failed: MoveFailed) -> Fault:
        if isinstance(failed.reason, PermissionError):
            origin = Origin(str(self.shown / failed.path.name))
            return CODES.fault("E805", origin, file=failed.path.name)
        return refused(self.shown, failed.reason)


def read_index(folder: Path) -> Index:
    """The index of a folder: group → file → digest; none (or one we cannot read) is empty."""
    try:
        document = json.loads((folder / INDEX).read_bytes())
        return {
            str(group): {str(name): str(digest) for name, digest in names.items()}
            for group, names in document["groups"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def was_written(faults: tuple[Fault, ...]) -> bool:
    """Whether `write_files` wrote: none of its faults is fatal."""
    return all(fault.level is not Level.FATAL for fault in faults)


def _index_bytes(index: Index) -> bytes:
    document = {"format": 1, "groups": index}
    return (json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def lock_beside(target: Path) -> Path:
    """The lock of a folder that is replaced as a whole: beside it, where `write_files` has its own."""
    return target.parent / f"{_named(target)}-lock"


def _named(target: Path) -> str:
    return f".{target.name}.starrating"


def _beside(target: Path) -> tuple[Path, str]:
    """Where to lock and work: in the parent, or inside a target the parent cannot serve."""
    parent = target.parent
    if target.exists():
        other_disk = target.stat().st_dev != parent.stat().st_dev
        if other_disk or parent == target or not os.access(parent, os.W_OK):
            return target, ".starrating"
    return parent, _named(target)


def _changed(path: Path, digest: str) -> bool:
    with suppress(OSError):
        return path.is_file() and _digest(path) != digest
    return False


def _digest(path: Path) -> str:
    """The SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _kept_name(path: Path) -> Path:
    return path.with_name(f"{path.stem}（改动稿{_digest(path)[:8]}）{path.suffix}")


def _check_name(name: str) -> None:
    parts = name.split("/")
    if "\\" in name or name == INDEX or any(part in {"", ".", ".."} for part in parts):
        raise ValueError(f"not a relative file name: {name!r}")


def refused(folder: Path, error: OSError) -> Fault:
    """E803: why the system does not let a folder be written."""
    reason = why(error)
    return CODES.fault("E803", Origin(str(folder)), folder=folder, reason=reason)
