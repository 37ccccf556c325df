"""Losses by the key of their task: several of one key are one task (step 15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from starrating.engine.kernel.arrays import Bools, Ints, repeated
from starrating.engine.kernel.tasks.columns import Codes
from starrating.engine.kernel.tasks.losses import Lost
from starrating.engine.kernel.values.alike import gathered
from starrating.engine.tasks.ledgers import length_of
from starrating.engine.tasks.model import Loss, LossKind
from starrating.rulebook.model import Judgement


@dataclass(frozen=True, slots=True)
class Told:
    """What a task tells of its losses: the item, and the rest of its findings' ids."""

    item: str | None = None
    findings: tuple[str, ...] = ()

    @property
    def text(self) -> str | None:
        """The findings as one text."""
        return "; ".join(self.findings) or None


@dataclass(frozen=True, eq=False)
class Keyed:
    """Who has a loss of one key at one place in the rulebook: `asks` is that loss as it is
    nobody's in particular, `told` are places among `tells`; points where any are lost."""

    asks: Loss
    subject: Ints
    told: Codes
    tells: Sequence[Told]
    points: Ints | None = None

    def at(self, places: Bools) -> Keyed:
        """The losses at these places."""
        if places.all():
            return self
        points = None if self.points is None else self.points[places]
        return replace(
            self, subject=self.subject[places], told=gathered(self.told, places), points=points
        )

    def losses(self, codes: Sequence[str]) -> Iterator[Loss]:
        """The same one by one, as the organisations' own."""
        for subject, number in zip(self.subject.tolist(), self.told.tolist(), strict=True):
            code, told = codes[subject], self.tells[number]
            findings = tuple(f"{code}-{each}" for each in told.findings)
            yield replace(self.asks, code=code, item=told.item, findings=findings)


def of_items(lost: Iterable[Lost], place: Ints) -> Iterator[Keyed]:
    """The losses of items and check points, of the subjects at these places; the findings of one
    key in the order of the sheet."""
    by_key: dict[tuple[LossKind, str], list[Lost]] = {}
    for each in lost:
        kind = LossKind.ITEM if each.point is None else LossKind.POINT
        by_key.setdefault((kind, each.point or each.item), []).append(each)
    for (kind, name), own in by_key.items():
        if kind is LossKind.POINT:
            own.sort(key=lambda each: (each.order, each.finding or ""))
        yield from _united(Loss("", kind, name), own, place)


def _united(asks: Loss, lost: Sequence[Lost], place: Ints) -> Iterator[Keyed]:
    """The losses of one key together, by the place of the first of each subject."""
    if len(lost) == 1:
        (one,) = lost
        told = repeated(np.int32(0), len(one.subject))
        asks = replace(asks, order=one.order)
        yield Keyed(asks, place[one.subject], told, (_told(lost),), one.points)
        return
    which, points = np.zeros(len(place), np.int32), np.zeros(len(place), np.int64)
    united: list[tuple[Lost, ...]] = [()]
    for each in lost:
        before = which[each.subject]
        after = np.zeros(len(united), np.int32)
        for number in np.flatnonzero(np.bincount(before)).tolist():
            after[number] = len(united)
            united.append((*united[number], each))
        which[each.subject] = after[before]
        points[each.subject] += each.points
    orders = np.array([-1, *(own[0].order for own in united[1:])])
    tells = [_told(own) for own in united]
    for order in sorted({*orders[1:].tolist()}):
        subject = np.flatnonzero((orders == order)[which])
        yield Keyed(
            replace(asks, order=order), place[subject], which[subject], tells, points[subject]
        )


def _told(lost: Sequence[Lost]) -> Told:
    names = (each.finding for each in lost)
    return Told(lost[0].item if lost else None, tuple(name for name in names if name is not None))


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
        subject = place[np.flatnonzero(sure if gone is None else sure & ~gone)]
        asks = Loss(
            "",
            LossKind.JUDGEMENT,
            judgement.id,
            order,
            task=then.task,
            within=length_of(then.within),
            owner=then.owner,
            flag=then.flag,
            task_kind=then.kind,
        )
        yield Keyed(asks, subject, repeated(np.int32(0), len(subject)), (Told(),))
