"""How expressions move, held against their values over random facts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.rulebook import expressions as ex
from starrating.rulebook.layers.formulas import value
from starrating.rulebook.layers.movement import MIXED, SAME, UP, Movement, Sense
from starrating.rulebook.parsing import parse


class Fixed:
    """Facts that stay as they are, but for `升`, which rises."""

    def name(self, name: str) -> Movement:
        """Only 升 moves."""
        return UP if name == "升" else SAME

    def named(self, node: ex.Named) -> Movement:
        """Nothing moves."""
        return SAME

    def options(self, before: ex.In, after: ex.In) -> Movement:
        """Another list is unclear."""
        return SAME if before.options == after.options else MIXED

    def item(self, item: str) -> Movement:
        """Nothing moves."""
        return SAME

    def steady(self, expr: ex.Expr) -> bool:
        """All is steady."""
        return True


def read(text: str) -> ex.Expr:
    """An expression."""
    found = parse(text, Origin("x"))
    assert not isinstance(found, Fault), found
    return found


@pytest.mark.parametrize(
    ("before", "after", "sense"),
    [
        ("甲 >= 7", "甲 >= 5", Sense.UP),
        ("甲 < 7", "甲 < 5", Sense.DOWN),
        ("甲 > 7", "甲 >= 7", Sense.UP),
        ("甲 = 7", "甲 = 6", Sense.MIXED),
        ("甲 >= 7", "甲 >= 7 or 乙 > 1", Sense.UP),
        ("甲 >= 7 and 乙 > 1", "甲 >= 7", Sense.UP),
        ("not 甲 >= 7", "not 甲 >= 5", Sense.DOWN),
        ("日 + 3 months < 截止日", "日 + 2 months < 截止日", Sense.UP),
        ("日 + 3 months < 截止日", "日 + 60 days < 截止日", Sense.MIXED),
        ("甲 * 30%", "甲 * 30%", Sense.SAME),
        ("升 * 30% + 1", "升 * 30% + 1", Sense.UP),
        ("1 - 升", "1 - 升", Sense.DOWN),
        ("升 / 乙", "升 / 乙", Sense.MIXED),
        ("max(升, 3)", "max(升, 4)", Sense.UP),
        ("abs(升)", "abs(升)", Sense.MIXED),
        ("days(甲, 升)", "days(甲, 升)", Sense.UP),
        ("甲 > 1", "乙 > 1", Sense.MIXED),
        ("升 > 乙 and 甲 > 3", "升 > 乙 and 甲 > 4", Sense.MIXED),
        ("found 点", "found 点 or found 线", Sense.UP),
    ],
)
def test_senses(before: str, after: str, sense: Sense) -> None:
    """The sense of a change, and of what is read."""
    assert value(Fixed(), read(before), read(after)).sense is sense


def conditions() -> st.SearchStrategy[ex.Expr]:
    """Conditions over two facts with small numbers."""
    number = st.integers(0, 4).map(lambda n: ex.Num(Fraction(n)))
    name = st.sampled_from((ex.Name("甲"), ex.Name("乙")))
    sign = st.sampled_from(("<", "<=", ">", ">=", "="))
    leaf = st.builds(ex.Compare, sign, name, number)
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: ex.And(tuple(parts))),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: ex.Or(tuple(parts))),
            inner.map(ex.Not),
        ),
        max_leaves=4,
    )


def holds(expr: ex.Expr, facts: dict[str, int]) -> bool:
    """What a condition says of facts that are all known."""
    match expr:
        case ex.And(parts=parts):
            return all(holds(part, facts) for part in parts)
        case ex.Or(parts=parts):
            return any(holds(part, facts) for part in parts)
        case ex.Not(of=of):
            return not holds(of, facts)
        case ex.Compare(op=op, left=ex.Name(name=name), right=ex.Num(value=edge)):
            fact = facts[name]
            return {"<": fact < edge, "<=": fact <= edge, ">": fact > edge,
                    ">=": fact >= edge, "=": fact == edge}[op]  # fmt: skip
        case _:
            raise TypeError(expr)


@given(conditions(), conditions())
def test_a_sense_is_true_of_all_facts(before: ex.Expr, after: ex.Expr) -> None:
    """Where a condition moves UP it holds wherever it held; DOWN, nowhere else; SAME, exactly there."""
    sense = value(Fixed(), before, after).sense
    for first in range(6):
        for second in range(6):
            facts = {"甲": first, "乙": second}
            was, now = holds(before, facts), holds(after, facts)
            if sense is Sense.UP:
                assert now >= was
            elif sense is Sense.DOWN:
                assert now <= was
            elif sense is Sense.SAME:
                assert now == was
