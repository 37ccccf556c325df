"""Each distinct vector of truths is judged once, whatever the number of subjects."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.made import book
from starrating.engine.alternatives import compiled
from starrating.engine.judge import NativeJudge
from starrating.engine.kernel.flags import FlagColumns
from starrating.engine.kernel.judging import distinct_rows, judge_columns
from starrating.engine.kernel.values.marks import Truths


class Counting:
    """A judge that counts how often it is asked."""

    def __init__(self, ruleset):
        self.inner, self.asked, self.name = NativeJudge(ruleset), 0, "native"

    def judge(self, vector, standing, blocked):
        self.asked += 1
        return self.inner.judge(vector, standing, blocked)


def test_a_thousand_subjects_of_two_kinds_are_two_vectors():
    """Closed conditions make the same vectors in every world."""
    rules = book("judgements: [{id: V1, if: found 甲, then: {flag: 软弱}}]\n")
    stage = compiled(rules.judgements)
    judge = Counting(stage.ruleset)
    found = np.arange(1000) % 3 == 0
    outcomes = judge_columns(
        judge, stage, FlagColumns(1000), lambda _expr, _flags, _confirmed: Truths.known(found)
    )
    assert judge.asked == outcomes.distinct
    assert (outcomes.sure["V1"] == found).all()
    assert judge.asked <= 4  # two kinds, and the flag blocked where proposals are left out


@given(st.lists(st.tuples(*[st.booleans()] * 11), min_size=1, max_size=30))
def test_distinct_rows_are_told_apart(rows):
    """Every row is equal to the distinct row it is counted as."""
    table = np.array(rows, bool)
    first, place = distinct_rows(table)
    assert len(first) == len(set(rows))
    assert (table[first][place] == table).all()
