"""Judgements: stages, alternatives, worlds (semantics.md steps 9 and 13)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.made import answers, book, evaluated, section, setting
from starrating.engine.alternatives import compiled
from starrating.engine.expressions.formulas import Facts
from starrating.engine.expressions.formulas import judge as truth_of
from starrating.engine.flag_sets import Flags
from starrating.engine.flags import JudgedFacts
from starrating.engine.judge import Case, NativeJudge
from starrating.engine.reference import evaluate
from starrating.engine.values import NO, OPEN, YES, Truth
from starrating.rulebook.stages import flags_read, in_stages, stages

BODY = section("{deduct: 1, if: found 甲}")


def judgements(*rules):
    """The text of judgements (id, condition, effects)."""
    listed = ", ".join(
        f"{{id: {name}, if: {when}, then: {{{then}}}}}" for name, when, then in rules
    )
    return f"{BODY}judgements: [{listed}]\nstars: [{{star: 1, from: 0}}]\n"


def staged(*rules):
    return stages(book(judgements(*rules)))


@pytest.mark.parametrize("when", ["总分 < 60", "星级 <= 2", "基础 < 5", '得分("1") < 5'])
def test_what_reads_a_result_is_of_stage_2(when):
    """总分, 星级, a section or an item's score stand only after stage 1."""
    assert staged(("V1", when, "flag: 后进")) == {"V1": 2}


def test_a_chain_from_stage_2_is_of_stage_2():
    """A flag that only stage 2 raises draws its readers in, whatever the order of writing."""
    assert staged(
        ("V3", "flagged 乙", "flag: 丙"),
        ("V2", "flagged 甲", "flag: 乙"),
        ("V1", "总分 < 60", "flag: 甲"),
    ) == {"V1": 2, "V2": 2, "V3": 2}


def test_a_flag_of_both_stages_does_not_draw_in():
    """Stage 1 raises it as well: its readers of stage 1 stay."""
    assert staged(
        ("V1", "found 甲", "flag: 甲"), ("V2", "总分 < 60", "flag: 甲"), ("V3", "flagged 甲", "star: none")
    ) == {"V1": 1, "V2": 2, "V3": 1}  # fmt: skip


def test_the_stages_keep_the_order_written():
    """Each stage's judgements stand as written."""
    first, second = in_stages(
        book(judgements(("B", "found 甲", "flag: 甲"), ("Z", "总分 < 1", "flag: 乙"), ("A", "found 乙", "flag: 丙")))
    )  # fmt: skip
    assert [[j.id for j in stage] for stage in (first, second)] == [["B", "A"], ["Z"]]


# --- compiled alternatives ----------------------------------------------------------------------


def test_the_largest_parts_without_a_flag_become_bits():
    """A condition's own correlation is kept: only flags of the stage are taken out."""
    rules = book(
        judgements(
            ("V1", "found 甲 or not found 甲", "flag: 甲"),
            ("V2", "(found 乙 and 党员数 > 3) and (flagged 甲 or found 丙)", "flag: 乙"),
        )
    ).judgements
    stage = compiled(rules)
    assert len(stage.bits) == 3
    assert stage.ruleset.flags == ("乙", "甲")
    assert stage.ruleset.rules[0].when == ((frozenset({"V1#0"}), frozenset()),)


leaves = st.sampled_from(["found 甲", "found 乙", "found 丙", "flagged 旗", "flagged 帜"])
conditions = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda word, parts: f"({f' {word} '.join(parts)})",
        st.sampled_from(["and", "or"]),
        st.lists(inner, min_size=2, max_size=3),
    ),
    max_leaves=6,
)


class Answers(Facts):
    """Check points and flags as a table gives them."""

    def __init__(self, table):
        self.table = table

    def found(self, point):
        return Truth.of(self.table[point])

    def flag(self, kind, flag):
        return Truth.of(self.table[flag])


@given(conditions, st.fixed_dictionaries({name: st.booleans() for name in "甲乙丙旗帜"}))
def test_alternatives_mean_what_the_condition_means(when, table):
    """Some alternative holds if and only if the condition does."""
    rules = book(
        judgements(
            ("V0", "found 丁", "flag: 旗"), ("V1", "found 丁", "flag: 帜"), ("V2", when, "star: none")
        )
    ).judgements  # fmt: skip
    stage, facts = compiled(rules), Answers(table | {"丁": False})
    vector = {name: int(truth_of(expr, facts) is YES) for name, expr in stage.bits.items()}
    standing = frozenset(flag for flag in ("旗", "帜") if table[flag])
    case = Case(vector, standing)
    fired = NativeJudge(stage.ruleset).judge(case.vector, case.standing, case.blocked).fired
    assert ("V2" in fired) == (truth_of(rules[2].if_, facts) is YES)


def test_a_flag_of_the_stage_inside_a_negation_is_refused():
    """Absence is never asked of the judge."""
    rules = book(judgements(("V1", "found 甲", "flag: 甲"), ("V2", "not flagged 甲", "star: none")))
    with pytest.raises(ValueError, match="V2: a flag of the same stage stands inside Not"):
        compiled(rules.judgements)


def test_flags_read():
    """Only `flagged` chains inside a stage."""
    (rule,) = book(
        judgements(("V1", "flagged 甲 or confirmed 乙 or denied 丙", "star: none"))
    ).judgements
    assert flags_read(rule.if_) == ("甲",)


# --- flags as facts -----------------------------------------------------------------------------

FLAGS = Flags(
    confirmed=frozenset({"定"}),
    rejected=frozenset({"否"}),
    proposed=frozenset({"议"}),
    possible=frozenset({"疑"}),
)


@pytest.mark.parametrize(
    ("as_confirmed", "flagged", "confirmed"),
    [
        (None, "定议", "定"),
        (False, "定", "定"),
        (True, "定议", "定议"),
    ],
)
def test_flags_in_the_three_worlds(as_confirmed, flagged, confirmed):
    """As they stand, proposals left out, or proposals as confirmed."""
    facts = JudgedFacts(Facts(), FLAGS, as_confirmed=as_confirmed)
    assert {f for f in "定否议疑" if facts.flag("flagged", f) is YES} == set(flagged)
    assert {f for f in "定否议疑" if facts.flag("confirmed", f) is YES} == set(confirmed)
    assert facts.flag("flagged", "疑") is (NO if as_confirmed is False else OPEN)
    assert [f for f in "定否议疑" if facts.flag("denied", f) is YES] == ["否"]


# --- the two stages around grading --------------------------------------------------------------


def flags_of(text, decided=None, **found):
    ground = setting(text, 检查记录=answers(**found))
    return evaluate(ground, decided, "native").subjects[0].judged.flags


def test_open_conditions_make_possible_flags():
    """A flag that only an open condition raises is possible, and so is what it draws after it."""
    text = judgements(("V1", "found 甲", "flag: 甲"), ("V2", "flagged 甲", "flag: 乙"))
    assert flags_of(text).possible == frozenset({"甲", "乙"})
    assert flags_of(text, 甲="是").proposed == frozenset({"甲", "乙"})
    assert flags_of(text, 甲="否") == Flags()


def test_a_rejected_flag_does_not_chain():
    """What people rejected is neither proposed nor read as flagged."""
    text = judgements(("V1", "found 甲", "flag: 甲"), ("V2", "flagged 甲", "flag: 乙"))
    rejected = {"0001": Flags(rejected=frozenset({"甲"}))}
    assert flags_of(text, rejected, 甲="是").proposed == frozenset()


def test_a_proposal_shows_both_outcomes():
    """`confirmed` of a proposal caps the star in the low world only."""
    text = judgements(("V1", "found 甲", "flag: 甲"), ("V2", "confirmed 甲", "star: none"))
    (result,) = evaluated(text, 检查记录=answers(甲="是")).subjects
    effects = result.judged.first.effects
    assert ("V2" in effects["low"], "V2" in effects["shown"], "V2" in effects["high"]) == (
        True, False, False,
    )  # fmt: skip


def test_stage_2_reads_total_and_star():
    """总分 and 星级 of this review."""
    text = judgements(("V1", "总分 < 10 and 星级 = 1", "flag: 后进"))
    assert flags_of(text, 甲="是").proposed == frozenset({"后进"})
    assert flags_of(text, 甲="否") == Flags()
    assert flags_of(text).possible == frozenset({"后进"})
