"""Hypothesis strategies that several tests share."""

from __future__ import annotations

import unicodedata
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from starrating.rulebook import expressions as e
from starrating.rulebook.canonical import is_word

_SIGNS = "党员大会支部村缺类型甲乙丙in not_or9"
_WORDS = (
    "notes",
    "in部",
    "or",
    "党课",
    "缺开党员大会季度",
    "是否设支委会",
    "否决",
    "days",
    "found党",
)


def words() -> st.SearchStrategy[str]:
    """Names as a rule file may hold them, some that begin like reserved words."""
    drawn = st.text(_SIGNS.replace(" ", ""), min_size=1, max_size=6)
    return st.one_of(st.sampled_from(_WORDS), drawn).filter(is_word)


def texts() -> st.SearchStrategy[str]:
    """Text constants, NFKC, that do not hold every kind of quote."""
    drawn = st.text(_SIGNS + " '\"“、（)=1.", max_size=8)
    return drawn.map(lambda text: unicodedata.normalize("NFKC", text))


def numbers() -> st.SearchStrategy[Fraction]:
    """Literals: not negative, four decimals at most, or a percentage with four."""
    scaled = st.integers(0, 10**9)
    return st.one_of(
        scaled.map(lambda whole: Fraction(whole, 10**4)),
        scaled.map(lambda whole: Fraction(whole, 10**6)),
        st.integers(0, 10**9).map(Fraction),
    )


def days() -> st.SearchStrategy[date]:
    """Days of the years that rules speak of."""
    return st.dates(date(1900, 1, 1), date(2100, 12, 31))


def _options() -> st.SearchStrategy[tuple[e.Num | e.Text | e.DateLit, ...]]:
    signed = st.tuples(numbers(), st.sampled_from((1, -1))).map(lambda pair: pair[0] * pair[1])
    option = st.one_of(
        signed.map(e.Num),
        texts().map(e.Text),
        words().map(lambda word: e.Text(word, bare=True)),
        days().map(e.DateLit),
    )
    return st.lists(option, min_size=1, max_size=3).map(tuple)


def _atoms() -> st.SearchStrategy[e.Expr]:
    named = st.sampled_from((e.Found, e.Present, e.Lacking, e.Flagged, e.Confirmed, e.Denied))
    point = st.one_of(words(), texts().map(str.strip).filter(bool))
    return st.one_of(
        numbers().map(e.Num),
        texts().map(e.Text),
        days().map(e.DateLit),
        st.booleans().map(e.Truth),
        words().map(e.Name),
        st.builds(lambda kind, word: kind(word), named, point),
        texts().map(e.ItemScore),
    )


def _durations() -> st.SearchStrategy[e.Duration]:
    plain = st.builds(
        e.Duration,
        st.integers(0, 9999),
        st.sampled_from(("day", "week", "month", "quarter", "year")),
    )
    return st.one_of(
        plain, st.integers(0, 9999).map(lambda count: e.Duration(count, "day", working=True))
    )


def plain_nodes(
    inner: st.SearchStrategy[e.Expr], options: st.SearchStrategy[tuple[e.Expr, ...]]
) -> st.SearchStrategy[e.Expr]:
    """Nodes above `inner` whatever their kinds: signs, comparisons, `in` one of `options`, blanks,
    and, or, not."""
    parts = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(e.Negate, inner),
        st.builds(e.Compare, st.sampled_from(("=", "!=", "<", "<=", ">", ">=")), inner, inner),
        st.builds(e.In, inner, options, st.booleans()),
        st.builds(e.Includes, inner, inner),
        st.builds(e.IsBlank, inner, st.booleans()),
        st.builds(e.And, parts),
        st.builds(e.Or, parts),
        st.builds(e.Not, inner),
    )


def _above(inner: st.SearchStrategy[e.Expr]) -> st.SearchStrategy[e.Expr]:
    kinds = st.sampled_from(("starts", "ends", "contains"))
    return st.one_of(
        st.builds(e.Arith, st.sampled_from("+-*/"), inner, inner),
        st.builds(e.Arith, st.sampled_from("+-"), inner, _durations()),
        plain_nodes(inner, _options()),
        st.builds(e.TextTest, kinds, inner, texts()),
        st.builds(e.TextTest, st.just("matches"), inner, st.just(r"^\d+\(?[甲乙]")),
        st.builds(
            lambda name, a, b: e.Call(name, (a, b)), st.sampled_from(("years", "min")), inner, inner
        ),
        inner.map(lambda of: e.Call("abs", (of,))),
    )


def expressions() -> st.SearchStrategy[e.Expr]:
    """Trees of every kind of node, some ten nodes large."""
    return st.recursive(_atoms(), _above, max_leaves=10)
