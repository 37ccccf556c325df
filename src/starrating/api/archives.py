"""Archives from Python: open, explain, verify, reproduce."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from pathlib import Path

from starrating.archive.bundle import Bundle, unpack
from starrating.archive.examine import examine
from starrating.archive.manifest import Facts
from starrating.explain import Story, story_of
from starrating.faults import Fault
from starrating.lean import dataclass
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
        """What is wrong with its form, digests and structure; none means consistent (自洽)."""
        return tuple(examine(self.data, self.path.name))

    def reproduce(self, *, independent: bool = True) -> Reproduction:
        """Run its inputs through its rules again, and compare every column of meaning."""
        return reproduce(self.bundle, independent=independent, name=self.path.name)


def open_archive(path: str | Path) -> Archive:
    """Open a review.zip; what is not an archive of ours raises ArchiveErrors."""
    file = Path(path)
    data = file.read_bytes()
    return Archive(file, unpack(data, file.name), data)
