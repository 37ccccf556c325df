"""Which judge chains: durable_rules where it can be had and can carry the rules, else ours.

The choice never changes a verdict; the judge's `name` is recorded outside the content digest.
"""

from __future__ import annotations

from typing import Literal

from starrating.engine.judge.durable import DurableJudge
from starrating.engine.judge.model import Judge, OutOfReach, RuleSet
from starrating.engine.judge.native import NativeJudge

Preference = Literal["durable", "native"]


def judge_for(ruleset: RuleSet, prefer: Preference | None = None) -> Judge:
    """Choose the judge for `ruleset`; its `name` says which it is.

    Without a preference, or preferring `durable`: durable_rules where it can be imported and
    the rule set is within its limits, else the native chainer. Preferring `native` takes the
    native chainer.
    """
    if prefer != "native":
        try:
            return DurableJudge(ruleset)
        except OutOfReach:
            pass
    return NativeJudge(ruleset)
