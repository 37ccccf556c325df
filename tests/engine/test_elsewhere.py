"""Earlier reviews: which are asked for, what is taken of them, and what is missing."""

from fractions import Fraction

import pytest

from engine.made import book
from starrating.engine.elsewhere import PastReview, of_reviews
from starrating.engine.values import ANY, Interval

PAST = (
    PastReview("q", "2023Q1", {"0001": Interval.at(10)}, {"0001": 2}),
    PastReview("other", "2023Q2", {"0001": Interval.at(99)}),
    PastReview("q", "2023Q2", {"0001": Interval.at(20)}, items={"0001": {"2.1": Interval.at(7)}}),
    PastReview(
        "q", "2023Q3", {"0001": Interval(Fraction(30), Fraction(34))}, {"0001": 4, "0002": None}
    ),
)


def rule(text):
    """The measure that reads earlier reviews."""
    return (
        book(f"library: true\nmeasures: {{甲: {{review: {{id: q, {text}}}}}}}\n")
        .measures["甲"]
        .review
    )


def taken(text, code="0001", past=PAST):
    """What the measure comes to."""
    return of_reviews(past, rule(text), code)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("take: latest", Interval(Fraction(30), Fraction(34))),
        ("periods: [2023Q2, 2023Q1], take: latest", Interval.at(10)),
        ("periods: 2, take: sum", Interval(Fraction(50), Fraction(54))),
        ("periods: 3, take: average", Interval(Fraction(20), Fraction(64, 3))),
        (
            "periods: [2023Q1, 2023Q2], take: weights, weights: [0.25, 0.75]",
            Interval.at(Fraction(35, 2)),
        ),
        ('of: "2.1", periods: [2023Q2], take: sum', Interval.at(7)),
        ("of: star", Interval.at(4)),
    ],
)
def test_taken(text, value):
    """Only reviews of the named rulebook, oldest first; exact."""
    assert taken(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "periods: 4, take: sum",
        "periods: 4, take: average",
        "periods: [2023Q1, 2022Q4], take: sum",
        "periods: [2022Q4], take: latest",
        'of: "9.9"',
        "of: star, periods: 2, take: average",
    ],
)
def test_a_missing_period_is_unknown(text):
    """Neither 0 nor left out."""
    assert taken(text) == ANY


def test_no_star_and_nobody_are_unknown():
    """An organisation that was not rated, that a review does not name, and no review at all."""
    assert taken("of: star", "0002") == ANY
    assert taken("of: total", "0002") == ANY
    assert taken("take: latest", past=()) == ANY
    assert taken("periods: 1, take: sum", past=()) == ANY


@pytest.mark.parametrize(
    "text", ["take: weights", "take: sum, weights: [1]", "periods: 2, take: weights, weights: [1]"]
)
def test_weights_go_with_periods(text):
    """One weight a period, and only where they are taken."""
    with pytest.raises(AssertionError, match="weights"):
        rule(text)
