"""Judgements: from conditions to bits, through the judge, to flags, effects and tasks (9, 13).

Conditions are computed here, exactly; the judge only chains. Each subject is judged in several
worlds: open conditions taken as no (sure) or as yes (possible), and proposals counted as
confirmed, or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starrating.engine.formulas import ExactFacts
from starrating.engine.formulas import judge as truth_of
from starrating.engine.judge import Case, Judge, JudgeRule, RuleSet, judge_all
from starrating.engine.values import NO, OPEN, YES, Interval, Truth, Value
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Judgement, Rulebook

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts

LATER = frozenset(("总分", "星级"))
"""Names that only stage 2 may read."""

Alternative = tuple[frozenset[str], frozenset[str]]
MAX_ALTERNATIVES = 256


@dataclass(frozen=True, slots=True)
class Flags:
    """What is decided or proposed of one subject before this stage.

    `confirmed` and `rejected` come from 审定结果 or earlier archives; `proposed` and `possible`
    from rulebooks and stages judged before.
    """

    confirmed: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    proposed: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()


class JudgedFacts(ExactFacts):
    """A subject's facts with its flags, and in stage 2 its scores and star."""

    def __init__(
        self,
        subject: SubjectFacts,
        flags: Flags,
        later: Mapping[str, Value] | None = None,
        scores: Mapping[str, Interval] | None = None,
        *,
        as_confirmed: bool | None = None,
    ) -> None:
        """`as_confirmed`: None reads flags as they stand; False leaves proposals out; True takes
        proposals as confirmed."""
        self._subject, self._flags = subject, flags
        self._later, self._scores = later or {}, scores or {}
        self._as_confirmed = as_confirmed

    def name(self, name: str) -> Value:
        """总分, 星级 and section titles in stage 2, else the subject's own."""
        return self._later[name] if name in self._later else self._subject.name(name)

    def found(self, point: str) -> Value:
        """The subject's check point."""
        return self._subject.found(point)

    def count_of(self, listed: str, *, present: bool) -> Interval:
        """The subject's list."""
        return self._subject.count_of(listed, present=present)

    def flag(self, kind: str, flag: str) -> Truth:
        """flagged X = proposed or confirmed; confirmed X and denied X are decided (step 9)."""
        flags = self._flags
        if kind == "denied":
            return Truth.of(flag in flags.rejected)
        if flag in flags.confirmed:
            return YES
        if flag in flags.rejected or self._as_confirmed is False:
            return NO
        if kind == "confirmed" and self._as_confirmed is None:
            return NO
        if flag in flags.proposed:
            return YES
        return OPEN if flag in flags.possible else NO

    def item_score(self, item: str) -> Interval:
        """得分("…") in stage 2."""
        return self._scores[item]

    def options(self, name: str) -> tuple[str, ...] | None:
        """A list of the rulebook."""
        return self._subject.options(name)


# --- stages and rules -----------------------------------------------------------------------------


def stages(book: Rulebook) -> tuple[tuple[Judgement, ...], tuple[Judgement, ...]]:
    """Stage 1 and stage 2 in the order written: stage 2 reads the total, the star or a score of
    this review, or a flag that only stage 2 raises."""
    titles = {section.title for section in book.sections}
    second = {judgement.id for judgement in book.judgements if _reads_later(judgement, titles)}
    while True:
        early = {j.then.flag for j in book.judgements if j.id not in second and j.then.flag}
        late_only = {
            j.then.flag for j in book.judgements if j.id in second and j.then.flag
        } - early
        more = {
            j.id
            for j in book.judgements
            if j.id not in second and any(f in late_only for f in flags_read(j.if_))
        }
        if not more:
            break
        second |= more
    return (
        tuple(j for j in book.judgements if j.id not in second),
        tuple(j for j in book.judgements if j.id in second),
    )


def _reads_later(judgement: Judgement, titles: set[str]) -> bool:
    return any(
        isinstance(leaf, ex.ItemScore)
        or (isinstance(leaf, ex.Name) and (leaf.name in LATER or leaf.name in titles))
        for leaf in ex.walk(judgement.if_)
    )


def flags_read(expr: ex.Expr) -> tuple[str, ...]:
    """The flags that a condition reads as flagged."""
    return tuple(leaf.flag for leaf in ex.walk(expr) if isinstance(leaf, ex.Flagged))


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
        counter = iter(range(1_000_000))
        alternatives = _alternatives(judgement.if_, raised, judgement.id, counter, bits)
        rules.append(JudgeRule(judgement.id, tuple(alternatives), judgement.then.flag))
    ruleset = RuleSet(tuple(rules), tuple(bits), tuple(sorted(raised)))
    return Compiled(tuple(judgements), ruleset, bits)


def _alternatives(
    expr: ex.Expr,
    raised: frozenset[str],
    prefix: str,
    counter: Iterator[int],
    bits: dict[str, ex.Expr],
) -> list[Alternative]:
    if not raised.intersection(flags_read(expr)):
        name = f"{prefix}#{next(counter)}"
        bits[name] = expr
        return [(frozenset((name,)), frozenset())]
    if isinstance(expr, ex.Flagged):
        return [(frozenset(), frozenset((expr.flag,)))]
    if isinstance(expr, ex.Or):
        return [a for part in expr.parts for a in _alternatives(part, raised, prefix, counter, bits)]
    if isinstance(expr, ex.And):
        joined: list[Alternative] = [(frozenset(), frozenset())]
        for part in expr.parts:
            more = _alternatives(part, raised, prefix, counter, bits)
            joined = [(b1 | b2, f1 | f2) for b1, f1 in joined for b2, f2 in more]
            if len(joined) > MAX_ALTERNATIVES:
                raise ValueError(f"{prefix}: more than {MAX_ALTERNATIVES} alternatives")
        return joined
    raise ValueError(f"{prefix}: a flag of the same stage stands inside {type(expr).__name__}")


# --- judging --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged of one subject: its facts and its flags before this stage."""

    facts: SubjectFacts
    flags: Flags
    later: Mapping[str, Value]
    scores: Mapping[str, Interval]


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
    flags = subject.flags
    if extra:
        flags = Flags(flags.confirmed, flags.rejected, flags.proposed | extra, flags.possible)
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
