"""What earlier archives say: final stars, decided flags, tasks (semantics.md steps 9, 11, 15)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from starrating.archive.bundle import content_digest, unpack
from starrating.archive.canonical import Json
from starrating.archive.zipform import ArchiveErrors
from starrating.engine.elsewhere import PastReview
from starrating.engine.setting import Previous
from starrating.engine.tasks.model import EarlierTask, earlier_task
from starrating.engine.values import Interval
from starrating.faults import Fault
from starrating.limits import MAX_ARCHIVE_BYTES
from starrating.number import plain
from starrating.origin import Origin
from starrating.oserrors import why
from starrating.results.tables import MalformedTable, Tables, read_tables
from starrating.reviewing.codes import CODES
from starrating.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class Earlier:
    """The tables of one earlier archive, with its name and the day its period ended.

    `digest` is its content digest.
    """

    name: str
    until: str
    period: str
    cut_off: date
    digest: str
    tables: Tables


@dataclass(frozen=True, slots=True)
class Archives:
    """The earlier archives of a review, oldest first."""

    archives: tuple[Earlier, ...] = ()
    faults: tuple[Fault, ...] = field(default=())

    @property
    def since(self) -> date | None:
        """The cut-off of the newest archive."""
        return max((each.cut_off for each in self.archives), default=None)

    def previous(self, book: Rulebook) -> Previous:
        """What they say for one rulebook: stars of the newest archive of it, or of the one it
        continues; flags confirmed by any; tasks of the newest that has any of this book."""
        ids = {book.id, book.continues} - {None}
        stars: dict[str, int | None] = {}
        flags: dict[str, set[str]] = {}
        tasks: tuple[EarlierTask, ...] = ()
        for earlier in self.archives:
            own = [row for row in earlier.tables.subjects if row.rulebook in ids]
            if own:
                stars = {row.code: _star(row.final_star) for row in own}
            for flag in earlier.tables.flags:
                if flag.state == "confirmed":
                    flags.setdefault(flag.code, set()).add(flag.flag)
                elif flag.state == "rejected":
                    flags.get(flag.code, set()).discard(flag.flag)
            found = [
                task
                for row in earlier.tables.tasks
                for name in sorted(name for name in ids if name is not None)
                if (task := earlier_task(row, name)) is not None
            ]
            tasks = tuple(found) or tasks
        return Previous(
            stars,
            {code: frozenset(names) for code, names in flags.items()},
            tasks,
            reviews=self._reviews(book),
        )

    def _reviews(self, book: Rulebook) -> tuple[PastReview, ...]:
        """The earlier reviews that the book's `review:` measures read, oldest first."""
        asked = {rule.review.id for rule in book.measures.values() if rule.review is not None}
        return tuple(
            _past(earlier, name)
            for earlier in self.archives
            for name in sorted(asked)
            if any(row.rulebook == name for row in earlier.tables.subjects)
        )


def _past(earlier: Earlier, rulebook: str) -> PastReview:
    subjects = [row for row in earlier.tables.subjects if row.rulebook == rulebook]
    items: dict[str, dict[str, Interval]] = {}
    for row in earlier.tables.items:
        if row.rulebook == rulebook:
            ends = Interval(Fraction(row.score_low), Fraction(row.score_high))
            items.setdefault(row.code, {})[row.item] = ends
    totals = {
        row.code: Interval(Fraction(row.total_low), Fraction(row.total_high))
        for row in subjects
        if row.total_low is not None and row.total_high is not None
    }
    stars = {row.code: _star(row.final_star) for row in subjects}
    return PastReview(rulebook, earlier.period, totals, stars, items)


def _star(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdigit() else None


def read_archives(paths: Sequence[Path]) -> Archives:
    """Read earlier archives; they are put in order of the end of their periods."""
    found: list[Earlier] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            if path.stat().st_size > MAX_ARCHIVE_BYTES:
                faults.append(_unusable(path, "文件过大"))
                continue
            data = path.read_bytes()
            bundle = unpack(data, path.name)
            if bundle.full is not None:
                faults.append(_unusable(path, "这是精简档案，不含任务内容，请给完整档案"))
                continue
            tables = read_tables(bundle.results)
        except OSError as error:
            faults.append(_unusable(path, why(error)))
        except ArchiveErrors as error:
            faults.extend(error.faults)
        except MalformedTable as error:
            faults.append(_unusable(path, str(error)))
        else:
            facts = bundle.facts
            until, digest = facts.period_until.isoformat(), content_digest(data, path.name)
            found.append(Earlier(path.name, until, facts.period, facts.cut_off, digest, tables))
    found.sort(key=lambda each: (each.until, each.name))
    return Archives(tuple(found), tuple(faults))


def _unusable(path: Path, reason: str) -> Fault:
    return CODES.fault("A301", Origin(path.name), name=path.name, reason=reason)


# --- previous/previous.json of an archive -------------------------------------------------------------


def previous_document(
    previous: Mapping[str, Previous],
    since: date | None = None,
    archives: Sequence[Earlier] = (),
) -> dict[str, Json]:
    """The facts taken from earlier archives, as they are kept in previous/ (never the archives).

    `since` is the cut-off of the newest; `read_previous` reads the facts back, all of them.
    """
    return {
        "since": None if since is None else since.isoformat(),
        "archives": [
            {"name": each.name, "until": each.until, "digest": each.digest} for each in archives
        ],
        "rulebooks": {book: _facts_document(each) for book, each in sorted(previous.items())},
    }


def _facts_document(previous: Previous) -> dict[str, Json]:
    return {
        "stars": dict(sorted(previous.stars.items())),
        "flags": {code: sorted(names) for code, names in sorted(previous.flags.items())},
        "unknown_stars": sorted(previous.unknown_stars),
        "tasks": [
            {each.name: _plain(getattr(task, each.name)) for each in fields(task)}
            for task in previous.tasks
        ],
        "reviews": [
            {
                "rulebook": past.rulebook,
                "period": past.period,
                "totals": {code: _ends(total) for code, total in sorted(past.totals.items())},
                "stars": dict(sorted(past.stars.items())),
                "items": {
                    code: {item: _ends(score) for item, score in sorted(own.items())}
                    for code, own in sorted(past.items.items())
                },
            }
            for past in previous.reviews
        ],
    }


def _ends(interval: Interval) -> list[str]:
    """Both ends of a score as plain text."""
    assert interval.low is not None
    assert interval.high is not None
    return [plain(interval.low), plain(interval.high)]


def _plain(value: str | date | bool | None) -> Json:
    return value.isoformat() if isinstance(value, date) else value


def read_previous(data: bytes) -> tuple[dict[str, Previous], date | None]:
    """The facts of `previous_document` by rulebook, and the cut-off of the newest archive.

    Bytes that no writer of ours can have written raise ValueError, KeyError or TypeError.
    """
    document = json.loads(data)
    books = {str(book): _facts(each) for book, each in document["rulebooks"].items()}
    return books, _day(document["since"])


def _facts(document: Mapping[str, Any]) -> Previous:
    return Previous(
        stars=dict(document["stars"]),
        flags={code: frozenset(names) for code, names in document["flags"].items()},
        tasks=tuple(_task(each) for each in document["tasks"]),
        unknown_stars=frozenset(document["unknown_stars"]),
        reviews=tuple(_review(each) for each in document["reviews"]),
    )


def _review(document: Mapping[str, Any]) -> PastReview:
    return PastReview(
        document["rulebook"],
        document["period"],
        {code: _interval(ends) for code, ends in document["totals"].items()},
        dict(document["stars"]),
        {
            code: {item: _interval(ends) for item, ends in own.items()}
            for code, own in document["items"].items()
        },
    )


def _interval(ends: Sequence[str]) -> Interval:
    low, high = ends
    return Interval(Fraction(low), Fraction(high))


def _task(document: Mapping[str, Any]) -> EarlierTask:
    days = {name: _day(document[name]) for name in ("due", "issued")}
    return EarlierTask(**{**document, **days})


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
