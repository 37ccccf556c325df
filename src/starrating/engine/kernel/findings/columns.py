"""Findings as columns of codes: what each row says, before anybody reads it as a sentence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from starrating.engine.kernel.arrays import HELD, Bools, Exact, Ints, Numbers
from starrating.engine.kernel.scoring.effect import end_of
from starrating.engine.kernel.values.exact import aligned


@dataclass(frozen=True, slots=True)
class Node:
    """Where in the rulebook findings come from: an item's clause, a section, a judgement, or the
    way to the star, with the kind of the finding (step 14)."""

    kind: str
    item: str | None = None
    clause: str | None = None
    section: str | None = None
    judgement: str | None = None
    """A judgement, or the flag that people confirmed though none raised it."""


@dataclass(frozen=True, eq=False)
class FindingColumns:
    """One row a finding, in the order of findings.csv: by subject, then as the sheet has it.

    `node` and `message` are codes into `nodes` and `messages`. Points are `low / den` where facts
    are low and `high / den` where they are high, as they act on the total; `counted / counted_den`
    is the quantity, where `has_quantity`. `has_points` is false on the way to the star.
    """

    nodes: tuple[Node, ...]
    messages: tuple[str, ...]
    subject: Ints
    node: Ints
    message: Ints
    low: Ints
    high: Ints
    den: Ints
    has_points: Bools
    counted: Ints
    counted_den: Ints
    has_quantity: Bools

    def __len__(self) -> int:
        return len(self.subject)


class Sink:
    """Gathers findings block by block."""

    def __init__(self) -> None:
        self.nodes: dict[Node, int] = {}
        self.messages: dict[str, int] = {}
        self._blocks: list[tuple[Ints, ...]] = []

    def message(self, code: str) -> int:
        """The code of a sentence."""
        return self.messages.setdefault(code, len(self.messages))

    def add(
        self,
        node: Node,
        subject: Ints,
        order: Ints,
        message: Ints | int,
        points: tuple[Exact, Exact] | None = None,
        quantity: Numbers | None = None,
        *,
        most: bool = False,
    ) -> None:
        """Rows of one node for these subjects; `points` and `quantity` are of all subjects.

        `order` tells the rows of a subject apart. Of an open quantity the row tells the most where
        `most` holds, else the least.
        """
        if not len(subject):
            return
        count = len(subject)
        number = self.nodes.setdefault(node, len(self.nodes))
        low, high, den = _points(points, subject)
        counted, counted_den, told = _counted(quantity, subject, most=most)
        self._blocks.append(
            (
                subject,
                _full(order, count),
                _full(number, count),
                _full(message, count),
                low,
                high,
                den,
                _full(points is not None, count),
                counted,
                counted_den,
                told,
            )
        )

    def columns(self) -> FindingColumns:
        """All rows, in order."""
        parts = [np.concatenate(each) for each in zip(*self._blocks, strict=True)]
        if not parts:
            parts = [np.zeros(0, np.int64)] * 11
        order = np.lexsort((parts[1], parts[0]))
        subject, _, node, message, low, high, den, has, counted, counted_den, told = (
            each[order] for each in parts
        )
        return FindingColumns(
            tuple(self.nodes),
            tuple(self.messages),
            subject,
            node,
            message,
            low,
            high,
            den,
            has != 0,
            counted,
            counted_den,
            told != 0,
        )


def _full(value: Ints | int | bool, count: int) -> Ints:
    return np.broadcast_to(np.asarray(value, np.int64), (count,))


def _points(points: tuple[Exact, Exact] | None, subject: Ints) -> tuple[Ints, Ints, Ints]:
    count = len(subject)
    if points is None:
        return _full(0, count), _full(0, count), _full(1, count)
    low, high, den, _ = aligned(points[0].take(subject), points[1].take(subject))
    return low, high, _full(den, count)


def _counted(quantity: Numbers | None, subject: Ints, *, most: bool) -> tuple[Ints, Ints, Ints]:
    count = len(subject)
    if quantity is None:
        return _full(0, count), _full(1, count), _full(0, count)
    own = quantity.take(subject)
    end = end_of(own, high=most)
    # Where there is no least nothing is told; the least serves where there is no most.
    gone = _nowhere(count) if own.no_low is None else own.no_low
    if most:
        gone = gone & (_nowhere(count) if own.no_high is None else own.no_high)
    told = ~gone if own.state is None else ~gone & (own.state == HELD)
    return end.num, _full(end.den, count), told.astype(np.int64)


def _nowhere(count: int) -> Bools:
    return np.zeros(count, bool)
