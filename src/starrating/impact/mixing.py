"""One item under a mixture of old and new rules: which clauses are old, which new (step 6).

The effects of every clause are those that the evaluators found, each under its own rules; only
what follows from them is computed again.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from starrating.engine.clauses import effects
from starrating.engine.effect import Effect
from starrating.engine.facts import SubjectFacts
from starrating.engine.items import Scored, score_from
from starrating.engine.roles import role_of, span
from starrating.lean import dataclass
from starrating.rulebook.model import Clause, Item, Section
from starrating.rulediff.align import pair_clauses
from starrating.rulediff.net import Versions
from starrating.rulediff.reads import Reads

HEAD, REST, WHOLE = -1, -2, -3
"""The players that are no clause: the item's own words, what holds for the whole rulebook, and
the item as one block."""

MAX_PLAYERS = 8
"""Changed clauses of one item up to which each has its own part."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One clause in both versions, by its place there; `player` where it changed."""

    old: int | None
    new: int | None
    player: int | None


class Slots:
    """The clauses of items aligned, and which of them changed: each item is aligned once."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._reads = Reads(versions.old), Reads(versions.new)
        self._known: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[Slot, ...]] = {}
        self._anew = frozenset(
            name
            for word in ("measures", "lists")
            for old, new in [(getattr(versions.old, word), getattr(versions.new, word))]
            for name in {**old, **new}
            if not versions.same(old.get(name), new.get(name))
        )

    def of(self, old: Item, new: Item) -> tuple[Slot, ...]:
        """The slots of an item as it reads for one organisation."""
        key = tuple(map(id, old.clauses)), tuple(map(id, new.clauses))
        if key not in self._known:
            self._known[key] = tuple(self._aligned(old, new))
        return self._known[key]

    def _aligned(self, old: Item, new: Item) -> Iterator[Slot]:
        before = {id(clause): n for n, clause in enumerate(old.clauses)}
        after = {id(clause): n for n, clause in enumerate(new.clauses)}
        books = self._versions
        pairs = pair_clauses(books.old, old.clauses, books.new, new.clauses)
        for player, (one, two) in enumerate(pairs):
            yield Slot(
                None if one is None else before[id(one)],
                None if two is None else after[id(two)],
                player if self._changed(one, two) else None,
            )

    def _changed(self, old: Clause | None, new: Clause | None) -> bool:
        if old is None or new is None or not self._versions.same(old, new):
            return True
        return bool(self._anew & (self._reads[0].of(old) | self._reads[1].of(new)))


@dataclass(frozen=True, slots=True)
class Placed:
    """One item of one organisation under one version: where it stands, its facts, its score."""

    section: Section
    facts: SubjectFacts
    scored: Scored

    @property
    def item(self) -> Item:
        """The item as it reads for the organisation."""
        return self.scored.item

    @property
    def one_reading(self) -> bool:
        """Whether it is known which variant reads."""
        return len(self.scored.effects) == len(self.item.clauses)


class Mixed:
    """One item of one organisation, old and new, in any mixture."""

    def __init__(self, slots: tuple[Slot, ...], old: Placed, new: Placed) -> None:
        self.slots, self.old, self.new = slots, old, new
        self._effects: dict[tuple[bool, Fraction | None], tuple[Effect, ...]] = {}

    def players(self) -> tuple[int, ...]:
        """The changes that move this organisation's score, or could; clauses that do the same
        under both versions are none."""
        pairs = [(slot, self._own(slot)) for slot in self.slots]
        found = [
            slot.player
            for slot, (old, new) in pairs
            if slot.player is not None and _acts(old) != _acts(new)
        ]
        if any(slot.player is None and _acts(old) != _acts(new) for slot, (old, new) in pairs):
            found.append(REST)
        if not _alike(self.score(frozenset((*found, REST))), self.new.scored):
            found.append(HEAD)
        return tuple(found)

    def _own(self, slot: Slot) -> tuple[Effect | None, Effect | None]:
        old, new = self.old.scored.effects, self.new.scored.effects
        return (
            None if slot.old is None else old[slot.old],
            None if slot.new is None else new[slot.new],
        )

    def score(self, chosen: frozenset[int]) -> Scored:
        """The item where the chosen players are new and the others old."""
        head = self.new if HEAD in chosen else self.old
        kept = list(self._kept(chosen))
        clauses = tuple((self.new if new else self.old).item.clauses[n] for new, n in kept)
        item = head.item.model_copy(update={"clauses": clauses})
        most = span(head.section, item, role_of(head.section, item))
        found = tuple(self._found(new, most)[n] for new, n in kept)
        return score_from(head.facts, head.section, item, found)

    def _kept(self, chosen: frozenset[int]) -> Iterator[tuple[bool, int]]:
        """(of the new version, place there) of each clause that stands in the mixture."""
        for slot in self.slots:
            new = (REST if slot.player is None else slot.player) in chosen
            place = slot.new if new else slot.old
            if place is not None:
                yield new, place

    def _found(self, new: bool, most: Fraction | None) -> tuple[Effect, ...]:
        """The effects of all clauses of one version; those found already where the most that an
        unbounded quantity can take is the same."""
        own = self.new if new else self.old
        if most == span(own.section, own.item, role_of(own.section, own.item)):
            return own.scored.effects
        key = new, most
        if key not in self._effects:
            self._effects[key] = effects(own.facts, own.item, most)
        return self._effects[key]


def _acts(effect: Effect | None) -> object:
    """What an effect does to the score, whatever it is called."""
    if effect is None or not effect.applies:
        return effect is not None
    inner = tuple(_acts(part) for part in effect.inner)
    return (
        effect.form, effect.when, effect.gain, effect.sets, effect.final, effect.up_to, inner
    )  # fmt: skip


def _alike(one: Scored, two: Scored) -> bool:
    """Whether two scores count alike in their section."""
    return what_counts(one) == what_counts(two)


def what_counts(scored: Scored) -> object:
    """All of a score that its section reads."""
    return scored.role, scored.applies, scored.inside, scored.out, scored.score, scored.points
