"""Runs in a process of its own: durable_rules can crash the one it runs in.

`judge_child.py serve` answers one JSON document a line; `judge_child.py MODULE NAME` runs that
function of a module beside this one. Nothing here imports pytest.
"""

import json
import sys
from importlib import import_module

from starrating.engine.judge import (
    Case,
    DurableJudge,
    JudgeFailed,
    JudgeRule,
    NativeJudge,
    OutOfReach,
    RuleSet,
    judge_all,
    judge_for,
)

NONE = frozenset()


def ruleset_from(document):
    rules = tuple(
        JudgeRule(
            rule["id"],
            tuple((frozenset(bits), frozenset(flags)) for bits, flags in rule["when"]),
            rule["raises"],
        )
        for rule in document["rules"]
    )
    return RuleSet(rules, tuple(document["bits"]), tuple(document["flags"]))


def serve():
    for line in sys.stdin:
        document = json.loads(line)
        judge = DurableJudge(ruleset_from(document))
        cases = [
            Case(case["vector"], frozenset(case["standing"]), frozenset(case["blocked"]))
            for case in document["cases"]
        ]
        verdicts = judge_all(judge, cases).verdicts
        answer = [[sorted(verdict.fired), sorted(verdict.flags)] for verdict in verdicts]
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def wide(rules, *, chained=False, flags_each=0):
    """`rules` rules on a bit each; chained: each asks for the flag of the one before."""
    flags = tuple(f"flag{number}" for number in range(rules))
    return RuleSet(
        tuple(
            JudgeRule(
                f"rule{number}",
                (
                    (
                        frozenset({f"bit{number}"}),
                        frozenset(flags[number - 1 : number] if chained else flags[:flags_each]),
                    ),
                ),
                flags[number],
            )
            for number in range(rules)
        ),
        tuple(f"bit{number}" for number in range(rules)),
        flags,
    )


def all_ones(ruleset):
    return dict.fromkeys(ruleset.bits, 1)


def reason_of(function, kind=JudgeFailed):
    """The text of the exception of that kind which `function` raises, or an empty text."""
    try:
        function()
    except kind as error:
        return str(error)
    return ""


def refused(ruleset, word):
    assert word in reason_of(lambda: DurableJudge(ruleset), OutOfReach)
    assert judge_for(ruleset).name == "native"


def failed(function, word):
    assert word in reason_of(function)


def agree(ruleset, vector, standing=NONE, blocked=NONE):
    expected = NativeJudge(ruleset).judge(vector, standing, blocked)
    assert DurableJudge(ruleset).judge(vector, standing, blocked) == expected
    return expected


def vector_of(ruleset, number):
    return {bit: (number >> place) & 1 for place, bit in enumerate(ruleset.bits)}


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve()
    else:
        getattr(import_module(sys.argv[1]), sys.argv[2])()
