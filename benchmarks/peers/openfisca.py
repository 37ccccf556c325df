"""openfisca-core: a country package of one entity, a variable an indicator, full tracer on.

Variables of type float are float32 by the documentation: about seven digits, so that a total may be
off by one in its second decimal where it lies next to a half.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.peers import Answer
from benchmarks.peers.figures import YEAR, load
from benchmarks.peers.table import UNIT, Indicator, Table, Verdict

__all__ = ["LIMIT", "TRACE", "grade", "load"]
TRACE = "full tracer: every variable with its inputs"
LIMIT = Decimal("0.01")
BRANCH = build_entity(key="branch", plural="branches", label="branch", is_person=True)


def grade(table: Table, data: pd.DataFrame) -> Iterator[Answer]:
    """All branches at once."""
    simulation = SimulationBuilder().build_default_simulation(_system(table), len(data))
    simulation.trace = True
    for key in data.columns:
        simulation.set_input(key, str(YEAR), data[key].to_numpy(np.int32))
    totals = simulation.calculate("total", str(YEAR))
    held = {v.id: simulation.calculate(f"v_{v.id}", str(YEAR)) for v in table.verdicts}
    for place, code in enumerate(data.index):
        verdicts = frozenset(name for name, mask in held.items() if mask[place])
        yield Answer(code, Decimal(f"{totals[place]:.2f}"), verdicts)


def _system(table: Table) -> TaxBenefitSystem:
    system = TaxBenefitSystem([BRANCH])
    for figure in table.figures:
        system.add_variable(_variable(figure.key, int))
    for item in (*table.items, *table.bonus):
        system.add_variable(_variable(f"i_{item.id}", float, _points(item)))
    for name, items in table.sections.items():
        system.add_variable(_variable(name, float, _section(items)))
    for verdict in table.verdicts:
        system.add_variable(_variable(f"v_{verdict.id}", bool, _holds(verdict)))
    system.add_variable(_variable("total", float, _total(table)))
    return system


def _variable(name: str, kind: type, formula: Callable[..., Any] | None = None) -> type[Variable]:
    told: dict[str, Any] = {
        "value_type": kind, "entity": BRANCH, "definition_period": DateUnit.YEAR, "label": name,
    }  # fmt: skip
    if formula is not None:
        told["formula"] = formula
    return type(name, (Variable,), told)


def _points(item: Indicator) -> Callable[..., Any]:
    points, step = item.points / UNIT, item.step / UNIT

    def formula(branch: Any, period: Any) -> Any:
        n, *others = (branch(key, period) for key in item.figures)
        if item.form == "less":
            return np.maximum(0, points - step * n)
        if item.form == "found":
            return np.where(n, points, points - step)
        if item.form == "given":
            return n / 100
        (d,) = others
        if item.form == "share":
            return np.where(d, _rounded(points * n / np.maximum(d, 1), 4), points)
        reached = [n * b >= d * a for a, b, _ in item.edges]
        return np.where(d, np.select(reached, [p / UNIT for *_, p in item.edges], 0), points)

    return formula


def _section(items: tuple[Indicator, ...]) -> Callable[..., Any]:
    def formula(branch: Any, period: Any) -> Any:
        points = printed = 0
        for item in items:
            counts = branch(item.applies, period) != 0 if item.applies else True
            points = points + np.where(counts, branch(f"i_{item.id}", period), 0)
            printed = printed + np.where(counts, item.points / UNIT, 0)
        whole = sum(item.points for item in items) / UNIT
        return np.where(printed == whole, points, _rounded(points * whole / printed, 4))

    return formula


def _holds(verdict: Verdict) -> Callable[..., Any]:
    def formula(branch: Any, period: Any) -> Any:
        return branch(verdict.figure, period) >= verdict.at_least

    return formula


def _total(table: Table) -> Callable[..., Any]:
    def formula(branch: Any, period: Any) -> Any:
        base = sum(branch(name, period) for name in table.sections)
        bonus = sum(branch(f"i_{item.id}", period) for item in table.bonus)
        return _rounded(_rounded(base * 100 / (table.whole / UNIT), 4) + bonus, 2)

    return formula


def _rounded(number: Any, decimals: int) -> Any:
    return np.floor(number * 10**decimals + 0.5) / 10**decimals
