"""The native chainer, and what every judge refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.engine.judge import JudgeRule, NativeJudge, RuleSet

NONE = frozenset()


def needs(bits="", flags=""):
    return frozenset(bits.split()), frozenset(flags.split())


def rule(name, *when, raises=None):
    return JudgeRule(name, when, raises)


CHAIN = RuleSet(
    (
        rule("last", needs("", "two")),
        rule("second", needs("", "one"), needs("b", ""), raises="two"),
        rule("first", needs("a", ""), raises="one"),
    ),
    ("a", "b"),
    ("one", "two"),
)


def judged(ruleset, standing="", blocked="", **bits):
    vector = dict.fromkeys(ruleset.bits, 0) | bits
    verdict = NativeJudge(ruleset).judge(
        vector, frozenset(standing.split()), frozenset(blocked.split())
    )
    return sorted(verdict.fired), sorted(verdict.flags)


def test_chains_to_the_fixpoint():
    """Rules written after those that need them still feed them."""
    assert judged(CHAIN, a=1) == (["first", "last", "second"], ["one", "two"])


def test_any_alternative_is_enough():
    """`when` is a disjunction."""
    assert judged(CHAIN, b=1) == (["last", "second"], ["two"])


def test_nothing_fires_without_ground():
    """No bit, no flag: no rule."""
    assert judged(CHAIN) == ([], [])


def test_standing_flags_feed_rules():
    """A confirmed flag stands beforehand, and is among the flags at the end."""
    assert judged(CHAIN, standing="one") == (["last", "second"], ["one", "two"])


def test_blocked_flags_are_not_raised():
    """A rejected flag is not raised, though its rule fires, and nothing follows from it."""
    assert judged(CHAIN, blocked="one", a=1) == (["first"], [])


def test_an_alternative_that_asks_for_nothing_holds():
    """And a rule without alternatives never fires."""
    ruleset = RuleSet((rule("always", needs()), rule("never")), (), ())
    assert judged(ruleset) == (["always"], [])


def test_flags_do_not_hold_each_other_up():
    """A circle of flags needs a first ground."""
    ruleset = RuleSet(
        (
            rule("there", needs("", "one"), raises="two"),
            rule("back", needs("", "two"), raises="one"),
        ),
        (),
        ("one", "two"),
    )
    assert judged(ruleset) == ([], [])


@given(order=st.permutations(CHAIN.rules), a=st.integers(0, 1), b=st.integers(0, 1))
def test_order_of_rules_does_not_matter(order, a, b):
    """Writing order changes nothing (step 9)."""
    other = RuleSet(tuple(order), CHAIN.bits, CHAIN.flags)
    assert judged(other, a=a, b=b) == judged(CHAIN, a=a, b=b)


@pytest.mark.parametrize("value", [True, False, "1", 1.0, 2, -1, None, 2**63])
def test_only_the_integers_0_and_1(value):
    """Anything else would be compared in the library's own way."""
    with pytest.raises(ValueError, match="integer 0 or 1"):
        judged(CHAIN, a=value)


@pytest.mark.parametrize(
    ("vector", "standing", "blocked", "text"),
    [
        ({"a": 1}, NONE, NONE, "exactly the bits"),
        ({"a": 1, "b": 0, "c": 0}, NONE, NONE, "exactly the bits"),
        ({"a": 1, "c": 0}, NONE, NONE, "exactly the bits"),
        ({"a": 1, "b": 0}, {"three"}, NONE, "does not know"),
        ({"a": 1, "b": 0}, NONE, {"three"}, "does not know"),
        ({"a": 1, "b": 0}, {"one"}, {"one"}, "are blocked"),
    ],
)
def test_odd_arguments_are_refused(vector, standing, blocked, text):
    """The vector holds every bit; flags are known and not both standing and blocked."""
    with pytest.raises(ValueError, match=text):
        NativeJudge(CHAIN).judge(vector, frozenset(standing), frozenset(blocked))


@pytest.mark.parametrize(
    ("rules", "bits", "flags", "text"),
    [
        ([rule("r", needs("x"))], ["a"], [], "unknown bit x"),
        ([rule("r", needs("", "x"))], ["a"], ["f"], "unknown flag x"),
        ([rule("r", raises="x")], [], ["f"], "raises the unknown flag x"),
        ([rule("r"), rule("r")], [], [], "rule r is given 2 times"),
        ([], ["a", "a"], [], "bit a is given 2 times"),
        ([], [], ["f", "f"], "flag f is given 2 times"),
        ([rule(f"r{n}") for n in range(2_001)], [], [], "2001 rules, more than"),
        ([], [str(n) for n in range(5_001)], [], "5001 bits and flags, more than"),
        ([rule("r", *[needs()] * 10_001)], [], [], "10001 alternatives, more than"),
    ],
)
def test_odd_rule_sets_are_refused(rules, bits, flags, text):
    """Every trouble of a rule set is named."""
    with pytest.raises(ValueError, match=text):
        RuleSet(tuple(rules), tuple(bits), tuple(flags))
