"""What a judge is given and what it answers (semantics.md steps 9 and 13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from starrating.limits import (
    MAX_JUDGE_ALTERNATIVES,
    MAX_JUDGE_NAMES,
    MAX_JUDGE_RULES,
)

Alternative = tuple[frozenset[str], frozenset[str]]
"""One way for a rule to fire: the bits that must be 1, and the flags that must stand."""


class JudgeFailed(RuntimeError):
    """A judge could not bring a vector to its end; the text says why."""


class OutOfReach(ValueError):
    """A rule set is beyond what one judge can carry, or that judge is not to be had here."""


@dataclass(frozen=True, slots=True)
class JudgeRule:
    """One rule: it fires where any alternative of `when` holds, and may raise one flag.

    An alternative that asks for nothing always holds; a rule without alternatives never fires.
    Absence is never asked for: "not X" is a bit of its own, computed before.
    """

    id: str
    when: tuple[Alternative, ...]
    raises: str | None = None


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules with the names of all bits and flags they may use.

    Unknown names, repeated names or ids, and sets beyond the limits are a ValueError that
    names every trouble; callers check before, so it is a programming error.
    """

    rules: tuple[JudgeRule, ...]
    bits: tuple[str, ...]
    flags: tuple[str, ...]

    def __post_init__(self) -> None:
        troubles = [*_repeated(self), *_unknown(self), *_too_many(self)]
        if troubles:
            raise ValueError("; ".join(troubles))


@dataclass(frozen=True, slots=True)
class Verdict:
    """The fixpoint: ids of the rules that fired, and all flags that stand at the end.

    A rule whose flag is blocked still fires (its other effects are the caller's), but the
    flag does not stand. `flags` holds those that stood beforehand too.
    """

    fired: frozenset[str]
    flags: frozenset[str]


class Judge(Protocol):
    """Anything that brings vectors to their fixpoint; `name` says who judged."""

    @property
    def name(self) -> str:
        """`native` or `durable`, as recorded beside the results."""
        ...

    def judge(
        self, vector: Mapping[str, int], standing: frozenset[str], blocked: frozenset[str]
    ) -> Verdict:
        """Judge one vector.

        `vector` holds every bit of the rule set as the integer 0 or 1; `standing` are flags
        that stand beforehand (confirmed), `blocked` flags that may not be raised (rejected).
        Anything else is a ValueError; a vector that can not be finished is JudgeFailed.
        """
        ...


def ones_of(
    ruleset: RuleSet,
    vector: Mapping[str, int],
    standing: frozenset[str],
    blocked: frozenset[str],
) -> frozenset[str]:
    """Check all three arguments and take the bits of `vector` that are 1.

    Only the integers 0 and 1 pass: truth values, texts and larger numbers are refused, since
    a chainer compares them in its own way.
    """
    if len(vector) != len(ruleset.bits) or any(bit not in vector for bit in ruleset.bits):
        odd = sorted(set(ruleset.bits) ^ set(vector))
        raise ValueError(f"the vector must hold exactly the bits of the rule set: {odd}")
    for bit, value in vector.items():
        if type(value) is not int or value not in {0, 1}:
            raise ValueError(f"bit {bit} must be the integer 0 or 1, not {value!r}")
    unknown = sorted((standing | blocked).difference(ruleset.flags))
    if unknown:
        raise ValueError(f"flags the rule set does not know: {unknown}")
    if standing & blocked:
        raise ValueError(f"flags that stand and are blocked: {sorted(standing & blocked)}")
    return frozenset(bit for bit, value in vector.items() if value)


def _repeated(ruleset: RuleSet) -> Iterable[str]:
    ids = tuple(rule.id for rule in ruleset.rules)
    for what, names in (("rule", ids), ("bit", ruleset.bits), ("flag", ruleset.flags)):
        for name, count in Counter(names).items():
            if count > 1:
                yield f"{what} {name} is given {count} times"


def _unknown(ruleset: RuleSet) -> Iterable[str]:
    bits, flags = set(ruleset.bits), set(ruleset.flags)
    for rule in ruleset.rules:
        asked_bits = {bit for alternative in rule.when for bit in alternative[0]}
        asked_flags = {flag for alternative in rule.when for flag in alternative[1]}
        for name in sorted(asked_bits - bits):
            yield f"rule {rule.id} asks for the unknown bit {name}"
        for name in sorted(asked_flags - flags):
            yield f"rule {rule.id} asks for the unknown flag {name}"
        if rule.raises is not None and rule.raises not in flags:
            yield f"rule {rule.id} raises the unknown flag {rule.raises}"


def _too_many(ruleset: RuleSet) -> Iterable[str]:
    alternatives = sum(len(rule.when) for rule in ruleset.rules)
    for what, count, limit in (
        ("rules", len(ruleset.rules), MAX_JUDGE_RULES),
        ("bits and flags", len(ruleset.bits) + len(ruleset.flags), MAX_JUDGE_NAMES),
        ("alternatives", alternatives, MAX_JUDGE_ALTERNATIVES),
    ):
        if count > limit:
            yield f"{count} {what}, more than the limit of {limit}"
