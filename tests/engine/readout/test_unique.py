"""The read-out tells what the reference tells of a unique table in which two rows hold."""

from dataclasses import replace

from starrating.engine.readout import evaluate
from starrating.reviewing.evaluate import review
from starrating.rulebook.read import read_text
from starrating.rulecases import ground_of

BOOK = """\
format: 1
id: unique
version: "1"
title: 两行都成立
in_force: {from: 2024-01-01}
columns: {党组织: {甲: number, 乙: number}}
sections:
  - title: 基础
    points: 10
    items:
      - id: "1.1"
        title: 分档
        points: 10
        clauses: [{table: {of: [甲, 乙], hit: unique, rows: [[from 5, any, 8], [any, from 5, 6]], otherwise: 0}}]
cases:
  - {title: 都是六, plan: {period: 2024}, given: {党组织: [{甲: 6, 乙: 6}]}, expect: {items: {"1.1": {low: 6, high: 8}}}}
"""


def test_two_rows_that_hold_are_told():
    """E121, and the results are the same."""
    loaded = read_text(BOOK.encode(), "unique.yaml", lambda _id, _version: None)
    assert loaded.book is not None
    ground = ground_of(loaded.book, loaded.book.cases[0])
    own = review(replace(ground, evaluate=evaluate)).results
    assert "E121" in {fault.code for fault in own.faults}
    assert own == review(ground).results
