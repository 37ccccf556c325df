"""The judge: forward chaining of short rules over facts already computed (steps 9 and 13).

It never sees an event row, a decimal or a comparison: conditions arrive as bits, conclusions
leave as the ids of rules that fired and the flags that stand.
"""

from starrating.engine.judge.choose import Preference, judge_for
from starrating.engine.judge.durable import DurableJudge
from starrating.engine.judge.model import (
    Alternative,
    Judge,
    JudgeFailed,
    JudgeRule,
    OutOfReach,
    RuleSet,
    Verdict,
)
from starrating.engine.judge.native import NativeJudge
from starrating.engine.judge.shared import Case, Judged, judge_all

__all__ = [
    "Alternative",
    "Case",
    "DurableJudge",
    "Judge",
    "JudgeFailed",
    "JudgeRule",
    "Judged",
    "NativeJudge",
    "OutOfReach",
    "Preference",
    "RuleSet",
    "Verdict",
    "judge_all",
    "judge_for",
]
