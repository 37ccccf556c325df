"""R329 where a deduction has no end: what is out of reach without it is out of reach with it."""

import pytest

from starrating.rulebook.checks import check
from starrating.rulebook.read import read_text

BOOK = """\
format: 1
id: reach
version: "1"
title: 够不着的星
in_force: {{from: 2024-01-01}}
defaults: {{not_applicable: full}}
{total}
sections:
  - {{title: 基础, points: 5, items: [{{id: "1", title: 大会, points: 5, clauses: [{{deduct: 1, if: found 甲}}]}}]}}
  - {{title: 减分, kind: deduction, items: [{{id: "2", title: 通报, clauses: [{{deduct: 1, per: found 通报}}]}}]}}
stars: [{{star: 5, from: 8}}, {{star: 1, from: 0}}]
"""


@pytest.mark.parametrize(
    ("total", "told"),
    [("", True), ("total: (基础 - 减分) * 70%", True), ("total: 基础 - (1 - 减分)", False)],
)
def test_an_endless_deduction(total, told):
    """Told where the total only falls by it; silent where the formula raises the total by it."""
    book = read_text(BOOK.format(total=total).encode(), "reach.yaml", lambda *_: None).book
    assert book is not None
    assert ("R329" in [fault.code for fault in check(book)]) is told
