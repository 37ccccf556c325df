"""What a rulebook comes to before any record is read: compiled once, used for every part."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from starrating.engine.alternatives import Compiled, compiled
from starrating.engine.judge import Judge, Preference, judge_for
from starrating.engine.kernel.judging import Verdicts
from starrating.engine.kernel.plan import Plan, compile_measures
from starrating.engine.kernel.scoring.plan import SheetPlan, plan_of
from starrating.rulebook.model import Judgement, Rulebook
from starrating.rulebook.stages import in_stages

KEPT = 8
"""How many rulebooks are kept compiled."""


@dataclass(frozen=True, eq=False)
class Program:
    """The measures, the printed sheet and the judgements of one rulebook, compiled.

    `rules` are the judgements of each stage as rule sets; None where a stage has none.
    """

    measures: Plan
    sheet: SheetPlan
    stages: tuple[tuple[Judgement, ...], tuple[Judgement, ...]]
    rules: tuple[Compiled | None, ...]
    _judges: dict[tuple[int, Preference | None], tuple[Judge, Verdicts]] = field(
        default_factory=dict
    )

    def judge(self, stage: int, prefer: Preference | None) -> tuple[Judge, Verdicts]:
        """Who judges a stage that has judgements, and the verdicts met so far."""
        rules = self.rules[stage]
        assert rules is not None
        key = (stage, prefer)
        if key not in self._judges:
            self._judges[key] = (judge_for(rules.ruleset, prefer), {})
        return self._judges[key]


def program_of(book: Rulebook) -> Program:
    """The program of a rulebook, compiled when it is first asked for."""
    return _program(_Itself(book))


class _Itself:
    """A rulebook as a key: equal to itself only, so that nothing of it is compared."""

    __slots__ = ("book",)

    def __init__(self, book: Rulebook) -> None:
        self.book = book

    def __hash__(self) -> int:
        return id(self.book)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.book is other.book


@lru_cache(maxsize=KEPT)
def _program(key: _Itself) -> Program:
    book = key.book
    stages = in_stages(book)
    rules = tuple(compiled(each) if each else None for each in stages)
    return Program(compile_measures(book), plan_of(book), stages, rules)
