"""Losses by the key of their task: several of one key are one task (step 15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from starrating.engine.kernel.arrays import Bools, Ints
from starrating.engine.kernel.tasks.columns import Coded
from starrating.engine.kernel.tasks.losses import Lost
from starrating.engine.ledgers import length_of
from starrating.engine.task_model import Loss, LossKind
from starrating.rulebook.model import Judgement

_BITS = 30
"""Truths that are looked at as one whole number."""


@dataclass(frozen=True, eq=False)
class Keyed:
    """Who has a loss of one key: `asks` is that loss as it is nobody's in particular. `item` and
    `findings` are codes, `order` the loss's place in the rulebook, points -1 where none are lost."""

    asks: Loss
    subject: Ints
    order: Ints
    item: Coded
    findings: Coded
    points: Ints

    def at(self, places: Ints | Bools) -> Keyed:
        """The losses at these places."""
        return Keyed(
            self.asks,
            self.subject[places],
            self.order[places],
            (self.item[0][places], self.item[1]),
            (self.findings[0][places], self.findings[1]),
            self.points[places],
        )

    def losses(self, codes: Sequence[str]) -> Iterator[Loss]:
        """The same one by one, as the organisations' own."""
        asks, (items, item_words), (findings, words) = self.asks, self.item, self.findings
        for place, subject in enumerate(self.subject.tolist()):
            told = words[findings[place]].split("; ") if findings[place] >= 0 else ()
            yield Loss(
                codes[subject],
                asks.kind,
                asks.name,
                int(self.order[place]),
                item=item_words[items[place]] if items[place] >= 0 else None,
                findings=tuple(f"{codes[subject]}-{each}" for each in told),
                task=asks.task,
                within=asks.within,
                owner=asks.owner,
                flag=asks.flag,
                task_kind=asks.task_kind,
            )


def of_items(lost: Iterable[Lost]) -> Iterator[Keyed]:
    """The losses of items and check points; the findings of one key in the order of the sheet."""
    by_key: dict[Loss, list[Lost]] = {}
    for each in lost:
        kind = LossKind.ITEM if each.point is None else LossKind.POINT
        by_key.setdefault(Loss("", kind, each.point or each.item), []).append(each)
    for asks, own in by_key.items():
        if asks.kind is LossKind.POINT:
            own.sort(key=lambda each: (each.order, each.finding or ""))
        yield _united(asks, own)


def _united(asks: Loss, lost: Sequence[Lost]) -> Keyed:
    places: dict[tuple[int, int, str | None], int] = {}
    for each in lost:
        places.setdefault((each.order, each.reading, each.finding), len(places))
    subject = np.concatenate([each.subject for each in lost])
    points = np.concatenate([each.points for each in lost])
    sizes = [len(each.subject) for each in lost]
    column = np.repeat([places[each.order, each.reading, each.finding] for each in lost], sizes)
    subject, first = np.unique(subject * len(places) + column, return_index=True)
    points, column = points[first], subject % len(places)
    subject, starts, row = np.unique(subject // len(places), return_index=True, return_inverse=True)
    has = np.zeros((len(subject), len(places)), np.bool_)
    has[row, column] = True
    leading = has.argmax(axis=1)
    orders = np.array([order for order, _, _ in places])
    items = {each.order: each.item for each in lost}
    words = [items[order] for order, _, _ in places]
    return Keyed(
        asks,
        subject,
        orders[leading],
        (leading, words),
        _findings(has, [finding for _, _, finding in places]),
        np.add.reduceat(points, starts),
    )


def _findings(has: Bools, names: Sequence[str | None]) -> Coded:
    """Each row's findings as one text; distinct rows are written once."""
    first, codes = _distinct(has)
    texts = [
        "; ".join(name for name, there in zip(names, row, strict=True) if there and name)
        for row in has[first].tolist()
    ]
    empty = np.array([not text for text in texts])
    return np.where(empty[codes], -1, codes), texts


def _distinct(has: Bools) -> tuple[Ints, Ints]:
    """The first of each distinct row, and which of these every row is."""
    codes, first = np.zeros(len(has), np.int64), np.zeros(1, np.int64)
    for start in range(0, has.shape[1], _BITS):
        some = has[:, start : start + _BITS]
        bits = some @ (1 << np.arange(some.shape[1], dtype=np.int64))
        _, first, codes = np.unique((codes << _BITS) + bits, return_index=True, return_inverse=True)
    return first, codes


def of_judgements(
    fired: Iterable[tuple[Judgement, Bools | None]],
    first: int,
    rejected: Mapping[str, Bools],
    place: Ints,
) -> Iterator[Keyed]:
    """The tasks that sure judgements add, ordered from `first` on, to the subjects at these places;
    a flag that people rejected adds none."""
    for order, (judgement, sure) in enumerate(fired, start=first):
        then = judgement.then
        if then.task is None or sure is None:
            continue
        gone = rejected.get(then.flag) if then.flag is not None else None
        own = sure if gone is None else sure & ~gone
        if not own.any():
            continue
        subject = place[np.flatnonzero(own)]
        none = np.full(len(subject), -1, np.int64)
        asks = Loss(
            "",
            LossKind.JUDGEMENT,
            judgement.id,
            task=then.task,
            within=length_of(then.within),
            owner=then.owner,
            flag=then.flag,
            task_kind=then.kind,
        )
        yield Keyed(asks, subject, np.full(len(subject), order), (none, ()), (none, ()), none)
