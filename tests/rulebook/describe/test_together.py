"""What is taken of subordinates is said in Chinese, in its unit."""

import pytest

from engine.made import book
from starrating.rulebook.describe.markdown import to_markdown
from starrating.rulebook.describe.whole import describe

RULES = """
measures:
  甲: {subordinates: MEASURE}
sections:
  - {title: 乙, points: 9, items: [{id: "1", title: 丙, points: 9, clauses: [{add: 1, per: 甲}, {add: 1, if: 甲 >= 0.5}]}]}
"""


@pytest.mark.parametrize(
    ("measure", "method", "clause"),
    [
        (
            "{of: total, rulebook: branch-star, take: mean}",
            "直接下级党组织（由branch-star规则评定的）总分的平均",
            "每1分得1分",
        ),
        (
            "{of: star, rulebook: branch-star, level: all, take: min, where: 星级 >= 1}",
            "各级下级党组织（由branch-star规则评定的）中星级不低于1星的星级的最低值",
            "每1星得1分",
        ),
        (
            "{rulebook: branch-star, take: share, where: 星级 >= 3}",
            "直接下级党组织（由branch-star规则评定的）中星级不低于3星的所占比例",
            "甲不低于50%",
        ),
        (
            "{rulebook: branch-star, take: count, where: 总分 < 70}",
            "直接下级党组织（由branch-star规则评定的）中总分低于70分的个数",
            "每1个得1分",
        ),
        ("{take: count}", "直接下级党组织的个数", "每1个得1分"),
    ],
)
def test_subordinates(measure, method, clause):
    """The way it is taken, and an amount for each of it."""
    text = to_markdown(describe(book(RULES.replace("MEASURE", measure))))
    assert f"| 甲 | {method}。 |" in text
    assert clause in text
