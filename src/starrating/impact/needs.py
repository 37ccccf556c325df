"""What the new rules ask for that a past review did not hold, item by item.

What nobody asked for then is not known now; it is shown as a range, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from starrating.engine.kernel.evaluate import Reviewed
from starrating.impact.model import Need
from starrating.reviewing.asked import Lacking, kinds_of, points_of
from starrating.rulebook.fields import Between
from starrating.rulebook.model import Item, Measure
from starrating.rulediff.reads import Reads, item_place, words_of
from starrating.schema import ORGANISATIONS, SCORES


def needs(old: Reviewed, new: Reviewed, lacking: Lacking) -> tuple[Need, ...]:
    """The items whose score is a range only under the new rules, with what is missing."""
    known = _open(old)
    counts = {item: len(codes - known.get(item, set())) for item, codes in _open(new).items()}
    reasons = _Reasons(new, lacking)
    return tuple(
        Need(item.id, item_place(item), tuple(dict.fromkeys(reasons.of(item))), counts[item.id])
        for _, item in new.setting.book.items()
        if counts.get(item.id)
    )


def _open(reviewed: Reviewed) -> dict[str, set[str]]:
    """item → the organisations whose score of it is a range."""
    found = {}
    for each in reviewed.before:
        places = np.flatnonzero(~each.score.certain).tolist()
        found[each.placed.item.id] = {reviewed.codes[place] for place in places}
    return found


class _Reasons:
    """What a past review lacks of what items ask for."""

    def __init__(self, new: Reviewed, lacking: Lacking) -> None:
        self._new, self._lacking = new, lacking
        self._book, self._records = new.setting.book, new.setting.records
        self._reads = Reads(self._book)

    def of(self, item: Item) -> Iterator[str]:
        """What is missing for one item."""
        for name in sorted(self._reads.of(item) & self._book.measures.keys()):
            yield from self._measure(name, self._book.measures[name])
        for point in dict.fromkeys(points_of(self._book, item)):
            if point in self._lacking.points:
                yield f"没有检查“{point}”"
        roll = self._records.tables.get(ORGANISATIONS)
        declared = self._book.columns.get(ORGANISATIONS, {})
        for name in dict.fromkeys(words_of(item)):
            if name in declared and roll is not None and name not in roll.columns:
                yield f"名册没有“{name}”列"
        if self._by_person(item):
            yield "没有本项的评分"

    def _measure(self, name: str, measure: Measure) -> Iterator[str]:
        sheet = measure.sheet or ORGANISATIONS
        table = self._records.tables.get(sheet)
        if table is None:
            yield f"没有提供“{sheet}”表"
            return
        if name in self._lacking.measures:
            kinds = "、".join(kind for _, kind in kinds_of(measure))
            yield f"“{sheet}”表当年没有记“{kinds}”"
        declared = self._new.setting.schema.sheet(sheet)
        names = [
            *words_of(measure),
            *filter(None, (measure.field, measure.of, measure.weighted_by)),
        ]
        for column in dict.fromkeys(names):
            known = declared is not None and declared.column(column) is not None
            if known and column not in table.columns:
                yield f"“{sheet}”表没有“{column}”列（指标“{name}”要用）"

    def _by_person(self, item: Item) -> bool:
        """Whether a person's figure is asked for and nobody gave one to this item."""
        ranged = any(
            isinstance(clause.amount, Between)
            or (clause.form == "score" and isinstance(clause.amount, dict) and clause.by is None)
            for _, clause in item.every_clause()
        )
        given = {row.value("项目") for row in self._records.rows(SCORES)}
        return ranged and not given & {item.id, item.title}
