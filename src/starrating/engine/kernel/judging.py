"""Judgements in bulk: each distinct vector of truths is judged once (semantics.md steps 9 and 13).

Conditions are columns of truths; in each world they and the flags that stand make a vector a
subject. Vectors that are equal get one verdict, from whichever judge chains.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from starrating.engine.alternatives import WORLDS, Compiled
from starrating.engine.judge import Judge, Verdict
from starrating.engine.kernel.flags import FlagColumns, Masks
from starrating.engine.kernel.values.alike import Bools, Ints
from starrating.engine.kernel.values.marks import Truths
from starrating.rulebook import expressions as ex

Verdicts = dict[bytes, Verdict]
"""The verdicts on the vectors of one stage by one judge, as far as they were met."""
KEPT_VERDICTS = 1 << 16
"""How many verdicts are remembered from part to part."""
ConditionOf = Callable[[ex.Expr, FlagColumns, bool | None], Truths]
"""The truths of a condition under flags, read with proposals as they stand (None), left out
(False) or taken as confirmed (True)."""

_WORD = 8
"""Bytes of a row of truths that one whole number holds."""
_FLAG_WORDS = (ex.Flagged, ex.Confirmed, ex.Denied)


@dataclass(frozen=True)
class Outcomes:
    """What a stage found of all subjects: where each judgement fired, by id.

    `sure` and `possible` take open conditions as no and as yes; `worlds` are those whose effects
    act on score and star (shown, low, high); `distinct` is how many vectors were judged.
    """

    sure: Masks
    possible: Masks
    worlds: Mapping[str, Masks]
    distinct: int


def judge_columns(
    judge: Judge,
    stage: Compiled,
    flags: FlagColumns,
    condition: ConditionOf,
    verdicts: Verdicts | None = None,
) -> Outcomes:
    """Judge one stage for all subjects, in every world; `verdicts` are those of other parts."""
    bench = _Bench(judge, stage, flags, condition, {} if verdicts is None else verdicts)
    sure = bench.chain(open_as=False, as_confirmed=None)
    possible = bench.chain(open_as=True, as_confirmed=None)
    worlds = {
        world: bench.chain(open_as=open_as, as_confirmed=as_confirmed)
        for world, (open_as, as_confirmed) in WORLDS.items()
    }
    return Outcomes(sure, possible, worlds, len(bench.met))


class _Bench:
    """One stage on all subjects; keeps truths and verdicts from world to world."""

    def __init__(
        self,
        judge: Judge,
        stage: Compiled,
        flags: FlagColumns,
        condition: ConditionOf,
        verdicts: Verdicts,
    ) -> None:
        self.judge, self.stage, self.flags, self.condition = judge, stage, flags, condition
        self.rules = [rule.id for rule in stage.ruleset.rules]
        self.known = stage.ruleset.flags
        self.verdicts = verdicts
        self.met: set[bytes] = set()
        self._truths: dict[str, Truths] = {}
        self._done: list[tuple[Bools, tuple[Bools, Bools]]] = []

    def chain(self, *, open_as: bool, as_confirmed: bool | None) -> dict[str, Bools]:
        """Where each rule fires in one world."""
        more: dict[str, Bools] = {}
        while True:
            flags = self.flags.with_proposed(more)
            fired, stand = self._judged(self._vectors(flags, open_as, as_confirmed))
            grown = {
                name: self.flags.where(more, name) | stand[:, place]
                for place, name in enumerate(self.known)
            }
            # Proposals of this stage count as confirmed too: their bits rise until nothing changes.
            settled = all((grown[name] == self.flags.where(more, name)).all() for name in grown)
            if as_confirmed is not True or settled:
                return {rule: fired[:, place] for place, rule in enumerate(self.rules)}
            more = grown

    def _vectors(self, flags: FlagColumns, open_as: bool, as_confirmed: bool | None) -> Bools:
        """One row a subject: its bits, the flags that stand, the flags blocked."""
        columns = []
        for name, expr in self.stage.bits.items():
            truths = self._truth(name, expr, flags, as_confirmed)
            columns.append(truths.may if open_as else truths.sure)
        # Proposals of this very stage raise bits; only earlier ones stand beforehand.
        own = self.flags
        blocked = [
            ~own.where(own.confirmed, name)
            if as_confirmed is False
            else own.where(own.rejected, name)
            for name in self.known
        ]
        standing = [
            own.where(own.confirmed, name)
            | (own.where(own.proposed, name) & np.bool_(as_confirmed is not False))
            for name in self.known
        ]
        free = [stands & ~shut for stands, shut in zip(standing, blocked, strict=True)]
        every = (*columns, *free, *blocked)
        return np.stack(every, axis=1) if every else np.zeros((own.n, 0), bool)

    def _truth(
        self, name: str, expr: ex.Expr, flags: FlagColumns, as_confirmed: bool | None
    ) -> Truths:
        if any(isinstance(node, _FLAG_WORDS) for node in ex.walk(expr)):
            return self.condition(expr, flags, as_confirmed)
        if name not in self._truths:
            self._truths[name] = self.condition(expr, flags, as_confirmed)
        return self._truths[name]

    def _judged(self, vectors: Bools) -> tuple[Bools, Bools]:
        """[n, rules] where each fires, and [n, flags] where each stands."""
        for before, found in self._done:
            if np.array_equal(before, vectors):
                return found
        rows, place = distinct_rows(vectors)
        verdicts = [self._verdict(vectors[row]) for row in rows.tolist()]
        fired = _table([verdict.fired for verdict in verdicts], self.rules)[place]
        stand = _table([verdict.flags for verdict in verdicts], self.known)[place]
        self._done.append((vectors, (fired, stand)))
        return fired, stand

    def _verdict(self, row: Bools) -> Verdict:
        key = row.tobytes()
        self.met.add(key)
        if key not in self.verdicts:
            if len(self.verdicts) >= KEPT_VERDICTS:
                self.verdicts.clear()
            bits, flags = len(self.stage.bits), len(self.known)
            vector = {name: int(bit) for name, bit in zip(self.stage.bits, row, strict=False)}
            standing = _names(self.known, row[bits : bits + flags])
            blocked = _names(self.known, row[bits + flags :])
            self.verdicts[key] = self.judge.judge(vector, standing, blocked)
        return self.verdicts[key]


def distinct_rows(rows: Bools) -> tuple[Ints, Ints]:
    """The first place of each distinct row, and for every row which distinct one it is."""
    if not rows.shape[1]:
        return np.zeros(min(1, len(rows)), np.int64), np.zeros(len(rows), np.int64)
    packed = np.ascontiguousarray(np.packbits(rows, axis=1))
    if packed.shape[1] <= _WORD:
        padded = np.zeros((len(rows), _WORD), np.uint8)
        padded[:, : packed.shape[1]] = packed
        words = padded.view(np.uint64).ravel()
        _, first, place = np.unique(words, return_index=True, return_inverse=True)
        return first.astype(np.int64), place.astype(np.int64)
    keys: NDArray[np.void] = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    return first.astype(np.int64), place.astype(np.int64)


def _names(names: Sequence[str], held: Bools) -> frozenset[str]:
    return frozenset(name for name, each in zip(names, held, strict=True) if each)


def _table(sets: Sequence[frozenset[str]], names: Sequence[str]) -> Bools:
    found = [[name in each for name in names] for each in sets]
    return np.array(found, bool).reshape(len(sets), len(names))
