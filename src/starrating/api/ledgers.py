"""Ledgers from Python: enter, list, find, follow an organisation through the years."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starrating.api.archives import Archive, open_archive
from starrating.api.refusals import LedgerErrors
from starrating.api.reviews import Review
from starrating.archive.bundle import pack
from starrating.faults import Fault
from starrating.ledger import Entry, Examined, History, add, examine, history_of


@dataclass(frozen=True)
class Ledger:
    """A folder of archives with an append-only, hash-chained index (档案台账).

    Everything is read when it is asked for, and all of it checked. What does not stand as it was
    written raises LedgerErrors, but for `verify`, which tells it.
    """

    folder: Path

    def add(self, archive: str | Path | Archive | Review, *, head: str | None = None) -> Entry:
        """Enter an archive, whole or not at all; one that is in already gives its entry.

        `head` is a hash kept from an earlier day: a ledger that lacks it was cut off, and raises.
        """
        if isinstance(archive, Review):
            data, name = pack(archive.bundle), "review.zip"
        else:
            own = archive if isinstance(archive, Archive) else open_archive(archive)
            data, name = own.data, own.path.name
        added = add(self.folder, data, name, head)
        if added.entry is None:
            raise LedgerErrors(added.faults)
        return added.entry

    def verify(self, head: str | None = None) -> tuple[Fault, ...]:
        """What is wrong with it: every entry, every archive, and the `head` kept from an earlier
        day, without which a tail cut off is not seen."""
        return examine(self.folder, head).faults

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries in order."""
        return self._sound().entries

    @property
    def notes(self) -> tuple[Fault, ...]:
        """What catches the eye: entered late, a second review of one thing."""
        return self._sound().notes

    @property
    def head(self) -> str:
        """The hash of the last entry, to be kept elsewhere."""
        return self._sound().head

    def find(self, number: str) -> tuple[Entry, ...]:
        """The entries whose 结果编号 begins with these digits (at least 6); none where none does."""
        return self._sound().find(number)

    def open(self, entry: Entry) -> Archive:
        """The archive of an entry."""
        return open_archive(self._sound().path(entry))

    def history(self, subject: str) -> History:
        """One organisation (code, or a name it has or had) in all its archives; raises UnknownName."""
        return history_of(self._sound(), subject)

    def _sound(self) -> Examined:
        found = examine(self.folder)
        if found.faults:
            raise LedgerErrors(found.faults)
        return found


def open_ledger(folder: str | Path) -> Ledger:
    """The ledger in a folder; `add` makes one where there is none."""
    return Ledger(Path(folder))
