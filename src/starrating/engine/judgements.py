"""Judgements: from conditions to bits, through the judge, to what fires (steps 9 and 13).

Conditions are computed here, exactly; the judge only chains. Each subject is judged in several
worlds: open conditions taken as no (sure) or as yes (possible), and proposals counted as
confirmed, or not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, product
from math import prod
from typing import TYPE_CHECKING

from starrating.engine.flags import Flags, JudgedFacts
from starrating.engine.formulas import judge as truth_of
from starrating.engine.judge import Alternative, Case, Judge, JudgeRule, RuleSet, judge_all
from starrating.engine.values import OPEN, YES, Interval, Value
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Judgement
from starrating.rulebook.stages import flags_read

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

MAX_ALTERNATIVES = 256


@dataclass(frozen=True, slots=True)
class Compiled:
    """One stage as a rule set; `bits` maps each bit to the part of a condition it stands for."""

    judgements: tuple[Judgement, ...]
    ruleset: RuleSet
    bits: Mapping[str, ex.Expr]


def compiled(judgements: Sequence[Judgement]) -> Compiled:
    """Turn conditions into alternatives over bits and flags of this stage.

    The largest parts that read no flag of this stage become bits, so that a condition's own
    correlation is kept; flags of this stage may only be asked for, never denied (checked).
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
        if prod(len(part) for part in parts) > MAX_ALTERNATIVES:
            raise ValueError(f"{self._name}: more than {MAX_ALTERNATIVES} alternatives")
        return tuple(
            (
                frozenset().union(*(bits for bits, _ in choice)),
                frozenset().union(*(flags for _, flags in choice)),
            )
            for choice in product(*parts)
        )


# --- judging --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged of one subject: its facts, its flags before this stage, and in stage 2 the
    names and item scores that stand only later."""

    facts: SubjectFacts
    flags: Flags
    later: Mapping[str, Value] = field(default_factory=dict)
    scores: Mapping[str, Interval] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a stage found of one subject.

    `sure` and `possible` are the ids of judgements that fired with open conditions as no and as
    yes (proposals as they stand). `effects` holds the ids whose effects on score and star act in
    each world: `shown` (open as yes, proposals not confirmed), `low` (open as yes, proposals as
    confirmed) and `high` (open as no, proposals not confirmed).
    """

    sure: frozenset[str]
    possible: frozenset[str]
    effects: Mapping[str, frozenset[str]]


WORLDS: Mapping[str, tuple[bool, bool]] = {
    "shown": (True, False),
    "low": (True, True),
    "high": (False, False),
}
"""world → (open conditions as yes, proposals as confirmed)."""


def judge_stage(
    judge: Judge, stage: Compiled, subjects: Sequence[Subject]
) -> tuple[tuple[Outcome, ...], int]:
    """Judge one stage for all subjects; also how many distinct vectors there were."""
    sure, count = _chain(judge, stage, subjects, open_as=False, as_confirmed=None)
    possible, more = _chain(judge, stage, subjects, open_as=True, as_confirmed=None)
    count += more
    worlds: dict[str, list[frozenset[str]]] = {}
    for world, (open_as, as_confirmed) in WORLDS.items():
        fired, more = _chain(judge, stage, subjects, open_as=open_as, as_confirmed=as_confirmed)
        worlds[world] = [ids for ids, _ in fired]
        count += more
    outcomes = tuple(
        Outcome(
            sure[place][0],
            possible[place][0],
            {world: worlds[world][place] for world in WORLDS},
        )
        for place in range(len(subjects))
    )
    return outcomes, count


Fired = list[tuple[frozenset[str], frozenset[str]]]


def _chain(
    judge: Judge,
    stage: Compiled,
    subjects: Sequence[Subject],
    *,
    open_as: bool,
    as_confirmed: bool | None,
) -> tuple[Fired, int]:
    """One pass over all subjects in one world: the rules that fired, the flags that stand."""
    known = frozenset(stage.ruleset.flags)
    extra: list[frozenset[str]] = [frozenset()] * len(subjects)
    count = 0
    while True:
        cases = [
            _case(stage, subject, known, more, open_as=open_as, as_confirmed=as_confirmed)
            for subject, more in zip(subjects, extra, strict=True)
        ]
        judged = judge_all(judge, cases)
        count += judged.distinct
        found = [(verdict.fired, verdict.flags) for verdict in judged.verdicts]
        if as_confirmed is not True:
            return found, count
        # Proposals of this stage count as confirmed too: their bits rise until nothing changes.
        grown = [more | flags for more, (_, flags) in zip(extra, found, strict=True)]
        if grown == extra:
            return found, count
        extra = grown


def _case(
    stage: Compiled,
    subject: Subject,
    known: frozenset[str],
    extra: frozenset[str],
    *,
    open_as: bool,
    as_confirmed: bool | None,
) -> Case:
    flags = replace(subject.flags, proposed=subject.flags.proposed | extra)
    facts = JudgedFacts(
        subject.facts, flags, subject.later, subject.scores, as_confirmed=as_confirmed
    )
    vector = {
        name: int(truth is YES or (open_as and truth is OPEN))
        for name, expr in stage.bits.items()
        for truth in (truth_of(expr, facts),)
    }
    standing = subject.flags.confirmed & known
    if as_confirmed is not False:
        standing |= subject.flags.proposed & known
    blocked = subject.flags.rejected & known
    if as_confirmed is False:
        blocked = known - subject.flags.confirmed
    return Case(vector, standing - blocked, blocked)
