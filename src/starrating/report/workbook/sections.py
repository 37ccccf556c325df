"""The sums of sections, as 分项得分 prints them: items, then the section's own steps.

A section's own step (封顶, 折算, 权重 …) is a finding without an item whose detail names the
section. In a deduction section findings count as they act on the total, negative, while its
items and its sum are printed as points lost, positive.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from starrating.results.model import FindingRow, ItemRow

ZERO = Decimal(0)


class Ends(NamedTuple):
    """A sum in the low and the high reading."""

    low: Decimal
    high: Decimal


class SectionSums:
    """Sums by rulebook, organisation and section, from the findings of a review."""

    def __init__(self, findings: Iterable[FindingRow]) -> None:
        """Take what the findings add to items and to sections."""
        self._steps: dict[tuple[str, str, str], list[Ends]] = defaultdict(list)
        self._told: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
        for row in findings:
            if row.points is None:
                continue
            if row.item is not None:
                self._told[row.rulebook, row.code, row.item] += row.points
            elif row.detail is not None:
                detail = json.loads(row.detail)
                section = detail.get("section")
                if isinstance(section, str):
                    ends = _ends(row.points, detail)
                    self._steps[row.rulebook, row.code, section].append(ends)

    def of(self, section: str, rows: Iterable[ItemRow]) -> Ends:
        """The sum of a section whose items are `rows` (all of one organisation)."""
        items = list(rows)
        low = sum((row.score_low for row in items), ZERO)
        high = sum((row.score_high for row in items), ZERO)
        steps = self._steps.get((items[0].rulebook, items[0].code, section), []) if items else []
        first = sum((step.low for step in steps), ZERO)
        second = sum((step.high for step in steps), ZERO)
        if any(self._lost(row) for row in items):
            first, second = -second, -first
        ends = sorted((low + first, high + second))
        return Ends(*ends)

    def _lost(self, row: ItemRow) -> bool:
        """Whether an item's score is points lost: its findings are negative, its score is not."""
        told = self._told.get((row.rulebook, row.code, row.item), ZERO)
        return told < 0 <= row.score_low and row.score_high > 0


def _ends(points: Decimal, detail: Mapping[str, object]) -> Ends:
    high = detail.get("high")
    return Ends(points, Decimal(high) if isinstance(high, str) else points)
