"""Organisations whose tasks have a story: rows of 整改台账, tasks of earlier reviews (step 15).

Such a task may be carried over, split, extended or closed: it is written by `engine/rectify`, row
by row, as are the tasks of an organisation that gives two problems one number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

import numpy as np

from starrating.engine.kernel.arrays import Bools, Ints
from starrating.engine.kernel.part import Part
from starrating.engine.kernel.tasks.columns import Coded, Form, TaskSink
from starrating.engine.kernel.tasks.problems import FIRST, Problems, days_of, texts_of
from starrating.engine.tasks.ledgers import subject_of
from starrating.engine.tasks.model import EarlierTask, Loss, LossKind
from starrating.engine.tasks.status import LedgerEntry
from starrating.results.model import TaskRow
from starrating.schema import LEDGER

_UNNUMBERED = "\0"
"""Begins the stand-in for a 问题编号 that is missing."""


def ledger_of(part: Part) -> tuple[LedgerEntry, ...]:
    """The rows of 整改台账 of a part."""
    rows = part.rows(LEDGER)
    if not rows.n:
        return ()
    day = {name: _days(days_of(rows, name)) for name in _DAYS}
    text = {name: _words(texts_of(rows, name)) for name in _TEXTS}
    return tuple(
        LedgerEntry(
            number=number,
            due=day["整改时限"][row],
            extended_to=day["延期至"][row],
            approved=text["延期批准"][row],
            done=day["完成日期"][row],
            accepted=day["验收日期"][row],
            closed=day["销号日期"][row],
            progress=text["整改进展"][row],
            note=text["备注"][row],
        )
        for row, number in enumerate(text["任务编号"])
        if number is not None
    )


_DAYS = ("整改时限", "延期至", "完成日期", "验收日期", "销号日期")
_TEXTS = ("任务编号", "延期批准", "整改进展", "备注")


class Roll(Mapping[str, int]):
    """Where each organisation of a part stands; told only once somebody is looked up."""

    def __init__(self, codes: Sequence[str]) -> None:
        self._codes = codes

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self._codes)}

    def __getitem__(self, code: str) -> int:
        return self._places[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)


def storied(
    places: Mapping[str, int],
    ledger: Iterable[LedgerEntry],
    earlier: Iterable[EarlierTask],
    problems: Problems,
    keys: Collection[str],
    rulebook: str,
) -> Bools:
    """Which organisations of the roll have a story; `places` tells where on it each code stands,
    `keys` are those of losses beside problems."""
    found = np.zeros(len(places), np.bool_)
    for entry in ledger:
        named = subject_of(entry.number, places, rulebook)
        if named is not None:
            found[places[named[1]]] = True
    for task in earlier:
        if task.code in places:
            found[places[task.code]] = True
    found[problems.subject[problems.named_alike(keys)]] = True
    return found


def problem_losses(problems: Problems, codes: Sequence[str], own: Ints) -> Iterator[Loss]:
    """The open ones of these problems one by one; one without a number has a name that no other
    has."""
    at = own[problems.open[own]]
    told = problems.at(at)
    number, due = _words((told.number, told.numbers)), _days(told.due)
    for row, place in enumerate(at.tolist()):
        name = number[row] or f"{_UNNUMBERED}{place}"
        code = codes[told.subject[row]]
        yield Loss(code, LossKind.PROBLEM, name, FIRST + place, due=due[row])


def problem_entries(problems: Problems, codes: Sequence[str], own: Ints) -> Iterator[LedgerEntry]:
    """What 问题清单 tells of these problems."""
    told = problems.at(own)
    number = _words((told.number, told.numbers))
    progress = _words((told.progress, told.words))
    done, closed = _days(told.done), _days(told.closed)
    for row, name in enumerate(number):
        if name is not None:
            yield LedgerEntry(
                name,
                done=done[row],
                closed=closed[row],
                progress=progress[row],
                problem_of=codes[told.subject[row]],
            )


def add_rows(
    sink: TaskSink,
    rows: Sequence[TaskRow],
    places: Mapping[str, int],
    prefix: str,
    points: Mapping[tuple[str, str], int],
) -> None:
    """Add tasks that are written; `points` are those lost, by organisation and key."""
    keys = [_key(row, prefix) for row in rows]
    lost = [points.get((row.code, key or ""), -1) for row, key in zip(rows, keys, strict=True)]
    sink.add(
        0,
        np.array([places[row.code] for row in rows], np.int64),
        _coded(keys),
        np.arange(len(rows)),
        [Form.of(row, row.item, _bare(row)) for row in rows],
        np.array(lost, np.int64),
    )


def _key(row: TaskRow, prefix: str) -> str | None:
    key = row.task.removeprefix(f"{prefix}-{row.code}-")
    return None if key.startswith(_UNNUMBERED) else key


def _bare(row: TaskRow) -> str | None:
    """The findings without the organisation's code, which begins each."""
    if row.findings is None:
        return None
    return "; ".join(each.removeprefix(f"{row.code}-") for each in row.findings.split("; "))


def _coded(texts: Iterable[str | None]) -> Coded:
    words: dict[str, int] = {}
    codes = [-1 if text is None else words.setdefault(text, len(words)) for text in texts]
    return np.array(codes, np.int64), tuple(words)


def _days(ordinals: Ints) -> list[date | None]:
    return [date.fromordinal(day) if day else None for day in ordinals.tolist()]


def _words(coded: Coded) -> list[str | None]:
    codes, words = coded
    return [words[code] if code >= 0 else None for code in codes.tolist()]
