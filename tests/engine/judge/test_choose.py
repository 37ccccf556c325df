"""Which judge chains."""

import sys

import pytest

from starrating.engine.judge import OutOfReach, RuleSet, choose, judge_for
from starrating.engine.judge import _forward as forward

EMPTY = RuleSet((), (), ())


class Carries:
    """Stands for durable_rules: nothing of the library runs in this process."""

    name = "durable"

    def __init__(self, ruleset):
        self.ruleset = ruleset


def refuses(_ruleset):
    raise OutOfReach("too wide")


@pytest.mark.parametrize(
    ("durable", "prefer", "name"),
    [
        (Carries, None, "durable"),
        (Carries, "durable", "durable"),
        (Carries, "native", "native"),
        (refuses, None, "native"),
        (refuses, "durable", "native"),
    ],
)
def test_choice(monkeypatch, durable, prefer, name):
    """Durable where it can carry the rules, unless the native one is asked for."""
    monkeypatch.setattr(choose, "DurableJudge", durable)
    assert judge_for(EMPTY, prefer).name == name


def test_native_where_the_library_is_missing(monkeypatch):
    """As on Python 3.13, or without a compiler."""
    monkeypatch.setitem(sys.modules, "durable", None)
    forward._library.cache_clear()
    forward._host.cache_clear()
    assert judge_for(RuleSet((), ("missing library",), ())).name == "native"
