"""The deadlines of what must be put right: a lower layer may only shorten them (step 15)."""

from __future__ import annotations

from collections.abc import Iterator

from starrating.rulebook.fields import Span
from starrating.rulebook.layers.items import points_asked
from starrating.rulebook.layers.marks import Locks
from starrating.rulebook.layers.movement import DOWN, SAME, UP, Cause, Movement, span, together
from starrating.rulebook.model import Rulebook


def deadlines(base: Rulebook, own: Rulebook, locked: Locks) -> Movement:
    """How the deadlines for locked items and judgements move: UP is longer."""
    return together(_moved(base, own, key) for key in sorted(set(_keys(base, locked))))


def _keys(base: Rulebook, locked: Locks) -> Iterator[str]:
    yield from locked.items
    yield from locked.judgements
    for _, item in base.items():
        if item.id in locked.items:
            yield from points_asked(item)


def _moved(base: Rulebook, own: Rulebook, key: str) -> Movement:
    of_judgement = any(judgement.id == key for judgement in base.judgements)
    if not of_judgement and base.raises_task(key) != own.raises_task(key):
        return _silenced(base, own, key)
    before, after = _within(base, key), _within(own, key)
    if before == after:
        return SAME
    if before is None or after is None:
        moved = DOWN if before is None else UP
    else:
        moved = span(before, after)
    word = key if key in own.rectification else "default"
    what = f"“{key}”的整改期限由 {_told(before)} 改为 {_told(after)}"
    return moved.blame(Cause(base.origin, own.origin, f"rectification/{word}/within", what))


def _silenced(base: Rulebook, own: Rulebook, key: str) -> Movement:
    """A loss that becomes no task any more is the easier way, one that now becomes one the stricter."""
    moved = UP if base.raises_task(key) else DOWN
    word = key if key in own.rectification else "default"
    what = f"“{key}”{'不再列入' if moved is UP else '改为列入'}整改任务"
    return moved.blame(Cause(base.origin, own.origin, f"rectification/{word}/task", what))


def _within(book: Rulebook, key: str) -> Span | None:
    for name in (key, "default"):
        duty = book.rectification.get(name)
        if duty is not None and duty.within is not None:
            return duty.within
    return None


def _told(length: Span | None) -> str:
    if length is None:
        return "（没有写）"
    return f"{length.count} {'working ' * length.working}{length.unit}{'s' * (length.count != 1)}"
