"""Conditions of judgements as alternatives over bits and flags, for whichever judge chains (step 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count, product
from math import prod

from starrating.engine.judge import Alternative, JudgeRule, RuleSet
from starrating.limits import MAX_CONDITION_ALTERNATIVES
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Judgement
from starrating.rulebook.stages import flags_read

WORLDS: Mapping[str, tuple[bool, bool]] = {
    "shown": (True, False),
    "low": (True, True),
    "high": (False, False),
}
"""world → (open conditions as yes, proposals as confirmed)."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """One stage as a rule set; `bits` maps each bit to the part of a condition it stands for."""

    judgements: tuple[Judgement, ...]
    ruleset: RuleSet
    bits: Mapping[str, ex.Expr]


def compiled(judgements: Sequence[Judgement]) -> Compiled:
    """Turn conditions into alternatives over bits and flags of this stage.

    The largest parts that read no flag of this stage become bits, so that a condition's own
    correlation is kept; flags of this stage may only be asked for, never denied (R332), and
    within the limits (R336).
    """
    raised = frozenset(j.then.flag for j in judgements if j.then.flag is not None)
    bits: dict[str, ex.Expr] = {}
    rules = []
    for judgement in judgements:
        maker = _Alternatives(judgement.id, raised, bits)
        rules.append(JudgeRule(judgement.id, maker.of(judgement.if_), judgement.then.flag))
    return Compiled(
        tuple(judgements), RuleSet(tuple(rules), tuple(bits), tuple(sorted(raised))), bits
    )


class _Alternatives:
    """The alternatives of one judgement's condition: bits and flags of which one set must hold."""

    def __init__(self, name: str, raised: frozenset[str], bits: dict[str, ex.Expr]) -> None:
        self._name, self._raised, self._bits = name, raised, bits
        self._numbers = count()

    def of(self, expr: ex.Expr) -> tuple[Alternative, ...]:
        if not self._raised.intersection(flags_read(expr)):
            bit = f"{self._name}#{next(self._numbers)}"
            self._bits[bit] = expr
            return ((frozenset((bit,)), frozenset()),)
        if isinstance(expr, ex.Flagged):
            return ((frozenset(), frozenset((expr.flag,))),)
        if isinstance(expr, ex.Or):
            return tuple(each for part in expr.parts for each in self.of(part))
        if isinstance(expr, ex.And):
            return self._joined([self.of(part) for part in expr.parts])
        kind = type(expr).__name__
        raise ValueError(f"{self._name}: a flag of the same stage stands inside {kind}")

    def _joined(self, parts: Sequence[tuple[Alternative, ...]]) -> tuple[Alternative, ...]:
        if prod(len(part) for part in parts) > MAX_CONDITION_ALTERNATIVES:
            raise ValueError(f"{self._name}: more than {MAX_CONDITION_ALTERNATIVES} alternatives")
        return tuple(
            (
                frozenset().union(*(bits for bits, _ in choice)),
                frozenset().union(*(flags for _, flags in choice)),
            )
            for choice in product(*parts)
        )
