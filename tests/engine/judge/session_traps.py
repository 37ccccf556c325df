"""Traps of sessions, facts, consequents and the clock; each function is one test's child."""

import resource
import sys
import threading
import warnings

from judge_child import NONE, agree, all_ones, failed, reason_of, vector_of, wide

from starrating.engine.judge import DurableJudge, NativeJudge, judge_for
from starrating.engine.judge import _forward as forward


def no_threads():
    """10,000 sessions opened and freed; under the default host this dies within seconds."""
    ruleset = wide(2)
    judge = DurableJudge(ruleset)
    for _ in range(10_000):
        judge.judge(all_ones(ruleset), NONE, NONE)
    assert threading.enumerate() == [threading.main_thread()]


def no_module_host():
    """The module-level functions of the library would make a host with threads."""
    judge = judge_for(wide(2))
    judge.judge(all_ones(judge.ruleset), NONE, NONE)
    assert judge.name == "durable"
    assert "durable.lang" not in sys.modules  # where get_host() lives


def sessions():
    """Far more vectors than the 1,024 sessions the library holds, in flat memory."""
    ruleset = wide(20)
    judge = DurableJudge(ruleset)
    for number in range(300):
        judge.judge(vector_of(ruleset, number), NONE, NONE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(3_000):
        judge.judge(vector_of(ruleset, number), NONE, NONE)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 8_000, f"{grown} kB"


def session_gone():
    """After a vector, also one that failed, no session is left behind."""
    ruleset = wide(3)
    judge = DurableJudge(ruleset)
    judge.judge(all_ones(ruleset), NONE, NONE)
    chain = judge._compiled.forward

    def fails(_number, _assert):
        raise ValueError("boom")

    failed(lambda: chain.run({"v0": {"part": 0, "b0": 1}}, fails, 10), "boom")
    engine = forward._library()
    assert "309" in reason_of(
        lambda: chain._host.get_facts(chain._name, "s"), engine.durable_rules_engine.error
    )
    agree(ruleset, all_ones(ruleset))


def consequent_exception():
    chain = forward.Forward([[{"b": 1}]])

    def fails(_number, _assert):
        raise ValueError("boom")

    failed(lambda: chain.run({"v": {"b": 1}}, fails, 10), "boom")


def unwanted_fact():
    """A fact that no rule asks for reaches the catch-all, and what follows is not lost."""
    chain = forward.Forward([[{"b": 1}], [{"c": 1}]])
    told = []

    def collect(number, assert_fact):
        told.append(number)
        if number == 0:
            assert_fact("nobody", {"nothing": 1})
            assert_fact("second", {"c": 1})

    assert chain.run({"v": {"b": 1}}, collect, 10) == (2, True)
    assert told == [0, 1]


def fact_twice():
    chain = forward.Forward([[{"b": 1}]])

    def twice(_number, assert_fact):
        assert_fact("same", {"x": 1})
        assert_fact("same", {"x": 1})

    failed(lambda: chain.run({"v": {"b": 1}}, twice, 10), "is asserted twice")


def no_reference_to_facts():
    """What is compiled holds properties equal to whole numbers and nothing else."""
    seen = []
    host = forward._host()
    real = host.set_rulesets
    host.set_rulesets = lambda sets: (seen.append(sets), real(sets))
    DurableJudge(wide(5, chained=True))
    (definition,) = seen[0].values()
    for rule in definition.values():
        for condition in rule["all"]:
            ((_, body),) = condition.items()
            for part in body.get("$and", [body]):
                ((name, value),) = part.items()
                assert name[0] in "abfp", name
                assert type(value) is int, value


def one_fact_a_call():
    """No batch function of the library is ever called."""
    engine = forward._library()
    calls = []
    engine.Host.assert_facts = lambda *_: calls.append(1)
    engine.Host.post_batch = lambda *_: calls.append(1)
    for rules in (0, 1, 70):
        ruleset = wide(rules)
        agree(ruleset, all_ones(ruleset))
        agree(ruleset, dict.fromkeys(ruleset.bits, 0))
    assert not calls


def endless_chain():
    chain = forward.Forward([[{"b": 1}]])
    numbers = iter(range(10**9))

    def again(_number, assert_fact):
        assert_fact(f"again{next(numbers)}", {"b": 1})

    failed(lambda: chain.run({"v": {"b": 1}}, again, 1_000), "does not end")
    assert next(numbers) == 1_000


def clock_jump():
    """A jump drops actions: the run is seen to fall short, and is run once more."""
    ruleset = wide(10)
    judge = DurableJudge(ruleset)
    engine = forward._library()
    runs, looks, real, once = [], [], engine._unix_now, judge._once

    def jumps():
        looks.append(1)
        return real() + (3_600 if len(looks) > 7 else 0)

    def counted(*arguments):
        runs.append(1)
        return once(*arguments)

    engine._unix_now = jumps
    judge._once = counted
    verdict = judge.judge(all_ones(ruleset), NONE, NONE)
    assert verdict == NativeJudge(ruleset).judge(all_ones(ruleset), NONE, NONE)
    assert len(runs) == 2, runs


def clock_always_jumps():
    """When every run falls short the vector fails; it never gives a wrong verdict."""
    ruleset = wide(10)
    judge = DurableJudge(ruleset)
    engine = forward._library()
    clock = iter(range(0, 10**9, 3_600))
    engine._unix_now = lambda: next(clock)
    failed(lambda: judge.judge(all_ones(ruleset), NONE, NONE), "expected")


def deprecation_warning():
    """Python 3.12 warns at each firing; with warnings as errors nothing may be lost."""
    engine = forward._library()
    real = engine._unix_now

    def warns():
        warnings.warn_explicit(
            "utcfromtimestamp", DeprecationWarning, "engine.py", 1, module="durable.engine"
        )
        return real()

    engine._unix_now = warns
    warnings.simplefilter("error")
    ruleset = wide(5)
    agree(ruleset, all_ones(ruleset))
