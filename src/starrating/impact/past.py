"""Past reviews out of their archives, run again under one version or another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from pathlib import Path

from starrating.archive.bundle import Bundle, unpack, verify
from starrating.archive.zipform import ArchiveErrors
from starrating.engine.flag_sets import Flags
from starrating.engine.kernel.arrays import Overflow
from starrating.engine.kernel.evaluate import Reviewed, review_columns
from starrating.engine.kernel.part import Part, encode
from starrating.engine.kernel.plan import Unlowered
from starrating.engine.kernel.scoring.items import ItemColumns
from starrating.engine.people.part import corrected
from starrating.engine.setting import Setting
from starrating.faults import Fault
from starrating.impact.rests import Rests
from starrating.limits import MAX_ARCHIVE_BYTES
from starrating.oserrors import why
from starrating.records.model import Records
from starrating.results.tables import MalformedTable
from starrating.reviewing.asked import Lacking, Written, lacking, written_in
from starrating.reviewing.by_kernel import reviewed_in_turn
from starrating.reviewing.ground import Ground
from starrating.reviewing.recorded import Recorded, as_recorded
from starrating.reviewing.restored import (
    Unusable,
    records_under,
    under,
    unusable,
)
from starrating.rulebook.model import Rulebook
from starrating.rulebook.sheets import columns_read, schema_of


@dataclass(frozen=True)
class Past:
    """One archive: its name, what it holds, and the ground of its review.

    `recorded` are its records as columns, where they serve.
    """

    name: str
    bundle: Bundle
    ground: Ground
    recorded: Recorded | None = None

    def place_of(self, book: Rulebook) -> int | None:
        """Which rulebook of the review stands where `book` would: the one of its id, the one that
        it continues, else the only one of its kind."""
        own = [each for each, _, _ in self.ground.books]
        for name in (book.id, book.continues):
            found = [
                n for n, each in enumerate(own) if each.id == name or each.continues == book.id
            ]
            if found:
                return found[0]
        kind = [n for n, each in enumerate(own) if bool(each.stars) == bool(book.stars)]
        return kind[0] if len(kind) == 1 and not book.library else None

    def own_book(self, place: int) -> Rulebook:
        """A rulebook of the review as it was."""
        return self.ground.books[place][0]

    def under(self, book: Rulebook, place: int) -> Ground:
        """The review with `book` in that place; what nobody asked for then, and nobody recorded,
        is unknown."""
        books = list(self.ground.books)
        books[place] = (book, "测算", book.origin.file)
        ground = under(self.ground, tuple(books), self._records([each for each, _, _ in books]))
        gone = self.lacking(book)
        return replace(ground, unasked={book.id: gone.points}, unkept={book.id: gone.measures})

    def lacking(self, book: Rulebook) -> Lacking:
        """What `book` asks for that neither the review's own rules nor its records know of."""
        return lacking(book, [each for each, _, _ in self.ground.books], self._written)

    @cached_property
    def _written(self) -> Written:
        return written_in(self.ground.records) if self.recorded is None else self.recorded.written

    def _records(self, books: list[Rulebook]) -> Records:
        """The records as these rulebooks read them: the recorded ones where they hold all that is
        read, else the inputs, read once for each schema."""
        schema = schema_of(books)
        if self.recorded is not None and self.recorded.fits(schema, columns_read(books, schema)):
            return self.recorded.records(schema)
        if self.recorded is None and self.ground.records.schema == schema:
            return self.ground.records
        for records in self._read:
            if records.schema == schema:
                return records
        self._read.append(records_under(self.bundle, books))
        return self._read[-1]

    @cached_property
    def _read(self) -> list[Records]:
        return []

    def encoded(self, setting: Setting) -> Part:
        """The records of a setting as columns."""
        if self.recorded is not None and self.recorded.holds(setting.records):
            return self.recorded.part(setting)
        return encode(setting)


def open_past(path: Path) -> Past:
    """Open and verify an archive, and restore its ground; raises Unusable."""
    name = path.name
    try:
        if path.stat().st_size > MAX_ARCHIVE_BYTES:
            raise Unusable(unusable(name, "文件过大"))
        data = path.read_bytes()
    except OSError as error:
        raise Unusable(unusable(name, why(error))) from None
    try:
        bundle = unpack(data, name)
    except ArchiveErrors as error:
        raise Unusable(*error.faults) from None
    wrong: list[Fault] = list(verify(data, name))
    if wrong:
        raise Unusable(*wrong)
    return Past(name, bundle, *as_recorded(bundle, name))


class Runs:
    """One place of a past review under several versions, by the kernel; what has been found is
    not computed again."""

    def __init__(self, past: Past, place: int) -> None:
        self.past, self.place = past, place
        self._corrected: list[tuple[Records, Records]] = []
        self._parts: list[tuple[Records, Part]] = []
        self._before: list[Reviewed] = []
        self._scored: dict[tuple[str, str, int], ItemColumns] = {}

    def of(self, book: Rulebook) -> tuple[Reviewed, ...]:
        """The columns of all rulebooks of the review with `book` in its place; raises Unusable."""
        ground = self.past.under(book, self.place)
        rests = Rests(book, self.past.lacking(book))
        places = count()

        def one(setting: Setting, before: Mapping[str, Flags]) -> Reviewed:
            place = next(places)
            known = self._known(setting, place)
            if known is not None:
                return known
            own = rests if place == self.place else None
            return self._reviewed(ground, setting, before, own)

        try:
            found = reviewed_in_turn(ground, self._with_corrections(ground.records), one)
        except Overflow as error:
            reason = f"{error} 的得分超出能精确计算的范围"
            raise Unusable(unusable(self.past.name, reason)) from None
        except MalformedTable as error:
            raise Unusable(unusable(self.past.name, f"records 中有读不了的内容 {error}")) from None
        except Unlowered as error:
            reason = f"{error.what.origin} 的{error.what.word}不是这个指标的数"
            raise Unusable(unusable(self.past.name, reason)) from None
        self._before.extend(found[: self.place])
        return found

    def _known(self, setting: Setting, place: int) -> Reviewed | None:
        """The review of a rulebook that runs before the one that changes."""
        if place >= self.place:
            return None
        alike = (
            each
            for each in self._before
            if each.setting.book is setting.book and each.setting.records is setting.records
        )
        return next(alike, None)

    def _reviewed(
        self, ground: Ground, setting: Setting, before: Mapping[str, Flags], rests: Rests | None
    ) -> Reviewed:
        part = self._part(setting)
        if rests is None:
            return review_columns(setting, before, ground.judge, part)
        keys = {item: (item, rests.of(item), id(setting.records)) for item in rests.items()}
        scored = {item: self._scored[key] for item, key in keys.items() if key in self._scored}
        found = review_columns(setting, before, ground.judge, part, scored=scored)
        for each in found.before:
            self._scored.setdefault(keys[each.placed.item.id], each)
        return found

    def _part(self, setting: Setting) -> Part:
        """The records as columns, encoded once."""
        for records, part in self._parts:
            if records is setting.records:
                return replace(
                    part,
                    previous=setting.previous,
                    others=setting.others,
                    unasked=setting.unasked,
                    unkept=setting.unkept,
                )
        self._parts.append((setting.records, self.past.encoded(setting)))
        return self._parts[-1][1]

    def _with_corrections(self, records: Records) -> Records:
        for was, after in self._corrected:
            if was is records:
                return after
        after, _ = corrected(records)
        self._corrected.append((records, after))
        return after
