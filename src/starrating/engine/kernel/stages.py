"""One stage of judgements over all subjects, and the flags after it (semantics.md steps 9 and 13)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from starrating.engine.alternatives import WORLDS
from starrating.engine.judge import Preference
from starrating.engine.kernel.expressions.formulas import judge
from starrating.engine.kernel.facts import Facts
from starrating.engine.kernel.flags import FlagColumns, raised
from starrating.engine.kernel.judging import Outcomes, judge_columns
from starrating.engine.kernel.program import Program
from starrating.engine.kernel.values.marks import Truths
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Judgement

FactsUnder = Callable[[FlagColumns, bool | None], Facts]
"""The facts of all subjects under flags, proposals read as in `JudgedFacts`."""


@dataclass(frozen=True, eq=False)
class Stage:
    """What a stage found, the flags after it, and who chained (None: nothing was to judge)."""

    found: Outcomes
    flags: FlagColumns
    judge: str | None


def judged(
    program: Program,
    stage: int,
    flags: FlagColumns,
    facts: FactsUnder,
    prefer: Preference | None,
) -> Stage:
    """Judge a stage (0 or 1) of the program for all subjects."""
    rules = program.rules[stage]
    if rules is None:
        return Stage(Outcomes({}, {}, {world: {} for world in WORLDS}, 0), flags, None)
    chainer, verdicts = program.judge(stage, prefer)

    def condition(expr: ex.Expr, own: FlagColumns, as_confirmed: bool | None) -> Truths:
        return judge(expr, facts(own, as_confirmed))

    found = judge_columns(chainer, rules, flags, condition, verdicts)
    return Stage(found, flags_after(flags, rules.judgements, found), chainer.name)


def flags_after(
    flags: FlagColumns, judgements: Iterable[Judgement], found: Outcomes
) -> FlagColumns:
    """The flags after a stage that found this."""
    pairs = [(each.id, each.then.flag) for each in judgements if each.then.flag is not None]
    return flags.after(raised(pairs, found.sure), raised(pairs, found.possible))
