"""Running a plan on a part."""

from __future__ import annotations

from starrating.engine.kernel.measured import Measured
from starrating.engine.kernel.part import Part
from starrating.engine.kernel.plan import Plan
from starrating.engine.kernel.subjects import SubjectFacts


def run(plan: Plan, part: Part) -> dict[str, Measured]:
    """Every measure of the plan, by name, for the subjects of the part.

    Raises `Overflow` where exact integers could pass 2⁶³. A plan with refused words may not be
    run: that is an error of the caller.
    """
    assert not plan.refused, plan.refused
    facts = SubjectFacts(plan, part)
    return {node.name: facts.measured(node.name) for node in plan.measures}
