"""Holds the kernel's measures to the reference evaluator's, subject by subject."""

from starrating.engine.kernel.decode import decoded
from starrating.engine.kernel.part import encode
from starrating.engine.kernel.plan import LOWERED, compile_measures
from starrating.engine.kernel.subjects import SubjectFacts


def differences(evaluation):
    """(how many values were compared, lines that name each one that differs)."""
    setting = evaluation.setting
    plan = compile_measures(setting.book)
    part = encode(setting, [result.code for result in evaluation.subjects])
    facts = SubjectFacts(plan, part)
    count, lines = 0, []
    for node in plan.measures:
        if node.rule.form not in LOWERED:
            continue
        found = facts.measured(node.name)
        for place, result in enumerate(evaluation.subjects):
            wanted = result.facts.measured(node.name)
            count += 1
            applies = found.applies is None or bool(found.applies[place])
            own = decoded(found.value, place)
            if own != wanted.value or applies != wanted.applies:
                where = f"{node.origin} {node.name} {result.code}"
                lines.append(f"{where}: {wanted.value} {wanted.applies}, kernel {own} {applies}")
    return count, lines
