"""Who has to be looked at to tell of one organisation: it, and all whom it is compared with.

The result of an organisation rests on its own records and on those of its groups (quotas, ranks,
shares of the best, the lowest, figures of a group) and of what lies below it (steps 5 and 12).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from starrating.batch.codes import BATCH
from starrating.batch.crossing import grouped_by, looks_below
from starrating.batch.parts import NAME, read_roll
from starrating.batch.source import Source
from starrating.batch.table import Unusable
from starrating.engine.kernel.arrays import HELD, Bools, Ints, Texts, Value
from starrating.engine.setting import Setting
from starrating.limits import MAX_TOLD_TOGETHER
from starrating.origin import Origin
from starrating.schema import PARENT

NOBODY = "E307"
"""The code where nobody goes by a name."""


def compared_with(source: Source, settings: Sequence[Setting], subject: str) -> frozenset[str]:
    """The codes and names of an organisation (by its code or name) and of all whom it is compared
    with. Raises Unusable: E307 where nobody goes by that name, E308 where they are too many."""
    columns = {column for each in settings for column in grouped_by(each.book)}
    groups = sorted(each for each in columns if each is not None)
    rolls = [
        read_roll(source, number, settings[0], {*groups, NAME, PARENT})
        for number in range(len(source.parts))
    ]
    codes = [str(code) for roll in rolls for code in roll.codes.to_pylist()]
    names = _joined([roll.values[NAME] for roll in rolls])
    named = [code if name is None else str(name) for code, name in zip(codes, names, strict=True)]
    found = np.array([subject in pair for pair in zip(codes, named, strict=True)], np.bool_)
    if not found.any():
        raise Unusable(BATCH.fault(NOBODY, Origin(source.folder.name), name=subject))
    if None in columns:
        found[:] = True
    numbered = [_numbered(_joined([roll.values[each] for roll in rolls])) for each in groups]
    above = None
    if any(looks_below(each.book) for each in settings):
        above = _superiors(codes, _joined([roll.values[PARENT] for roll in rolls]))
    count = 0
    while count < found.sum() <= MAX_TOLD_TOGETHER:
        count = int(found.sum())
        for group in numbered:
            found |= np.isin(group, group[found])
        if above is not None:
            found |= (above >= 0) & found[above]
    if found.sum() > MAX_TOLD_TOGETHER:
        fault = BATCH.fault("E308", Origin(source.folder.name), name=subject, count=found.sum())
        raise Unusable(fault)
    return frozenset(word for pair in _at(found, codes, named) for word in pair)


def _at(found: Bools, codes: Sequence[str], names: Sequence[str]) -> Iterable[tuple[str, str]]:
    return ((codes[place], names[place]) for place in np.flatnonzero(found).tolist())


def _joined(parts: Sequence[Value]) -> list[object]:
    """The texts of a column of all parts; what is none or unknown is one more text each."""
    return [each for part in parts for each in _words(part)]


def _words(value: Value) -> list[object]:
    assert isinstance(value, Texts)
    words: list[object] = [value.vocabulary[code] if code >= 0 else None for code in value.codes]
    if value.state is None:
        return words
    return [
        word if state == HELD else None
        for word, state in zip(words, value.state.tolist(), strict=True)
    ]


def _numbered(words: Sequence[object]) -> Ints:
    places: dict[object, int] = {}
    return np.array([places.setdefault(word, len(places)) for word in words], np.int64)


def _superiors(codes: Sequence[str], above: Sequence[object]) -> Ints:
    """The place of each organisation's superior, -1 where it is not on the roll."""
    place: dict[object, int] = {code: number for number, code in enumerate(codes)}
    return np.array([place.get(word, -1) for word in above], np.int64)
