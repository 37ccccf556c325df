"""Tasks as columns of codes, in the order of tasks.csv (step 15).

Thousands of tasks say the same but for whose they are: what they say is a `Form`, told once, and a
task is little more than its organisation and the number of its form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from starrating.engine.kernel.arrays import Ints, repeated
from starrating.engine.kernel.values.alike import constant, of_constants
from starrating.engine.tasks.model import date_of
from starrating.results.model import TaskRow

_Word = TypeVar("_Word", str, "Form")
Codes = NDArray[np.integer]
Coded = tuple[Codes, Sequence[str]]
"""Texts as codes into a vocabulary; -1 is none."""


@dataclass(frozen=True, slots=True)
class Form:
    """What tasks that are alike say: all but their organisation, their key and the points lost.

    `findings` are ids without the organisation's code, joined; `within` is the length of the
    duty where no day is known.
    """

    item: str | None
    findings: str | None
    kind: str | None
    issued: date | None
    due: date | None
    within: str | None
    status: str
    carried_from: str | None
    repeated: bool

    @staticmethod
    def of(row: TaskRow, item: str | None = None, findings: str | None = None) -> Form:
        """The form of a task that is written, of this item and these findings."""
        due = date_of(row.due)
        within = row.due if due is None else None
        return Form(
            item, findings, row.kind, row.issued, due, within, row.status, row.carried_from,
            row.repeated,
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class TaskColumns:
    """One row a task, by organisation, then in the rulebook's order.

    `subject` are places among `codes`, `key` codes into `keys` (-1: none), `form` places among
    `forms`, each of which some task has. `points` are in units of their last digit (-1: none).
    """

    codes: tuple[str, ...]
    subject: Codes
    key: Codes
    keys: Sequence[str]
    form: Codes
    forms: Sequence[Form]
    points: Ints

    def __len__(self) -> int:
        return len(self.subject)

    def statuses(self) -> Counter[int | str]:
        """How many tasks have each status."""
        found: Counter[int | str] = Counter()
        for form, count in zip(self.forms, np.bincount(self.form).tolist(), strict=True):
            found[form.status] += count
        return found


@dataclass(frozen=True, eq=False)
class _Block:
    order: tuple[int, str]
    subject: Ints
    key: Codes
    form: Codes
    points: Ints


class TaskSink:
    """Gathers tasks block by block."""

    def __init__(self) -> None:
        self._keys: dict[str, int] = {}
        self._forms: dict[Form, int] = {}
        self._blocks: list[_Block] = []

    def add(
        self,
        order: int,
        subject: Ints,
        key: str | Coded,
        form: Codes,
        forms: Sequence[Form],
        points: Ints | None = None,
    ) -> None:
        """Tasks of these subjects; the form of each is at that place among `forms`.

        `order` is their place in the rulebook; those of one place are in the order of their keys.
        Where keys are given one by one a subject may have several tasks, which stay in their
        order, and none of this place beside them.
        """
        count = len(subject)
        if not count:
            return
        name = key if isinstance(key, str) else ""
        codes, words = (repeated(np.int32(0), count), (key,)) if isinstance(key, str) else key
        self._blocks.append(
            _Block(
                (order, name),
                subject,
                _recoded(codes, words, self._keys),
                _recoded(form, forms, self._forms),
                repeated(np.int64(-1), count) if points is None else points,
            )
        )

    def columns(self, codes: tuple[str, ...]) -> TaskColumns:
        """All tasks, in order; `codes` are the organisations that subjects are places among."""
        blocks = sorted(self._blocks, key=lambda block: block.order)
        # Narrow numbers are put in order by their digits, which is faster than by comparing.
        narrow = np.min_scalar_type(len(codes))
        subject = _joined((block.subject for block in blocks), narrow)
        at = np.argsort(subject, kind="stable")
        return TaskColumns(
            codes,
            subject[at],
            _joined(block.key for block in blocks)[at],
            tuple(self._keys),
            _joined(block.form for block in blocks)[at],
            tuple(self._forms),
            _joined(block.points for block in blocks)[at],
        )


def _joined(parts: Iterable[Codes], kind: Any = None) -> NDArray[Any]:
    found = [*parts] or [np.zeros(0, np.int64)]
    return np.concatenate(found, dtype=kind, casting="unsafe")


def _recoded(codes: Codes, words: Sequence[_Word], known: dict[_Word, int]) -> Codes:
    """The codes among words known so far; of the others those that some task has become known."""
    met = codes[:1] if constant(codes) else codes
    used = np.bincount(met + 1, minlength=len(words) + 1)[1:].tolist()
    table: list[int] = [
        known.setdefault(word, len(known)) if count else -1
        for word, count in zip(words, used, strict=True)
    ]
    return of_constants(np.array([*table, -1], np.int32).take, codes)
