"""The native chainer: the fallback where durable_rules is missing, and its oracle in tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from starrating.engine.judge.model import JudgeRule, RuleSet, Verdict, ones_of


@dataclass(frozen=True, slots=True)
class NativeJudge:
    """A fixpoint over the rules: rounds of firing until a round fires nothing new.

    Rules only ever add flags, so the order of rules does not matter and every rule fires at
    most once: there are at most as many rounds as rules.
    """

    ruleset: RuleSet
    name: ClassVar[str] = "native"

    def judge(
        self, vector: Mapping[str, int], standing: frozenset[str], blocked: frozenset[str]
    ) -> Verdict:
        """Judge one vector (see Judge.judge)."""
        ones = ones_of(self.ruleset, vector, standing, blocked)
        flags = set(standing)
        waiting = list(self.ruleset.rules)
        fired: set[str] = set()
        while True:
            ready = [rule for rule in waiting if _holds(rule, ones, flags)]
            if not ready:
                return Verdict(frozenset(fired), frozenset(flags))
            fired.update(rule.id for rule in ready)
            flags.update(rule.raises for rule in ready if rule.raises is not None)
            flags -= blocked
            waiting = [rule for rule in waiting if rule.id not in fired]


def _holds(rule: JudgeRule, ones: frozenset[str], flags: set[str]) -> bool:
    return any(bits <= ones and asked <= flags for bits, asked in rule.when)
