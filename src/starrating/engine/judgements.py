"""Judgements: from conditions to bits, through the judge, to what fires (steps 9 and 13).

Conditions are computed here, exactly; the judge only chains. Each subject is judged in several
worlds: open conditions taken as no (sure) or as yes (possible), and proposals counted as
confirmed, or not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from starrating.engine.alternatives import WORLDS, Compiled
from starrating.engine.expressions.formulas import judge as truth_of
from starrating.engine.flag_sets import Flags
from starrating.engine.flags import JudgedFacts
from starrating.engine.judge import Case, Judge, judge_all
from starrating.engine.values import OPEN, YES, Interval, Truth, Value
from starrating.rulebook import expressions as ex

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

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


def judge_stage(
    judge: Judge, stage: Compiled, subjects: Sequence[Subject]
) -> tuple[tuple[Outcome, ...], int]:
    """Judge one stage for all subjects; also how many distinct vectors there were."""
    asks = {
        name: expr
        for name, expr in stage.bits.items()
        if any(isinstance(part, _FLAGS) for part in ex.walk(expr))
    }
    seen = [_Seen(stage, asks, subject) for subject in subjects]
    sure, count = _chain(judge, stage, seen, open_as=False, as_confirmed=None)
    possible, more = _chain(judge, stage, seen, open_as=True, as_confirmed=None)
    count += more
    worlds: dict[str, list[frozenset[str]]] = {}
    for world, (open_as, as_confirmed) in WORLDS.items():
        fired, more = _chain(judge, stage, seen, open_as=open_as, as_confirmed=as_confirmed)
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


class _Seen:
    """A subject with the truths of what reads no flag, which are those of every world; `asks` are
    the bits that read one."""

    def __init__(self, stage: Compiled, asks: Mapping[str, ex.Expr], subject: Subject) -> None:
        self.subject, self._asks = subject, asks
        facts = self._facts(subject.flags, as_confirmed=None)
        self._truths = {
            name: truth_of(expr, facts) for name, expr in stage.bits.items() if name not in asks
        }

    def truths(self, extra: frozenset[str], *, as_confirmed: bool | None) -> Mapping[str, Truth]:
        """All bits, where flags of this stage are proposed too."""
        if not self._asks:
            return self._truths
        own = self.subject.flags
        flags = replace(own, proposed=own.proposed | extra)
        facts = self._facts(flags, as_confirmed=as_confirmed)
        return self._truths | {name: truth_of(expr, facts) for name, expr in self._asks.items()}

    def _facts(self, flags: Flags, *, as_confirmed: bool | None) -> JudgedFacts:
        own = self.subject
        return JudgedFacts(own.facts, flags, own.later, own.scores, as_confirmed=as_confirmed)


_FLAGS = (ex.Flagged, ex.Confirmed, ex.Denied)
Fired = list[tuple[frozenset[str], frozenset[str]]]


def _chain(
    judge: Judge,
    stage: Compiled,
    subjects: Sequence[_Seen],
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
    seen: _Seen,
    known: frozenset[str],
    extra: frozenset[str],
    *,
    open_as: bool,
    as_confirmed: bool | None,
) -> Case:
    subject = seen.subject
    truths = seen.truths(extra, as_confirmed=as_confirmed)
    vector = {
        name: int(truths[name] is YES or (open_as and truths[name] is OPEN)) for name in stage.bits
    }
    standing = subject.flags.confirmed & known
    if as_confirmed is not False:
        standing |= subject.flags.proposed & known
    blocked = subject.flags.rejected & known
    if as_confirmed is False:
        blocked = known - subject.flags.confirmed
    return Case(vector, standing - blocked, blocked)
