"""核查计数: a count that an inspector wrote down stands for a measure (step 4)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from starrating.engine.codes import CODES
from starrating.engine.measures.measured import Measured
from starrating.engine.setting import newest
from starrating.engine.shown import show
from starrating.engine.values import ANY, Interval, as_interval
from starrating.number import plain
from starrating.schema import COUNTS

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts


def with_count(subject: SubjectFacts, name: str, found: Measured, *, any_row: bool) -> Measured:
    """The measure, or the count written down where no row passes its `where`; if both exist and
    differ, that is a fault and the measure is the interval of both."""
    rows = [row for row in subject.setting.rows(COUNTS, subject.code) if row.value("指标") == name]
    if not rows or not found.applies:
        return found
    last = newest(rows, "日期")
    figures = {row.value("数值") for row in last}
    place = last[0].place("数值")
    if len(figures) > 1:
        subject.report(CODES.fault("E105", place, measure=name))
        return replace(found, value=ANY, unknown=(f"核查计数“{name}”自相矛盾",))
    figure = figures.pop()
    if not isinstance(figure, Fraction):
        if any_row:
            return found
        return replace(found, value=ANY, unknown=(f"{place} 核查计数无法识别",))
    counted = Interval.at(figure)
    if not any_row:
        return replace(found, value=counted, cells=lambda: (str(place),), lacking=(), unknown=())
    both = replace(found, cells=lambda: (*found.cells(), str(place)))
    computed = as_interval(found.value)
    if not isinstance(computed, Interval) or computed == counted:
        return both
    shown = show(found.value)
    subject.report(CODES.fault("E104", place, measure=name, counted=plain(figure), computed=shown))
    unknown = (f"核查计数与明细不一致（{place}）",)
    return replace(both, value=computed.hull(counted), unknown=unknown)
