"""Flags of all subjects as columns: confirmed, rejected, proposed, possible (steps 9 and 13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from starrating.engine.flag_sets import Flags
from starrating.engine.kernel.values.alike import Bools
from starrating.engine.kernel.values.marks import Truths

Masks = Mapping[str, Bools]
"""name → where it holds; a name that is not there holds nowhere."""


@dataclass(frozen=True)
class FlagColumns:
    """What is decided or proposed of n subjects, flag by flag."""

    n: int
    confirmed: Masks = field(default_factory=dict)
    rejected: Masks = field(default_factory=dict)
    proposed: Masks = field(default_factory=dict)
    possible: Masks = field(default_factory=dict)

    @staticmethod
    def of(codes: Sequence[str], decided: Mapping[str, Flags]) -> FlagColumns:
        """The columns of what stands before, by code."""
        columns: dict[str, dict[str, Bools]] = {kind: {} for kind in _KINDS}
        for place, code in enumerate(codes):
            flags = decided.get(code)
            for kind in _KINDS if flags is not None else ():
                for name in sorted(getattr(flags, kind)):
                    if name not in columns[kind]:
                        columns[kind][name] = np.zeros(len(codes), bool)
                    columns[kind][name][place] = True
        return FlagColumns(len(codes), **columns)

    def kinds(self) -> tuple[Masks, ...]:
        """What is confirmed, rejected, proposed and possible."""
        return tuple(getattr(self, kind) for kind in _KINDS)

    def at(self, subject: int) -> Flags:
        """The flags of one subject."""
        return Flags(*(_held(getattr(self, kind), subject) for kind in _KINDS))

    def where(self, masks: Masks, name: str) -> Bools:
        """Where a name holds."""
        found = masks.get(name)
        return np.zeros(self.n, bool) if found is None else found

    def with_proposed(self, more: Masks) -> FlagColumns:
        """The flags with further proposals."""
        proposed = _united(self.proposed, more)
        return FlagColumns(self.n, self.confirmed, self.rejected, proposed, self.possible)

    def after(self, sure: Masks, possible: Masks) -> FlagColumns:
        """The flags after a stage that surely and possibly raised some: what people decided
        stands, whatever is proposed."""
        names = [*dict.fromkeys((*self.proposed, *self.possible, *sure, *possible))]
        proposed: dict[str, Bools] = {}
        maybe: dict[str, Bools] = {}
        for name in names:
            decided = self.where(self.confirmed, name) | self.where(self.rejected, name)
            was = self.where(self.proposed, name)
            proposed[name] = was | (self.where(sure, name) & ~decided)
            raised = self.where(self.possible, name) | self.where(possible, name)
            maybe[name] = raised & ~decided & ~proposed[name]
        return FlagColumns(self.n, self.confirmed, self.rejected, proposed, maybe)

    def truth(self, kind: str, flag: str, *, as_confirmed: bool | None) -> Truths:
        """Whether a flag is flagged (proposed or confirmed), confirmed or denied.

        `as_confirmed`: None reads flags as they stand; False leaves proposals out; True takes
        proposals as confirmed.
        """
        if kind == "denied":
            return Truths.known(self.where(self.rejected, flag))
        confirmed = self.where(self.confirmed, flag)
        if as_confirmed is False or (kind == "confirmed" and as_confirmed is None):
            return Truths.known(confirmed)
        free = ~self.where(self.rejected, flag)
        sure = confirmed | (self.where(self.proposed, flag) & free)
        return Truths(sure, sure | (self.where(self.possible, flag) & free))


_KINDS = ("confirmed", "rejected", "proposed", "possible")


def _held(masks: Masks, subject: int) -> frozenset[str]:
    return frozenset(name for name, mask in masks.items() if mask[subject])


def _united(*parts: Masks) -> dict[str, Bools]:
    found: dict[str, Bools] = {}
    for masks in parts:
        for name, mask in masks.items():
            found[name] = found[name] | mask if name in found else mask
    return found


def joined_flags(parts: Sequence[FlagColumns]) -> FlagColumns:
    """The flags of several parts, one after the other."""
    columns: dict[str, dict[str, Bools]] = {}
    for kind in _KINDS:
        names = dict.fromkeys(name for part in parts for name in getattr(part, kind))
        columns[kind] = {
            name: np.concatenate([part.where(getattr(part, kind), name) for part in parts])
            for name in names
        }
    return FlagColumns(sum(part.n for part in parts), **columns)


def raised(flags: Iterable[tuple[str, str]], fired: Masks) -> dict[str, Bools]:
    """Where each flag is raised, from (judgement, flag) pairs and where judgements fired."""
    return _united(*({flag: fired[judgement]} for judgement, flag in flags))
