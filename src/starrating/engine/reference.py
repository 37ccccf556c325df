"""The reference evaluator: the definition of the language, one subject at a time (steps 0–13).

It interprets the rulebook as written, in exact fractions, and keeps the story of every step.
Reading it from top to bottom follows semantics.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from starrating.engine.concluded import concluded
from starrating.engine.evaluation import Evaluation, Judged, SubjectResult
from starrating.engine.facts import SubjectFacts
from starrating.engine.flag_sets import Flags
from starrating.engine.groups.batch import Batch
from starrating.engine.judge import Preference
from starrating.engine.judging import Judging
from starrating.engine.rows.checks import check_rows
from starrating.engine.rows.facts import RowReadings
from starrating.engine.scoring.items import score_item
from starrating.engine.scoring.roles import Placed
from starrating.engine.setting import Setting
from starrating.engine.stars import grade_all, lagging_codes
from starrating.engine.subjects import compare_last_star, scopes, tell_later_events
from starrating.faults import Fault, in_order
from starrating.progress import counted

__all__ = ["Evaluation", "Judged", "SubjectResult", "evaluate"]


def evaluate(
    setting: Setting,
    decided: Mapping[str, Flags] | None = None,
    prefer: Preference | None = None,
) -> Evaluation:
    """Review all subjects in scope under one rulebook.

    `decided` gives the flags that are decided, or proposed by rulebooks that ran before.
    """
    faults: dict[Fault, None] = {}
    report = faults.setdefault
    # Steps 1 to 5: facts are computed when a clause or a judgement first asks for them.
    batch, readings = Batch(), RowReadings(setting)
    facts = [
        SubjectFacts(setting, scope, report, batch.measure, readings)
        for scope in scopes(setting, report)
    ]
    batch.subjects = {each.code: each for each in facts}
    # Steps 6 and 7
    items = [Placed.of(setting.book, *each) for each in setting.book.items()]
    scored = [
        tuple(score_item(each, item) for item in items)
        for each in counted("评定", facts, "个党组织")
    ]
    judging = Judging(setting.book, prefer)
    # Steps 8 and 9: judgements may zero items and totals.
    totalled = judging.first(facts, scored, decided or {})
    # Steps 10 to 12
    graded = _graded(setting, totalled)
    # Step 13
    results = judging.second(graded)
    for each in facts:
        for rule in setting.book.row_checks:
            check_rows(each, rule)
        compare_last_star(setting, each.organisation, report)
        tell_later_events(setting, each.organisation, report)
    return Evaluation(
        setting,
        tuple(results),
        in_order(faults),
        judging.judge,
        judging.vectors,
        judging.stages,
    )


def _graded(setting: Setting, results: Sequence[SubjectResult]) -> list[SubjectResult]:
    """The results with their stars (steps 10 to 12); a screening rulebook gives none."""
    if not setting.book.stars:
        return concluded(setting.book, results)
    grades = grade_all(setting, results)
    graded = concluded(
        setting.book, [replace(result, grade=grades[result.code]) for result in results]
    )
    lagging = lagging_codes(setting, graded)
    return [replace(result, lagging=result.code in lagging) for result in graded]
