"""Archives from Python: open, explain, verify, reproduce, review again with people's part."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from starrating.api.refusals import given_reason, refusal
from starrating.api.reviews import Review, day_of, one_of
from starrating.archive.bundle import Bundle, number_of, unpack
from starrating.archive.examine import examine
from starrating.archive.manifest import Facts
from starrating.engine.judge import Preference
from starrating.explain import Story, story_of
from starrating.faults import Fault
from starrating.results.frames import Frames
from starrating.results.tables import Tables, read_tables
from starrating.reviewing.again import review_again
from starrating.reviewing.opened import Refused, verified
from starrating.reviewing.reproduce import Reproduction, reproduce
from starrating.reviewing.request import Request
from starrating.schema import STAGES


@dataclass(frozen=True)
class Archive(Frames):
    """An archive that was opened: consistent with its own manifest, and not yet verified.

    Its results are DataFrames (`.subjects` …) and rows (`.results`).
    """

    path: Path
    bundle: Bundle = field(repr=False)
    data: bytes = field(repr=False)

    @property
    def facts(self) -> Facts:
        """What the review was: title, period, cut-off, stage, rulebooks."""
        return self.bundle.facts

    @property
    def number(self) -> str:
        """结果编号, as it is printed; of a slim archive that of the full one."""
        return number_of(self.bundle)

    @cached_property
    def results(self) -> Tables:
        """The result tables, as rows."""
        return read_tables(self.bundle.results)

    def rows(self) -> Tables:
        """The rows that the frames show."""
        return self.results

    def explain(self, code: str, item: str | None = None) -> Story:
        """Why one organisation (code or exact name) has its score, or one item (id or title)."""
        return story_of(self.bundle, code, item, self.path.name)

    def verify(self) -> tuple[Fault, ...]:
        """What is wrong with its form, digests and structure; none means consistent (自洽)."""
        return tuple(examine(self.data, self.path.name))

    def reproduce(self, *, independent: bool = True) -> Reproduction:
        """Run its inputs through its rules again, and compare every column of meaning."""
        return reproduce(self.bundle, independent=independent, name=self.path.name)

    def review(
        self,
        people: str | Path | None = None,
        *,
        stage: str | None = None,
        issued: date | str | None = None,
        judge: Preference | None = None,
        replaces: str | Path | None = None,
        reason: str | None = None,
    ) -> Review:
        """Review its data again, with more of people's part; no workbook is needed.

        `people` is a file, or a folder of files, with the sheets 核查更正, 异议复核, 审定结果 and
        组织变更; what was decided before stays. Rules, period and cut-off are the archive's; stage
        and day of issue may be said anew. Raises ArchiveErrors, RecordsErrors, ValueError.
        """
        given_reason(replaces, reason)
        request = Request(
            self.path,
            people=None if people is None else Path(people),
            stage=None if stage is None else one_of(stage, STAGES),
            issued=day_of(issued),
            judge=judge,
            replaces=None if replaces is None else Path(replaces),
            reason=reason,
        )
        try:
            outcome = review_again(request, verified(self.data, self.path.name))
        except Refused as error:
            raise refusal(error.faults, error.exit_code) from error
        if outcome.results is None or outcome.bundle is None:
            raise refusal(outcome.faults, outcome.exit_code)
        return Review(outcome.results, outcome.bundle, (), outcome.judge)


def open_archive(path: str | Path) -> Archive:
    """Open a review.zip; what is not an archive of ours raises ArchiveErrors."""
    file = Path(path)
    data = file.read_bytes()
    return Archive(file, unpack(data, file.name), data)
