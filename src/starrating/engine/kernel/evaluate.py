"""One rulebook over all subjects of a part, step by step (semantics.md steps 1 to 13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from starrating.engine.flag_sets import Flags
from starrating.engine.judge import Preference
from starrating.engine.kernel import grading
from starrating.engine.kernel.arrays import Bools
from starrating.engine.kernel.concluded import ConcludedFacts
from starrating.engine.kernel.finishing import Ending, Stars, judged_later, lagging
from starrating.engine.kernel.flags import FlagColumns
from starrating.engine.kernel.judging import Outcomes
from starrating.engine.kernel.part import Part
from starrating.engine.kernel.scored import Scored, score_columns, section_applies
from starrating.engine.kernel.scoring.items import ItemColumns
from starrating.engine.kernel.subjects import Given
from starrating.engine.setting import Setting


@dataclass(frozen=True, eq=False)
class Reviewed(Scored):
    """One rulebook's review of all subjects in scope, as columns in code order.

    `flags` stand after both stages; `concluded` are the facts with totals and stars. `grades` are
    None for a screening rulebook.
    """

    second: Outcomes
    flags: FlagColumns
    concluded: ConcludedFacts
    grades: grading.Grades | None
    lagging: Bools


def review_columns(
    setting: Setting,
    decided: Mapping[str, Flags] | None = None,
    prefer: Preference | None = None,
    part: Part | None = None,
    given: Given | None = None,
    scored: Mapping[str, ItemColumns] = MappingProxyType({}),
) -> Reviewed:
    """Review all subjects in scope under one rulebook; `part` holds them where the setting's
    records do not, `given` the measures that look beyond it.

    `scored` maps items to what an earlier review of the same subjects found of them before
    judgements, where nothing that they rest on has changed; they are not scored again.

    `decided` gives the flags that are decided, or proposed by rulebooks that ran before.
    NotLowered words of the rulebook are a ValueError that names their places; Overflow where exact
    integers could pass 2⁶³.
    """
    totals = score_columns(setting, decided, prefer, part, given, scored)
    grades = _graded(totals)
    ending: Ending = totals.ending
    stars = None if grades is None else Stars(grades.star_low, grades.star_high)
    later = judged_later(setting.book, ending, stars, prefer)
    known = {each.name: getattr(totals, each.name) for each in fields(Scored)}
    known |= {"judge": later.judge or totals.judge}
    known |= {"vectors": totals.vectors + later.found.distinct}
    return Reviewed(
        **known,
        second=later.found,
        flags=later.flags,
        concluded=ending.concluded(setting.book, stars),
        grades=grades,
        lagging=lagging(setting.book, ending, stars),
    )


def _graded(scored: Scored) -> grading.Grades | None:
    """The stars of subjects who compete with nobody beyond the part."""
    grounds = scored.grounds
    if grounds is None:
        return None
    progress_run = scored.setting.progress_run
    return grading.grade(grounds.candidates(), grounds.ladder, progress_run=progress_run)


__all__ = ["Reviewed", "review_columns", "section_applies"]
