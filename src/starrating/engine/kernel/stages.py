"""One stage of judgements over all subjects, and the flags after it (semantics.md steps 9 and 13)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starrating.engine.alternatives import WORLDS, compiled
from starrating.engine.judge import Preference, judge_for
from starrating.engine.kernel.facts import Facts
from starrating.engine.kernel.flags import FlagColumns, raised
from starrating.engine.kernel.formulas import judge
from starrating.engine.kernel.judging import Outcomes, judge_columns
from starrating.engine.kernel.marks import Truths
from starrating.lean import dataclass
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
    judgements: Sequence[Judgement],
    flags: FlagColumns,
    facts: FactsUnder,
    prefer: Preference | None,
) -> Stage:
    """Judge one stage for all subjects."""
    if not judgements:
        return Stage(Outcomes({}, {}, {world: {} for world in WORLDS}, 0), flags, None)
    rules = compiled(judgements)
    chainer = judge_for(rules.ruleset, prefer)

    def condition(expr: ex.Expr, own: FlagColumns, as_confirmed: bool | None) -> Truths:
        return judge(expr, facts(own, as_confirmed))

    found = judge_columns(chainer, rules, flags, condition)
    pairs = [(each.id, each.then.flag) for each in judgements if each.then.flag is not None]
    after = flags.after(raised(pairs, found.sure), raised(pairs, found.possible))
    return Stage(found, after, chainer.name)
