"""The index of a ledger as a SQLite file: one table, rows are only ever added.

SQLite's own journal makes a row stand whole or not at all, also when the machine goes down.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from starrating.faults import Fault
from starrating.ledger.codes import CODES
from starrating.limits import MAX_LEDGER_BYTES
from starrating.origin import Origin
from starrating.oserrors import why
from starrating.report.moves import sync_folder

INDEX = "ledger.sqlite"
Stored = tuple[int, bytes, str]
"""One row: number, body, hash."""

_TABLE = (
    "CREATE TABLE entries "
    "(entry INTEGER PRIMARY KEY NOT NULL, body BLOB NOT NULL, hash TEXT NOT NULL, "
    "CHECK (typeof(body) = 'blob' AND typeof(hash) = 'text'))"
)
_GUARDS = tuple(
    f"CREATE TRIGGER no_{act} BEFORE {act} ON entries "
    "BEGIN SELECT RAISE(ABORT, 'entries are only added'); END"
    for act in ("UPDATE", "DELETE")
)
_OWN = frozenset((_TABLE, *_GUARDS))


class Damaged(Exception):
    """The index cannot be read as one of ours; `fault` says why (A401, A402)."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))


def stored(folder: Path) -> tuple[Stored, ...]:
    """All rows by number. Raises Damaged where the folder has no index, or not one of ours."""
    path = folder / INDEX
    try:
        if not path.is_file():
            raise Damaged(CODES.fault("A401", Origin(str(folder)), folder=folder))
        if path.stat().st_size > MAX_LEDGER_BYTES:
            raise _unusable(path, f"大于 {MAX_LEDGER_BYTES} 字节")
        path.open("rb").close()
    except OSError as error:
        raise _unusable(path, why(error)) from error
    try:
        with _connected(path) as base:
            if {sql for (sql,) in base.execute("SELECT sql FROM sqlite_master")} != _OWN:
                raise _unusable(path, "结构被改动")
            if [row for (row,) in base.execute("PRAGMA integrity_check")] != ["ok"]:
                raise _unusable(path, "文件损坏")
            rows = base.execute("SELECT entry, body, hash FROM entries ORDER BY entry").fetchall()
    except sqlite3.Error as error:
        raise _unusable(path, f"不是台账索引，或文件损坏（{error_name(error)}）") from error
    return tuple((int(number), bytes(body), str(digest)) for number, body, digest in rows)


def error_name(error: sqlite3.Error) -> str:
    """SQLite's own name of an error (SQLITE_FULL), which people can look up."""
    return getattr(error, "sqlite_errorname", None) or type(error).__name__


def append(folder: Path, row: Stored) -> None:
    """Add one row and bring it to the disk. Raises sqlite3.Error; then nothing was added."""
    with _connected(folder / INDEX) as base:
        base.execute("PRAGMA synchronous = EXTRA")
        base.execute("BEGIN IMMEDIATE")
        try:
            base.execute("INSERT INTO entries (entry, body, hash) VALUES (?, ?, ?)", row)
            base.execute("COMMIT")
        except BaseException:
            if base.in_transaction:
                base.execute("ROLLBACK")
            raise


def create(folder: Path) -> None:
    """Make an empty index, whole or not at all. Raises sqlite3.Error and OSError."""
    beside = folder / f".{INDEX}.new"
    for left in (beside, folder / f".{INDEX}.new-journal"):
        left.unlink(missing_ok=True)
    beside.touch()
    with _connected(beside) as base:
        base.execute("PRAGMA synchronous = EXTRA")
        base.execute("BEGIN IMMEDIATE")
        for statement in (_TABLE, *_GUARDS):
            base.execute(statement)
        base.execute("COMMIT")
    beside.replace(folder / INDEX)
    sync_folder(folder)


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a file that is there; a transaction that a crash left half is undone."""
    uri = f"{path.resolve().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as base:
        base.execute("PRAGMA trusted_schema = OFF")
        yield base


def _unusable(path: Path, reason: str) -> Damaged:
    return Damaged(CODES.fault("A402", Origin(str(path)), reason=reason))
