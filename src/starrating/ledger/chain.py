"""Whether a ledger stands as it was written: its chain, its archives, and the head given.

What the chain shows is named one by one (A403 to A409); what only catches the eye — entered
late, a second review of one thing — is a warning (A412 to A415).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from starrating.archive.bundle import unpack
from starrating.archive.canonical import sha256
from starrating.archive.zipform import ArchiveErrors
from starrating.faults import Fault
from starrating.ledger.codes import CODES
from starrating.ledger.entry import FIRST, Entry, entry_of, read_entry
from starrating.ledger.store import INDEX, Damaged, Stored, stored
from starrating.origin import Origin

ARCHIVES = "archives"
MIN_HEAD = 16
"""The fewest digits that a given head may have."""
MIN_NUMBER = 6
"""The fewest digits by which a 结果编号 is found."""
_CHUNK = 1 << 20
_STAGED = re.compile(r"\.\d{4,}-[0-9a-f]{12}\.zip\.new")


@dataclass(frozen=True, slots=True)
class Examined:
    """A ledger as found: the entries that can be read, what is wrong, and what catches the eye.

    `head` is the hash of the last entry (`entry.FIRST` for an empty ledger).
    """

    folder: Path
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()

    @property
    def head(self) -> str:
        """The hash of the last entry: kept elsewhere, it shows whether the tail was cut off."""
        return self.entries[-1].hash if self.entries else FIRST

    def path(self, entry: Entry) -> Path:
        """Where the archive of an entry lies; also one that a crash left to be renamed."""
        return archive_path(self.folder, entry)

    def find(self, number: str) -> tuple[Entry, ...]:
        """The entries whose 结果编号 begins with these digits; fewer than 6 raise ValueError."""
        wanted = number.strip().lower()
        if len(wanted) < MIN_NUMBER:
            raise ValueError(f"at least {MIN_NUMBER} digits: {number!r}")
        return tuple(entry for entry in self.entries if entry.result_number.startswith(wanted))

    def notes_on(self, number: int) -> tuple[Fault, ...]:
        """What catches the eye about one entry."""
        return tuple(note for note in self.notes if dict(note.parts).get("entry") == str(number))


def examine(folder: Path, head: str | None = None) -> Examined:
    """Read a ledger and check all of it: every entry, every archive, and the head given.

    `head` is the whole hash of an entry or at least its first 16 digits; any entry's will do.
    """
    try:
        rows = stored(folder)
    except Damaged as error:
        return Examined(folder, (), (error.fault,))
    faults: list[Fault] = []
    entries = tuple(_entries(rows, folder, faults))
    faults.extend(_archive_faults(folder, entries))
    if head is not None and not _has(entries, head):
        faults.append(CODES.fault("A409", Origin(str(folder / INDEX)), head=head))
    notes = tuple(note for entry in entries for note in _notes(entry, entries, folder))
    return Examined(folder, entries, tuple(faults), notes)


def _has(entries: Sequence[Entry], head: str) -> bool:
    wanted = head.strip().lower()
    if len(wanted) < MIN_HEAD:
        return False
    return wanted == FIRST or any(entry.hash.startswith(wanted) for entry in entries)


# --- the chain ------------------------------------------------------------------------------------


def _entries(rows: Sequence[Stored], folder: Path, faults: list[Fault]) -> Iterator[Entry]:
    origin = Origin(str(folder / INDEX))
    before, wanted = FIRST, 1
    for number, body, digest in rows:
        while wanted < number and len(faults) < len(rows) + 1:
            faults.append(CODES.fault("A403", origin, entry=wanted))
            wanted += 1
        wanted = number + 1
        try:
            entry = read_entry(body)
        except ValueError:
            faults.append(CODES.fault("A404", origin, entry=number, what="内容读不出"))
            before = digest
            continue
        if entry.number != number:
            faults.append(CODES.fault("A403", origin, entry=number))
        elif entry.hash != digest:
            faults.append(CODES.fault("A404", origin, entry=number, what="与校验码不符"))
        elif entry.previous != before:
            faults.append(CODES.fault("A405", origin, entry=number))
        before = digest
        yield entry


# --- the archives ---------------------------------------------------------------------------------


def archive_path(folder: Path, entry: Entry) -> Path:
    """Where the archive of an entry lies, or lies staged after a crash."""
    path = folder / ARCHIVES / entry.file
    staged = staged_path(folder, entry)
    return staged if not path.exists() and staged.exists() else path


def staged_path(folder: Path, entry: Entry) -> Path:
    """Where an archive is written before its entry stands."""
    return folder / ARCHIVES / f".{entry.file}.new"


def _archive_faults(folder: Path, entries: Sequence[Entry]) -> Iterator[Fault]:
    for entry in entries:
        path = archive_path(folder, entry)
        origin = Origin(str(folder / ARCHIVES / entry.file))
        if path.is_symlink() or not path.is_file():
            yield CODES.fault("A406", origin, entry=entry.number, file=entry.file)
        elif path.stat().st_size != entry.size or _digest(path) != entry.digest:
            yield CODES.fault("A407", origin, entry=entry.number, file=entry.file)
        elif not _says_what_it_holds(entry, path):
            at = Origin(str(folder / INDEX))
            yield CODES.fault("A404", at, entry=entry.number, what="与所存的档案不符")
    known = {entry.file for entry in entries}
    for name in sorted(_names(folder / ARCHIVES) - known):
        if not _STAGED.fullmatch(name):
            yield CODES.fault("A408", Origin(str(folder / ARCHIVES / name)), file=name)


def _says_what_it_holds(entry: Entry, path: Path) -> bool:
    """Whether an entry says of its archive what the archive says: no later entry vouches for the
    last one, so that its dates and titles could be written anew with its hash."""
    data = path.read_bytes()
    try:
        return entry_of(entry.number, entry.previous, data, unpack(data)) == entry
    except (ArchiveErrors, KeyError, ValueError):
        return False


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def _digest(path: Path) -> str:
    if path.stat().st_size < _CHUNK:
        return sha256(path.read_bytes())
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- what catches the eye -------------------------------------------------------------------------


def _notes(entry: Entry, entries: Sequence[Entry], folder: Path) -> Iterator[Fault]:
    origin = Origin(str(folder / ARCHIVES / entry.file))
    if entry.full is not None and whole(entry, entries) is None:
        yield CODES.fault("A419", origin, entry=entry.number)
    others = (each for each in entries if each.review != entry.review)
    earlier = [each for each in others if each.number < entry.number]
    latest = max(
        (each for each in earlier if _line(each) == _line(entry)),
        key=lambda each: each.dated,
        default=None,
    )
    if latest is not None and entry.dated < latest.dated:
        yield CODES.fault(
            "A412", origin, entry=entry.number, date=entry.dated,
            other=latest.number, other_date=latest.dated,
        )  # fmt: skip
    base = next((each for each in earlier if each.review == entry.based_on), None)
    later = [each for each in earlier if base and each.replaces == base.review]
    if base is not None and later:
        yield CODES.fault(
            "A418", origin, entry=entry.number, other=base.number, later=later[-1].number
        )
    if entry.replaces is not None:
        yield from _correction_notes(entry, earlier, origin)
        return
    same = [each for each in earlier if _matter(each) == _matter(entry)]
    if same:
        yield CODES.fault("A413", origin, entry=entry.number, other=same[-1].number)


def _correction_notes(entry: Entry, earlier: Sequence[Entry], origin: Origin) -> Iterator[Fault]:
    meant = replaced(entry, earlier)
    if meant is None:
        yield CODES.fault("A414", origin, entry=entry.number, digest=entry.replaces)
        return
    before = next((each for each in earlier if each.replaces == entry.replaces), None)
    if before is not None:
        yield CODES.fault(
            "A415", origin, entry=entry.number, other=meant.number, earlier=before.number
        )


def replaced(entry: Entry, entries: Sequence[Entry]) -> Entry | None:
    """The entry that this one corrects, if the ledger has it; the full archive before a slim one."""
    meant = (each for each in entries if each.review == entry.replaces)
    return min(meant, key=lambda each: each.full is not None, default=None)


def whole(entry: Entry, entries: Sequence[Entry]) -> Entry | None:
    """The entry of the full archive that a slim one was made from, if the ledger has it."""
    return next((each for each in entries if each.content_digest == entry.full), None)


def _line(entry: Entry) -> tuple[object, ...]:
    """What makes two reviews follow each other: one office, one set of rulebooks."""
    return entry.office, entry.level, tuple(sorted(entry.books))


def _matter(entry: Entry) -> tuple[object, ...]:
    """What makes two reviews the same one."""
    return (*_line(entry), entry.title, entry.period, entry.stage)
