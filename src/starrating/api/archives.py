"""Archives from Python: open, explain, verify, reproduce."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from starrating.archive.bundle import Bundle, unpack
from starrating.archive.bundle import verify as verify_archive
from starrating.archive.manifest import Facts
from starrating.explain import Story, story_of
from starrating.faults import Fault
from starrating.report.moves import sync_folder, write_synced
from starrating.results.tables import Tables, read_tables
from starrating.reviewing.reproduce import Reproduction, reproduce


@dataclass(frozen=True)
class Archive:
    """An archive that was opened: consistent with its own manifest, and not yet verified."""

    path: Path
    bundle: Bundle = field(repr=False)
    data: bytes = field(repr=False)

    @property
    def facts(self) -> Facts:
        """What the review was: title, period, cut-off, stage, rulebooks."""
        return self.bundle.facts

    @cached_property
    def results(self) -> Tables:
        """The result tables, as rows."""
        return read_tables(self.bundle.results)

    def explain(self, code: str, item: str | None = None) -> Story:
        """Why one organisation (code or exact name) has its score, or one item (id or title)."""
        return story_of(self.bundle, code, item, self.path.name)

    def verify(self) -> tuple[Fault, ...]:
        """What is wrong with the archive; none means it is consistent with itself (自洽)."""
        return tuple(verify_archive(self.data, self.path.name))

    def reproduce(self, *, independent: bool = True) -> Reproduction:
        """Run its inputs through its rules again, and compare every column of meaning."""
        return reproduce(self.bundle, independent=independent, name=self.path.name)


def open_archive(path: str | Path) -> Archive:
    """Open a review.zip; what is not an archive of ours raises ArchiveErrors."""
    file = Path(path)
    data = file.read_bytes()
    return Archive(file, unpack(data, file.name), data)


def write_whole(path: Path, data: bytes) -> Path:
    """Write beside, bring to the disk, rename."""
    beside = path.with_name(f".{path.name}.starrating-new")
    beside.unlink(missing_ok=True)
    try:
        write_synced(beside, data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)
    return path
