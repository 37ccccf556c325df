"""The order of a review's rulebooks: each after those whose results it reads (step 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from starrating.faults import Fault
from starrating.reviewing.codes import CODES
from starrating.rulebook.model import Measure, Rulebook
from starrating.rulebook.suggest import did_you_mean

_T = TypeVar("_T")


def in_turn(
    given: Iterable[_T], book_of: Callable[[_T], Rulebook]
) -> tuple[tuple[_T, ...], tuple[Fault, ...]]:
    """What carries the rulebooks, in the order of review, and the faults that stop it.

    Screening rulebooks come before those that grade (these read what others flag), and what is
    read before what reads it. R506: rulebooks in a circle; R507: one that is read is not there.
    """
    waiting = sorted(given, key=lambda each: bool(book_of(each).stars))
    faults = lost([book_of(each) for each in waiting], {book_of(each).id for each in waiting})
    done: list[_T] = []
    while waiting:
        open_ = {book_of(each).id for each in waiting}
        ready = next((each for each in waiting if not read_by(book_of(each)) & open_), None)
        if ready is None:
            return tuple(done), (*faults, circle([book_of(each) for each in waiting]))
        waiting.remove(ready)
        done.append(ready)
    return tuple(done), faults


def read_by(book: Rulebook) -> frozenset[str]:
    """The other rulebooks of the same review whose results a rulebook reads."""
    return frozenset(id_ for _, _, id_ in _readings(book))


def _readings(book: Rulebook) -> list[tuple[str, Measure, str]]:
    """The measures that read results of another rulebook: name, measure, the other's id."""
    found = []
    for name, measure in book.measures.items():
        below = measure.subordinates
        if below is not None and below.rulebook is not None and below.rulebook != book.id:
            found.append((name, measure, below.rulebook))
    return found


def circle(books: Sequence[Rulebook]) -> Fault:
    """R506: rulebooks that read each other's results."""
    return CODES.fault("R506", books[0].origin, ids="、".join(book.id for book in books))


def lost(
    books: Iterable[Rulebook], there: Iterable[str], where: str = "这次评定"
) -> tuple[Fault, ...]:
    """R507: a rulebook that is read and is not among those there."""
    known = sorted(there)
    return tuple(
        CODES.fault(
            "R507",
            measure.origin,
            name=name,
            id=id_,
            where=where,
            hint=did_you_mean(id_, known, f"在 plan.yaml 的 rulebooks 里写上 {id_}，或核对编号"),
        )
        for book in books
        for name, measure, id_ in _readings(book)
        if id_ not in known
    )
