"""Equal vectors are judged once."""

from starrating.engine.judge import Case, JudgeRule, NativeJudge, RuleSet, judge_all

RULES = RuleSet(
    (JudgeRule("r", ((frozenset({"a"}), frozenset()),), "f"),),
    ("a", "b"),
    ("f",),
)


class Counting:
    """A judge that remembers what it was asked."""

    name = "counting"

    def __init__(self):
        self.asked = []

    def judge(self, vector, standing, blocked):
        self.asked.append((vector, standing, blocked))
        return NativeJudge(RULES).judge(vector, standing, blocked)


def test_distinct_vectors_are_judged_once_and_spread():
    """Verdicts stand in the order asked; the number of distinct cases is told."""
    yes, no = {"a": 1, "b": 0}, {"a": 0, "b": 0}
    judge = Counting()
    judged = judge_all(judge, [Case(yes), Case(no), Case(dict(reversed(yes.items()))), Case(no)])
    assert [sorted(verdict.flags) for verdict in judged.verdicts] == [["f"], [], ["f"], []]
    assert judged.distinct == len(judge.asked) == 2
    assert judged.judge == "counting"


def test_standing_and_blocked_tell_cases_apart():
    """The same bits under other decisions are another case."""
    bits, flag = {"a": 1, "b": 0}, frozenset({"f"})
    judged = judge_all(
        Counting(), [Case(bits), Case(bits, standing=flag), Case(bits, blocked=flag)]
    )
    assert judged.distinct == 3
    assert [sorted(verdict.flags) for verdict in judged.verdicts] == [["f"], ["f"], []]


def test_no_cases():
    """Nobody to judge is no error."""
    assert judge_all(Counting(), []).verdicts == ()
