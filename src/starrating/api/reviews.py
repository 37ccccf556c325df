"""One review from Python: from rulebooks and records to DataFrames and an archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from starrating.api.books import Book, Books, in_turn
from starrating.api.refusals import RecordsErrors, RulebookErrors, given_reason, refusal
from starrating.archive.bundle import Bundle, packed
from starrating.archive.zipform import ArchiveErrors
from starrating.engine.judge import Preference
from starrating.engine.scope import default_cut_off
from starrating.explain import Story, story_of
from starrating.faults import Fault, Level, in_order
from starrating.records import Calendar, Period, Plan, Records, read_calendar
from starrating.report.moves import write_whole
from starrating.results.frames import Frames
from starrating.results.model import ChangeRow, Heading, Results
from starrating.results.tables import result_number, results_digest
from starrating.reviewing.chosen import Chosen
from starrating.reviewing.correcting import correcting, linked, with_changes
from starrating.reviewing.evaluate import Reviewed
from starrating.reviewing.evaluate import review as review_ground
from starrating.reviewing.ground import Ground
from starrating.reviewing.opened import Refused
from starrating.reviewing.pack import Packed, bundle_of
from starrating.reviewing.previous import read_archives
from starrating.reviewing.twice import graded_twice
from starrating.rulebook.sheets import schema_of
from starrating.schema import LEVELS, STAGES


@dataclass(frozen=True)
class Review(Frames):
    """One review: its results as DataFrames and as rows, its archive.

    `notes` are faults of the request itself (earlier archives, calendars).
    """

    results: Results
    bundle: Bundle = field(repr=False)
    notes: tuple[Fault, ...] = ()
    judge: str = ""

    def rows(self) -> Results:
        """The rows that the frames show."""
        return self.results

    @property
    def number(self) -> str:
        """结果编号: the first 12 hex digits of the results digest."""
        return result_number(results_digest(self.bundle.results))

    @property
    def changes(self) -> tuple[ChangeRow, ...]:
        """更正对照: every row that is not as in the review it replaces; none where it replaces none."""
        correction = self.results.correction
        return () if correction is None else correction.changes

    def explain(self, code: str, item: str | None = None) -> Story:
        """Why one organisation (code or exact name) has its score, or one item (id or title).

        Raises UnknownName with the nearest names.
        """
        return story_of(self.bundle, code, item)

    def save(self, path: str | Path) -> Path:
        """Write the archive (review.zip), whole or not at all, replacing a file of that name."""
        return write_whole(Path(path), packed(self.bundle))


def review(
    books: Books,
    records: Records,
    *,
    period: str | int,
    cut_off: date | str | None = None,
    issued: date | str | None = None,
    previous: Iterable[str | Path] = (),
    title: str | None = None,
    level: str | None = None,
    stage: str = "初评",
    office: Mapping[str, str] | None = None,
    calendar: str | Path | None = None,
    judge: Preference | None = None,
    replaces: str | Path | None = None,
    reason: str | None = None,
) -> Review:
    """Review records by one rulebook, or by one that grades each organisation and others that screen.

    `records` must have been read with the same books. `period` is written as in a plan
    (`2023`, `2023H1`, `2023Q2`, `2023-05`, a named term); `previous` are archives of earlier
    reviews; `calendar` is a folder of office calendars. A corrected review names the archive it
    `replaces` and the `reason`, and lists what changed (`.changes`). Raises RulebookErrors,
    RecordsErrors or ArchiveErrors for what cannot be used, ValueError for wrong arguments.
    """
    chosen = in_turn(books)
    _each_once(chosen)
    _fitting(records, chosen)
    heading = _heading(chosen, period, day_of(cut_off), day_of(issued))
    heading = replace(
        heading,
        title=title or heading.title,
        level=one_of(level.removesuffix("级"), LEVELS) if level else None,
        stage=one_of(stage, STAGES),
        office=dict(office or {}),
    )
    archives = read_archives([Path(path) for path in previous])
    if any(fault.level is Level.FATAL for fault in archives.faults):
        raise ArchiveErrors(archives.faults)
    known, calendar_files, calendar_faults = _calendar(calendar)
    taken = tuple(
        Chosen(book.rulebook, _why(book, heading.period_until), book.path, book.texts)
        for book in chosen
    )
    ground = Ground(
        heading,
        tuple((each.book, each.why, each.path) for each in taken),
        records,
        known,
        {book.rulebook.id: archives.previous(book.rulebook) for book in chosen},
        judge,
        archives.since,
    )
    if twice := graded_twice(ground):
        raise RulebookErrors([twice])
    reviewed, ground = _reviewed(ground, replaces, reason)
    packed = Packed(Plan(), taken, calendar_files, archives.archives)
    notes = in_order((*archives.faults, *calendar_faults))
    return Review(reviewed.results, bundle_of(ground, reviewed, packed), notes, reviewed.judge)


def _reviewed(
    ground: Ground, replaces: str | Path | None, reason: str | None
) -> tuple[Reviewed, Ground]:
    given_reason(replaces, reason)
    try:
        asked = correcting(ground, None if replaces is None else Path(replaces), reason)
        ground = linked(ground, asked)
        return with_changes(review_ground(ground), asked), ground
    except Refused as error:
        raise refusal(error.faults, error.exit_code) from error


def _each_once(books: tuple[Book, ...]) -> None:
    """Refuse a rulebook given twice, and libraries."""
    references = [book.rulebook.id for book in books]
    libraries = [book.reference for book in books if book.rulebook.library]
    if libraries:
        raise ValueError(f"a library is only extended, never reviewed: {', '.join(libraries)}")
    if len(set(references)) != len(references):
        raise ValueError(f"a rulebook is given twice: {', '.join(references)}")


def _fitting(records: Records, books: tuple[Book, ...]) -> None:
    fatal = [fault for fault in records.faults if fault.level is Level.FATAL]
    if fatal:
        raise RecordsErrors(records.faults)
    if records.schema != schema_of([book.rulebook for book in books]):
        names = ", ".join(book.reference for book in books)
        raise ValueError(f"read the records with the books of the review: {names}")


def _heading(
    books: tuple[Book, ...], period: str | int, cut_off: date | None, issued: date | None
) -> Heading:
    terms = {
        name: (term.from_, term.until)
        for book in books
        for name, term in book.rulebook.terms.items()
    }
    found = Period.parse(str(period), terms)
    if found is None:
        raise ValueError(f"no period: {period!r} (write 2023, 2023H1, 2023Q2, 2023-05)")
    day = cut_off or default_cut_off(found.end, [book.rulebook for book in books])
    if day < found.start:
        raise ValueError(f"cut_off {day} lies before the period ({found.start})")
    return Heading(
        title=f"{found.spoken}党组织评定",
        period=found.name,
        period_from=found.start,
        period_until=found.end,
        cut_off=day,
        stage="",
        issued=issued,
        progress_run=day < found.end,
    )


def _why(book: Book, day: date) -> str:
    """Why a book was taken: it was given; whether it is in force on the period's last day."""
    name = f"{book.rulebook.id} {book.rulebook.version} 版《{book.rulebook.title}》"
    force = book.rulebook.in_force
    inside = force.from_ <= day and (force.until is None or day <= force.until)
    tail = f"施行期 {book.span}" if inside else f"但考核期末日 {day} 不在其施行期（{book.span}）"
    return f"采用 {name}：直接指定，{tail}。"


def _calendar(
    folder: str | Path | None,
) -> tuple[Calendar, dict[str, bytes], tuple[Fault, ...]]:
    if folder is None:
        return Calendar(), {}, ()
    calendar, faults = read_calendar(Path(folder))
    files = {path.name: path.read_bytes() for path in sorted(Path(folder).glob("*.yaml"))}
    return calendar, files, faults


def day_of(day: date | str | None) -> date | None:
    """A day given as a date or as ISO text."""
    return date.fromisoformat(day) if isinstance(day, str) else day


def one_of(word: str, known: Sequence[str]) -> str:
    """The word, if it is one of those known; else ValueError."""
    if word not in known:
        raise ValueError(f"{word!r} is none of {', '.join(known)}")
    return word
