"""Which parts of two versions are the same part: by id where there is one, else by best alignment."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from starrating.rulebook import expressions as ex
from starrating.rulebook.meaning import digest, part
from starrating.rulebook.model import Clause, Item, Rulebook, Section

Part = TypeVar("Part")
Pair = tuple[Part | None, Part | None]
"""(old, new); None where the other side has nothing like it."""

_ALIKE = 0.55
"""How alike two clauses that read different facts must be written to be one clause."""


def pair_by(
    old: Sequence[Part], new: Sequence[Part], *keys: Callable[[Part], Hashable]
) -> list[Pair[Part]]:
    """Pair what has the same key, by the first key first; of equal keys those written first.

    In the order of `new`, with what only `old` has behind the part that it followed.
    """
    free, matched = list(range(len(old))), {}
    for key in keys:
        for place, each in enumerate(new):
            if place in matched:
                continue
            mate = next((n for n in free if key(old[n]) == key(each)), None)
            if mate is not None:
                matched[place] = mate
                free.remove(mate)
    return _in_order(old, new, matched)


def _in_order(
    old: Sequence[Part], new: Sequence[Part], matched: dict[int, int]
) -> list[Pair[Part]]:
    gone = [n for n in range(len(old)) if n not in matched.values()]
    found: list[tuple[tuple[int, int, int], Pair[Part]]] = []
    place_of = {mate: place for place, mate in matched.items()}
    for place, each in enumerate(new):
        mate = matched.get(place)
        found.append(((place, 0, 0), (None if mate is None else old[mate], each)))
    for n in gone:
        before = max((place_of[m] for m in place_of if m < n), default=-1)
        found.append(((before, 1, n), (old[n], None)))
    return [pair for _, pair in sorted(found, key=lambda entry: entry[0])]


def reordered(pairs: Iterable[Pair[Part]], old: Sequence[Part]) -> bool:
    """Whether parts that both sides have stand in another order."""
    places = {id(each): place for place, each in enumerate(old)}
    both = [places[id(one)] for one, two in pairs if one is not None and two is not None]
    return both != sorted(both)


# --- clauses ----------------------------------------------------------------------------------------


def pair_clauses(
    old_book: Rulebook, old: Sequence[Clause], new_book: Rulebook, new: Sequence[Clause]
) -> list[Pair[Clause]]:
    """Clauses of one item: the same, then of one shape over the same facts, then written alike."""
    whole = {id(clause): digest(part(clause, old_book.lists)) for clause in old}
    whole |= {id(clause): digest(part(clause, new_book.lists)) for clause in new}
    shape = {id(clause): _shape(clause) for clause in (*old, *new)}
    facts = {id(clause): (clause.form, _facts(clause)) for clause in (*old, *new)}
    pairs = pair_by(
        old, new, lambda each: whole[id(each)], lambda each: shape[id(each)],
        lambda each: facts[id(each)] if facts[id(each)][1] else id(each),
    )  # fmt: skip
    return _like_ones(pairs, old, new)


def _like_ones(
    pairs: list[Pair[Clause]], old: Sequence[Clause], new: Sequence[Clause]
) -> list[Pair[Clause]]:
    """The leftovers paired where form and wording are near, nearest first."""
    gone = [one for one, two in pairs if one is not None and two is None]
    come = [two for one, two in pairs if one is None and two is not None]
    ranked = sorted(
        (
            (-_likeness(one, two), n, m)
            for n, one in enumerate(gone)
            for m, two in enumerate(come)
            if one.form == two.form
        )
    )
    mates: dict[int, int] = {}
    for unlike, n, m in ranked:
        if -unlike >= _ALIKE and n not in mates and m not in mates.values():
            mates[n] = m
    matched = {id(two): one for one, two in pairs if one is not None and two is not None}
    matched |= {id(come[m]): gone[n] for n, m in mates.items()}
    places = {id(each): n for n, each in enumerate(old)}
    by_place = {
        n: places[id(matched[id(each)])] for n, each in enumerate(new) if id(each) in matched
    }
    return _in_order(old, new, by_place)


def _likeness(one: Clause, two: Clause) -> float:
    shared = _facts(one) & _facts(two)
    written = SequenceMatcher(None, _written(one), _written(two), autojunk=False).ratio()
    return max(written, 0.9 if shared else 0.0)


def _written(clause: Clause) -> str:
    return repr(part(clause))


def _shape(clause: Clause) -> Hashable:
    """The form of a clause with all that it reads, without its numbers."""
    written = tuple(
        name
        for name in ("if_", "per", "by", "every", "below", "above", "bands", "table")
        if getattr(clause, name) is not None
    )
    return (
        clause.form,
        written,
        isinstance(clause.amount, dict),
        _facts(clause),
        len(clause.inner()),
    )


def _facts(clause: Clause) -> frozenset[str]:
    """The names, check points and lists that a clause reads."""
    amount = clause.amount
    found = set(amount) if isinstance(amount, dict) and clause.by is None else set()
    found |= {clause.by} if clause.by is not None else set()
    held = [clause.if_, clause.per, clause.of, clause.below, clause.above]
    held += [clause.bands.of] if clause.bands is not None else []
    held += clause.table.of if clause.table is not None else ()
    for expr in held:
        if expr is not None:
            found |= set(named_in(expr))
    for each in clause.inner():
        found |= _facts(each)
    return frozenset(found)


def named_in(expr: ex.Expr) -> Iterable[str]:
    """Every name, check point, list and flag that an expression reads."""
    for leaf in ex.walk(expr):
        for word in ("name", "point", "list", "flag", "item"):
            held = getattr(leaf, word, None)
            if isinstance(held, str):
                yield held
        if isinstance(leaf, ex.Text) and leaf.bare:
            yield leaf.value


# --- sections and items -----------------------------------------------------------------------------


def pair_sections(old: Sequence[Section], new: Sequence[Section]) -> list[Pair[Section]]:
    """Sections by title; one that was renamed by the items it shares with the old one."""
    pairs = pair_by(old, new, lambda each: each.title)
    gone = [one for one, two in pairs if one is not None and two is None]
    come = [two for one, two in pairs if one is None and two is not None]
    mates: dict[int, int] = {}
    places = {id(each): n for n, each in enumerate(old)}
    for two in come:
        ids = {item.id for item in two.items}
        best = max(gone, key=lambda one: len(ids & {i.id for i in one.items}), default=None)
        if best is not None and len(ids & {i.id for i in best.items}) * 2 >= max(len(ids), 1):
            mates[id(two)] = places[id(best)]
            gone.remove(best)
    by_title = {
        two.title: places[id(one)] for one, two in pairs if one is not None and two is not None
    }
    matched = {n: by_title.get(each.title, mates.get(id(each), -1)) for n, each in enumerate(new)}
    return _in_order(old, new, {n: mate for n, mate in matched.items() if mate >= 0})


def items_of(book: Rulebook) -> dict[str, tuple[Section, Item]]:
    """The items with their sections by id."""
    return {item.id: (section, item) for section, item in book.items()}
