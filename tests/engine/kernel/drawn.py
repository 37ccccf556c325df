"""Facts and expressions drawn for both evaluators: names of every kind, of which much is open."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from starrating.engine.expressions.formulas import Facts
from starrating.engine.kernel.elsewhere import intervals
from starrating.engine.kernel.facts import NoFacts
from starrating.engine.kernel.measures.picks import with_state
from starrating.engine.kernel.rows.columns import encoded
from starrating.engine.kernel.values.marks import BLANK, HELD, NONE, UNKNOWN, Dates, Truths
from starrating.engine.kernel.values.numbers import restated
from starrating.engine.values import (
    ANY,
    Interval,
    Truth,
    Unknown,
)
from starrating.engine.values import (
    BLANK as BLANK_VALUE,
)
from starrating.engine.values import (
    NONE as NONE_VALUE,
)
from starrating.engine.values import (
    UNKNOWN as UNKNOWN_VALUE,
)
from starrating.rulebook import expressions as e
from starrating.schema import Column
from strategies import plain_nodes

N = 3
NUMBERS, TEXTS, DATES, TRUTHS, POINTS = (
    ("数甲", "数乙"), ("字甲", "字乙"), ("日甲", "日乙"), ("是甲", "是乙"), ("点甲", "点乙"),
)  # fmt: skip
LISTS = {"单": ("甲", "乙、丙"), "空单": ()}
GONE = (NONE_VALUE, UNKNOWN_VALUE, BLANK_VALUE)
WORDS = ("甲", "乙", "甲、乙", "有", "否", "", "丙9")


def fractions():
    return st.sampled_from([Fraction(n, d) for n in range(-3, 4) for d in (1, 2, 3)])


def intervals_():
    ends = st.one_of(st.none(), fractions())
    return st.tuples(ends, ends).map(
        lambda pair: (
            Interval(*pair) if None in pair or pair[0] <= pair[1] else Interval(pair[1], pair[0])
        )
    )


def days():
    return st.dates(date(2023, 2, 26), date(2023, 3, 3))


_KINDS = {
    **dict.fromkeys(NUMBERS, st.one_of(intervals_(), fractions().map(Interval.at), st.just(ANY))),
    **dict.fromkeys(TEXTS, st.sampled_from(WORDS)),
    **dict.fromkeys(DATES, days()),
    **dict.fromkeys(TRUTHS, st.sampled_from(Truth)),
}


@st.composite
def facts(draw):
    """(the facts of N elements for the reference, the same as arrays)."""
    names = {
        name: [draw(st.one_of(kind, st.sampled_from(GONE))) for _ in range(N)]
        for name, kind in _KINDS.items()
    }
    points = {name: [draw(st.sampled_from(Truth)) for _ in range(N)] for name in POINTS}
    each = [
        One({name: own[i] for name, own in names.items()}, {p: own[i] for p, own in points.items()})
        for i in range(N)
    ]
    return each, Many(names, points)


class Named:
    """Facts kept by name."""

    def name(self, name):
        return self.names[name]

    def found(self, point):
        return self.points[point]

    def options(self, name):
        return LISTS.get(name)


class One(Named, Facts):
    """The facts of one element."""

    def __init__(self, names, points):
        self.names, self.points = names, points


class Many(Named, NoFacts):
    """The facts of N elements as arrays."""

    def __init__(self, names, points):
        super().__init__(N)
        self.names = {name: array(name, own) for name, own in names.items()}
        self.points = {name: truths(own) for name, own in points.items()}


def array(name, values):
    """The values of one kind as an array."""
    state = np.array([_state(value) for value in values], np.int8)
    held = [value for value in values if _state(value) == HELD]
    if name in NUMBERS:
        return restated(intervals([v if isinstance(v, Interval) else ANY for v in values]), state)
    if name in TRUTHS:
        return with_state(truths([v if v in held else Truth.NO for v in values]), state)
    if name in DATES:
        numbers = [v.toordinal() if isinstance(v, date) else 1 for v in values]
        return with_state(Dates(np.array(numbers, np.int64)), state)
    texts = encoded(Column(name), [v if isinstance(v, str) else None for v in values])
    return with_state(texts, state)


def truths(values):
    sure = np.array([value is Truth.YES for value in values])
    return Truths(sure, np.array([value is not Truth.NO for value in values]))


def _state(value):
    if value is NONE_VALUE:
        return NONE
    if isinstance(value, Unknown):
        return BLANK if value.blank else UNKNOWN
    return HELD


# --- expressions ----------------------------------------------------------------------------


def expressions():
    """Trees over these names, fitting or not: kinds are checked elsewhere."""
    return st.recursive(_atoms(), _above, max_leaves=9)


def _atoms():
    names = st.sampled_from((*NUMBERS, *TEXTS, *DATES, *TRUTHS)).map(e.Name)
    return st.one_of(
        names,
        names,
        st.sampled_from(POINTS).map(e.Found),
        st.sampled_from((Fraction(0), Fraction(1), Fraction(3, 2))).map(e.Num),
        st.sampled_from(WORDS).map(e.Text),
        days().map(e.DateLit),
        st.booleans().map(e.Truth),
    )


def _options():
    option = st.one_of(
        st.sampled_from((Fraction(-1), Fraction(0), Fraction(2))).map(e.Num),
        st.sampled_from(WORDS).map(e.Text),
        st.sampled_from(("甲", "单", "空单", "有")).map(lambda word: e.Text(word, bare=True)),
        days().map(e.DateLit),
    )
    return st.lists(option, min_size=1, max_size=3).map(tuple)


def _above(inner):
    parts = st.lists(inner, min_size=2, max_size=3).map(tuple)
    pairs = st.lists(inner, min_size=2, max_size=2).map(tuple)
    return st.one_of(
        st.builds(e.Arith, st.sampled_from("+-*/"), inner, inner),
        st.builds(
            e.Arith,
            st.sampled_from("+-"),
            inner,
            st.builds(
                e.Duration, st.integers(0, 3), st.sampled_from(("day", "week", "month", "year"))
            ),
        ),
        plain_nodes(inner, _options()),
        st.builds(
            e.TextTest,
            st.sampled_from(("starts", "ends", "contains")),
            inner,
            st.sampled_from(("甲", "、")),
        ),
        st.builds(e.TextTest, st.just("matches"), inner, st.just(r"^\D")),
        st.builds(e.Call, st.sampled_from(("years", "months", "days")), pairs),
        st.builds(e.Call, st.sampled_from(("min", "max")), parts),
        inner.map(lambda of: e.Call("abs", (of,))),
    )


def conditions():
    """Conditions that fit their kinds, so that facts are compared and split in earnest."""
    numbers = st.one_of(
        st.sampled_from(NUMBERS).map(e.Name),
        st.sampled_from((Fraction(0), Fraction(1))).map(e.Num),
        st.sampled_from(NUMBERS).map(lambda name: e.Arith("+", e.Name(name), e.Num(Fraction(1)))),
    )
    dates = st.one_of(st.sampled_from(DATES).map(e.Name), days().map(e.DateLit))
    texts = st.sampled_from(TEXTS).map(e.Name)
    truth = st.one_of(
        st.sampled_from(TRUTHS).map(e.Name),
        st.sampled_from(NUMBERS).map(e.Name),
        st.sampled_from(POINTS).map(e.Found),
        *(
            st.builds(e.Compare, st.sampled_from(("=", "<", "<=", "!=")), each, each)
            for each in (numbers, dates)
        ),
        st.builds(
            e.Compare, st.sampled_from(("=", "!=")), texts, st.sampled_from(WORDS).map(e.Text)
        ),
        st.builds(e.In, st.one_of(texts, numbers), _options(), st.booleans()),
        st.builds(e.TextTest, st.just("starts"), texts, st.just("甲")),
        st.builds(e.Includes, texts, st.just(e.Text("甲"))),
    )
    return st.recursive(
        truth,
        lambda inner: st.one_of(
            st.builds(e.And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
            st.builds(e.Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
            st.builds(e.Not, inner),
        ),
        max_leaves=6,
    )
