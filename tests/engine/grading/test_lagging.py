"""倒排建议: the lowest up to ceil(share), ties included (semantics.md step 12)."""

from fractions import Fraction

import pytest

from starrating.engine.grading import Placing, lagging


def lowest(totals, share, groups=None):
    return sorted(
        lagging(
            [
                Placing(f"{n:02}", Fraction(total), groups[n - 1] if groups else None)
                for n, total in enumerate(totals, 1)
            ],
            Fraction(share, 100),
        )
    )


@pytest.mark.parametrize(
    ("share", "codes"),
    [(0, []), (10, ["04"]), (25, ["04"]), (26, ["03", "04"]), (100, ["01", "02", "03", "04"])],
)
def test_the_number_is_rounded_up(share, codes):
    """Ten percent of four is one."""
    assert lowest([90, 80, 70, 60], share) == codes


def test_ties_at_the_edge_are_included():
    """Both of the lowest are listed though one would do."""
    assert lowest([90, 60, 70, 60], 10) == ["02", "04"]


def test_each_group_has_its_own_lowest():
    """One of each town."""
    assert lowest([90, 60, 70, 80], 10, ["甲", "甲", "乙", "乙"]) == ["02", "03"]


def test_nobody_is_nobody():
    """An empty group lists none."""
    assert lowest([], 10) == []
