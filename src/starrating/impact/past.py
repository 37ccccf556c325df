"""Past reviews out of their archives, run again under one version or another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from starrating.archive.bundle import Bundle, unpack, verify
from starrating.archive.zipform import ArchiveErrors
from starrating.engine.evaluation import Evaluation
from starrating.faults import Fault
from starrating.lean import dataclass
from starrating.limits import MAX_ARCHIVE_BYTES
from starrating.reviewing.asked import Lacking, lacking
from starrating.reviewing.evaluations import evaluated
from starrating.reviewing.ground import Ground
from starrating.reviewing.restored import Unusable, restored, under, unusable
from starrating.rulebook.meaning import digest, meaning
from starrating.rulebook.model import Rulebook

Evaluate = Callable[[Ground, Mapping[str, Evaluation]], tuple[Evaluation, ...]]
"""All rulebooks of a ground evaluated; rulebooks of the mapping have their items scored already.
`reviewing.evaluations.evaluated` is one; a faster one may stand in its place."""

_AFTER_ITEMS = frozenset(
    ("id", "version", "title", "issued", "in_force", "continues", "extends", "stars",
     "one_per_section", "lagging", "total", "total_cap", "total_floor", "points", "judgements",
     "rectification", "row_checks")
)  # fmt: skip
"""Words of a rulebook that no item's score depends on."""


@dataclass(frozen=True)
class Past:
    """One archive: its name, what it holds, and the ground of its review."""

    name: str
    bundle: Bundle
    ground: Ground

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
        ground = under(self.bundle, self.ground, tuple(books))
        gone = self.lacking(book)
        return replace(ground, unasked={book.id: gone.points}, unkept={book.id: gone.measures})

    def lacking(self, book: Rulebook) -> Lacking:
        """What `book` asks for that neither the review's own rules nor its records know of."""
        return lacking(book, [own for own, _, _ in self.ground.books], self.ground.records)


def open_past(path: Path) -> Past:
    """Open and verify an archive, and restore its ground; raises Unusable."""
    name = path.name
    try:
        if path.stat().st_size > MAX_ARCHIVE_BYTES:
            raise Unusable(unusable(name, "文件过大"))
        data = path.read_bytes()
    except OSError as error:
        raise Unusable(unusable(name, error.strerror or "读不了")) from None
    try:
        bundle = unpack(data, name)
    except ArchiveErrors as error:
        raise Unusable(*error.faults) from None
    wrong: list[Fault] = list(verify(data, name))
    if wrong:
        raise Unusable(*wrong)
    return Past(name, bundle, restored(bundle, name))


class Runs:
    """One place of a past review under several versions; what has been scored is not scored
    again."""

    def __init__(self, past: Past, place: int, evaluate: Evaluate = evaluated) -> None:
        self.past, self.place = past, place
        self._evaluate = evaluate
        self._done: dict[str, tuple[Evaluation, ...]] = {}

    def of(self, book: Rulebook) -> tuple[Evaluation, ...]:
        """The evaluations of all rulebooks of the review with `book` in its place."""
        ground = self.past.under(book, self.place)
        scored: dict[str, Evaluation] = {}
        for evaluations in self._done.values():
            if evaluations[0].setting.schema == ground.records.schema:
                earlier = enumerate(ground.books[: self.place])
                scored |= {each.id: evaluations[n] for n, (each, _, _) in earlier}
        alike = self._what_scores(book)
        if alike in self._done:
            scored[book.id] = self._done[alike][self.place]
        found = self._evaluate(ground, scored)
        self._done.setdefault(alike, found)
        return found

    def _what_scores(self, book: Rulebook) -> str:
        """A digest of all that items' scores depend on."""
        kept = {word: each for word, each in meaning(book).items() if word not in _AFTER_ITEMS}
        moves = kept.get("moves", {})
        assert isinstance(moves, Mapping)
        kept["moves"] = {w: each for w, each in moves.items() if w in ("after_merger", "succeeds")}
        return digest([book.id, *self.past.lacking(book).listed(), kept])
