"""How far long work is: told wherever it is done, heard by whoever listens; by default nobody.

Telling never changes what is computed, and costs one call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

Each = TypeVar("Each")
Listener = Callable[[str, int, int, str], None]
"""Told (what is done, how much of it is done, how much there is, the unit)."""


def _nobody(_what: str, _done: int, _all: int, _unit: str) -> None:
    """Hear nothing."""


_listeners: list[Listener] = [_nobody]


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Let a listener hear of all work of this process meanwhile, and nobody who listened before."""

    def own(what: str, done: int, all_: int, unit: str) -> None:
        listener(what, done, all_, unit)

    _listeners.append(own)
    try:
        yield
    finally:
        _listeners.remove(own)


def tell(what: str, done: int, all_: int, unit: str = "个") -> None:
    """Say how far a piece of work is."""
    _listeners[-1](what, done, all_, unit)


def counted(what: str, things: Sequence[Each], unit: str = "个") -> Iterator[Each]:
    """The things one by one; how many are done is told before each, and at the end.

    What is done for one of them is not told: who waits wants to know how far the whole is.
    """
    for number, each in enumerate(things):
        tell(what, number, len(things), unit)
        with listening(_nobody):
            yield each
    tell(what, len(things), len(things), unit)
