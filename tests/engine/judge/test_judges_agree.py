"""The two judges give equal verdicts on random rule sets; durable_rules in a process of its own."""

import json
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judge_process import CHILD, child_environment, missing

from starrating.engine.judge import Case, JudgeRule, NativeJudge, RuleSet, judge_all

SETS_A_PROCESS = 400
"""Rule sets are never given back: a child is replaced before it holds 500."""


@st.composite
def rule_sets(draw, most_rules):
    """Rule sets of any shape: chains, cycles, several alternatives, none at all."""
    bits = tuple(f"b{number}" for number in range(draw(st.integers(0, 6))))
    flags = tuple(f"标记{number}" for number in range(draw(st.integers(0, 5))))
    needs = st.tuples(subsets(bits, 3), subsets(flags, 2))
    rules = draw(
        st.lists(
            st.tuples(
                st.lists(needs, max_size=3),
                st.sampled_from((None, *flags)),
            ),
            max_size=most_rules,
        )
    )
    return RuleSet(
        tuple(
            JudgeRule(f"V{number}", tuple(when), raises)
            for number, (when, raises) in enumerate(rules)
        ),
        bits,
        flags,
    )


@st.composite
def wide_rule_sets(draw):
    """Rule sets that need several parts: the random numbers are hypothesis's own."""
    random = draw(st.randoms(use_true_random=False))
    bits = tuple(f"b{number}" for number in range(random.randint(1, 300)))
    flags = tuple(f"标记{number}" for number in range(random.randint(1, 40)))

    def pick(names, most):
        return frozenset(random.sample(names, random.randint(0, min(most, len(names)))))

    rules = tuple(
        JudgeRule(
            f"V{number}",
            tuple((pick(bits, 4), pick(flags, 2)) for _ in range(random.randint(1, 2))),
            random.choice((None, *flags)),
        )
        for number in range(random.randint(61, 150))
    )
    return RuleSet(rules, bits, flags)


def subsets(names, most):
    if not names:
        return st.just(frozenset())
    return st.frozensets(st.sampled_from(names), max_size=most)


@st.composite
def questions(draw, sets):
    """A rule set and some cases for it."""
    ruleset = draw(sets)
    marks = st.sampled_from(("standing", "blocked", "", ""))
    case = st.builds(
        case_of,
        st.fixed_dictionaries({bit: st.integers(0, 1) for bit in ruleset.bits}),
        st.fixed_dictionaries(dict.fromkeys(ruleset.flags, marks)),
    )
    return ruleset, draw(st.lists(case, min_size=1, max_size=6))


def case_of(vector, marks):
    standing = frozenset(flag for flag, mark in marks.items() if mark == "standing")
    blocked = frozenset(flag for flag, mark in marks.items() if mark == "blocked")
    return Case(vector, standing, blocked)


class Durable:
    """durable_rules in a process of its own, replaced when it is full or has died."""

    def __init__(self):
        self.process = None
        self.asked = 0

    def verdicts(self, ruleset, cases):
        if self.process is None or self.asked == SETS_A_PROCESS:
            self.close()
            self.process = subprocess.Popen(
                [sys.executable, "-X", "faulthandler", str(CHILD), "serve"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                env=child_environment(),
            )
        self.asked += 1
        self.process.stdin.write(json.dumps(document_of(ruleset, cases)) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            self.close()
            raise AssertionError("the process of durable_rules died")
        return json.loads(answer)

    def close(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.stdout.close()
            self.process.wait(timeout=60)
        self.process, self.asked = None, 0


def document_of(ruleset, cases):
    return {
        "bits": ruleset.bits,
        "flags": ruleset.flags,
        "rules": [
            {
                "id": rule.id,
                "when": [[sorted(bits), sorted(flags)] for bits, flags in rule.when],
                "raises": rule.raises,
            }
            for rule in ruleset.rules
        ],
        "cases": [
            {
                "vector": case.vector,
                "standing": sorted(case.standing),
                "blocked": sorted(case.blocked),
            }
            for case in cases
        ],
    }


@pytest.fixture(scope="module")
def durable():
    """The process that runs durable_rules, or a skip with the reason."""
    if missing():
        pytest.skip(f"durable_rules can not be imported here: {missing()}")
    process = Durable()
    yield process
    process.close()


def hold_equal(durable, question):
    ruleset, cases = question
    own = judge_all(NativeJudge(ruleset), cases).verdicts
    assert durable.verdicts(ruleset, cases) == [
        [sorted(verdict.fired), sorted(verdict.flags)] for verdict in own
    ]


def examples(number):
    return settings(
        max_examples=number,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@examples(250)
@given(question=questions(rule_sets(12)))
def test_judges_agree(durable, question):
    """On small rule sets of any shape."""
    hold_equal(durable, question)


@examples(25)
@given(question=questions(wide_rule_sets()))
def test_judges_agree_on_wide_sets(durable, question):
    """On rule sets that durable_rules could not hold without being split."""
    hold_equal(durable, question)


@pytest.mark.slow
@examples(1_500)
@given(question=questions(rule_sets(40)))
def test_judges_agree_on_many(durable, question):
    """On many more."""
    hold_equal(durable, question)


@pytest.mark.slow
@examples(120)
@given(question=questions(wide_rule_sets()))
def test_judges_agree_on_many_wide_sets(durable, question):
    """On many more that need splitting."""
    hold_equal(durable, question)
