"""Tasks as columns of codes, in the order of tasks.csv (step 15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from starrating.engine.kernel.arrays import Bools, Ints

Coded = tuple[Ints, Sequence[str]]
"""Texts as codes into a vocabulary; -1 is none."""
TEXTS = ("key", "item", "findings", "kind", "within", "status", "carried_from")
NUMBERS = ("issued", "due", "points")


@dataclass(frozen=True, eq=False)
class TaskColumns:
    """One row a task, by organisation, then in the rulebook's order.

    `subject` are places among `codes`. `texts` are the columns of TEXTS, `numbers` those of NUMBERS:
    days by their ordinal numbers (0: none), points in units of their last digit (-1: none).
    """

    codes: tuple[str, ...]
    subject: Ints
    texts: Mapping[str, Coded]
    numbers: Mapping[str, Ints]
    repeated: Bools

    def __len__(self) -> int:
        return len(self.subject)


class TaskSink:
    """Gathers tasks block by block."""

    def __init__(self) -> None:
        self._words: dict[str, dict[str, int]] = {name: {} for name in TEXTS}
        self._blocks: list[dict[str, Ints]] = []

    def add(
        self,
        subject: Ints,
        order: Ints | int,
        texts: Mapping[str, Coded | str | None],
        numbers: Mapping[str, Ints | int],
        repeated: bool = False,
    ) -> None:
        """Tasks of these subjects; `order` is their place in the rulebook, and of one place they
        are in the order of their keys. What is not given is none."""
        count = len(subject)
        if not count:
            return
        block: dict[str, Ints] = {"subject": subject, "order": _full(order, count)}
        block["repeated"] = _full(int(repeated), count)
        for name in TEXTS:
            block[name] = _full(self._codes(name, texts.get(name)), count)
        for name in NUMBERS:
            block[name] = _full(numbers.get(name, -1 if name == "points" else 0), count)
        self._blocks.append(block)

    def _codes(self, name: str, told: Coded | str | None) -> Ints | int:
        words = self._words[name]
        if told is None:
            return -1
        if isinstance(told, str):
            return words.setdefault(told, len(words))
        codes, vocabulary = told
        if len(vocabulary) > len(codes):
            # Words that no row has are no words of these tasks.
            used, own = np.unique(codes, return_inverse=True)
            words_used = [vocabulary[code] for code in used.tolist() if code >= 0]
            codes, vocabulary = own - (len(used) - len(words_used)), words_used
        table = [words.setdefault(word, len(words)) for word in vocabulary]
        return np.asarray(np.array([*table, -1], np.int64)[codes])

    def columns(self, codes: tuple[str, ...]) -> TaskColumns:
        """All tasks, in order; `codes` are the organisations that subjects are places among."""
        names = ("subject", "order", "repeated", *TEXTS, *NUMBERS)
        nothing = np.zeros(0, np.int64)
        found = {
            name: np.concatenate([nothing, *(block[name] for block in self._blocks)])
            for name in names
        }
        at = self._in_order(found)
        found = {name: column[at] for name, column in found.items()}
        return TaskColumns(
            codes,
            found["subject"],
            {name: (found[name], tuple(self._words[name])) for name in TEXTS},
            {name: found[name] for name in NUMBERS},
            found["repeated"] != 0,
        )

    def _in_order(self, found: Mapping[str, Ints]) -> Ints:
        """The rows by organisation, then as the rulebook has them; keys are compared only where
        several tasks have one place."""
        subject, order = found["subject"], found["order"]
        both = subject * (int(order.max(initial=0)) + 1) + order
        at = np.argsort(both, kind="stable")
        if (np.diff(both[at]) > 0).all():
            return at
        return np.lexsort((self._rank()[found["key"]], order, subject))

    def _rank(self) -> Ints:
        """The place of each key among all keys; of none the last."""
        keys = list(self._words["key"])
        rank = np.empty(len(keys) + 1, np.int64)
        rank[np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)] = np.arange(
            len(keys)
        )
        rank[-1] = len(keys)
        return rank


def _full(value: Ints | int, count: int) -> Ints:
    return np.broadcast_to(np.asarray(value, np.int64), (count,))
