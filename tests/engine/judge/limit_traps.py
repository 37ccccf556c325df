"""Traps of sizes, values and names; each function is one test's child."""

from judge_child import NONE, agree, all_ones, failed, refused, wide

from starrating.engine.judge import DurableJudge, JudgeRule, RuleSet, judge_for
from starrating.engine.judge import _forward as forward


def many_matching_rules():
    """65 rules that match one fact are an error: they are split over several facts."""
    for rules in (60, 61, 64, 65, 130, 600):
        ruleset = wide(rules)
        verdict = agree(ruleset, all_ones(ruleset))
        assert len(verdict.fired) == rules


def long_chain():
    ruleset = wide(300, chained=True)
    start = JudgeRule("start", ((NONE, NONE),), "flag0")
    ruleset = RuleSet((*ruleset.rules[1:], start), ruleset.bits, ruleset.flags)
    assert len(agree(ruleset, all_ones(ruleset)).fired) == 300


def many_bits():
    """A fact holds 252 properties: bits are split with the alternatives that read them."""
    bits = tuple(f"bit{number}" for number in range(400))
    rules = tuple(
        JudgeRule(f"rule{start}", ((frozenset(bits[start : start + 30]), NONE),))
        for start in range(0, 400, 10)
    )
    ruleset = RuleSet(rules, bits, ())
    agree(ruleset, all_ones(ruleset))
    agree(ruleset, all_ones(ruleset) | {"bit200": 0})
    widest = RuleSet((JudgeRule("r", ((frozenset(bits[:240]), NONE),)),), bits, ())
    agree(widest, all_ones(widest))
    refused(RuleSet((JudgeRule("r", ((frozenset(bits[:241]), NONE),)),), bits, ()), "240 bits")


def many_conditions():
    """17 conditions in a rule are an error: 15 flags and the bits are carried, 16 refused."""
    flags = tuple(f"flag{number}" for number in range(16))
    for asked in (15, 16):
        needs = ((frozenset({"bit"}), frozenset(flags[:asked])),)
        ruleset = RuleSet((JudgeRule("r", needs),), ("bit",), flags)
        if asked == 15:
            assert agree(ruleset, {"bit": 1}, frozenset(flags)).fired == {"r"}
            assert agree(ruleset, {"bit": 1}, frozenset(flags[1:])).fired == NONE
        else:
            refused(ruleset, "15 flags")


def many_readers():
    """A list of 256 readers of one flag is not guarded by the library."""
    for rules, taken in ((200, True), (201, False)):
        ruleset = wide(rules, flags_each=1)
        if taken:
            agree(ruleset, all_ones(ruleset), frozenset({"flag0"}))
        else:
            refused(ruleset, "flag0")


def many_on_one_level():
    """512 conditions on one level hang: refused before."""
    for rules, taken in ((390, True), (400, False)):
        ruleset = wide(rules, chained=True)
        if taken:
            agree(ruleset, all_ones(ruleset), frozenset({"flag0"}))
        else:
            refused(ruleset, "flags are asked for")


def too_long():
    refused(
        RuleSet(tuple(JudgeRule(f"r{n}", ((NONE, NONE),) * 2) for n in range(1_201)), (), ()),
        "2400",
    )


def too_many_sets():
    """Rule sets can not be given back: after 500 the native chainer serves."""
    names = [judge_for(RuleSet((JudgeRule(f"r{n}", ()),), (), ())).name for n in range(501)]
    assert names == ["durable"] * 500 + ["native"]


def compiled_once():
    ruleset, equal = wide(4), wide(4)
    first = DurableJudge(ruleset)
    for _ in range(600):
        assert DurableJudge(equal)._compiled is first._compiled


def odd_names():
    """No text of a rulebook enters the library."""
    names = ('软弱"涣散', "$and", "id", "sid", "a.b", "x\x00y", "", "党" * 70_000)
    rules = tuple(
        JudgeRule(f"r{name}", ((frozenset({name}), frozenset({names[place - 1]})),), name)
        for place, name in enumerate(names)
    )
    ruleset = RuleSet(rules, names, names)
    assert agree(ruleset, all_ones(ruleset), frozenset({"id"})).flags == set(names)


def only_whole_numbers():
    chain = forward.Forward([[{"b": 1}]])
    for value in (True, "1", 1.0, 2**63, -1, None, 1e-05):
        failed(lambda odd=value: chain.run({"v": {"b": odd}}, lambda *_: None, 10), "whole number")
    for value in ("1", True, 1.0, {"a": "v"}):
        try:
            forward.Forward([[{"b": value}]])
        except TypeError:
            continue
        raise AssertionError(value)


def absence_is_given():
    """Absence is a bit of its own: the order in which facts arrive changes nothing."""
    rules = (
        JudgeRule("late", ((frozenset({"no minutes"}), frozenset({"second"})),), "third"),
        JudgeRule("early", ((frozenset({"no minutes"}), NONE),), "second"),
    )
    for order in (rules, rules[::-1]):
        ruleset = RuleSet(order, ("no minutes",), ("second", "third"))
        assert agree(ruleset, {"no minutes": 1}).flags == {"second", "third"}
        assert agree(ruleset, {"no minutes": 0}).flags == NONE
