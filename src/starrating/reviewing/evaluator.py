"""Who evaluates a review: the reference, or the kernel where there are many organisations."""

from __future__ import annotations

from collections.abc import Mapping

from starrating.engine import reference
from starrating.engine.evaluation import Evaluation
from starrating.engine.flag_sets import Flags
from starrating.engine.judge import Preference
from starrating.engine.setting import Setting

MANY = 50
"""From so many organisations on the kernel evaluates and what organisations have alike is told
once: faster there, slower below (docs/kernel.md)."""


def evaluate(
    setting: Setting,
    decided: Mapping[str, Flags] | None = None,
    prefer: Preference | None = None,
) -> Evaluation:
    """Review all subjects in scope under one rulebook (steps 0 to 13).

    The size of the review alone decides who does it, and both give the same rows. What the kernel
    refuses (whole numbers that could pass 2⁶³, a word that is not lowered) the reference does.
    """
    if len(setting.records.organisations) < MANY:
        return reference.evaluate(setting, decided, prefer)
    from starrating.engine.kernel.expressions.operations import Overflow
    from starrating.engine.kernel.plan import Unlowered
    from starrating.engine.kernel.program import program_of
    from starrating.engine.readout import evaluate_in_bulk

    if program_of(setting.book).measures.refused:
        return reference.evaluate(setting, decided, prefer)
    try:
        return evaluate_in_bulk(setting, decided, prefer)
    except (Overflow, Unlowered):
        return reference.evaluate(setting, decided, prefer)
