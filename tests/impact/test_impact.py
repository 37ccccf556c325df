"""A past review under changed rules: what rises and falls, and because of what."""

from fractions import Fraction
from functools import cache
from itertools import combinations, permutations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from impact.past import FEW, OLD, by_reference, changed, few, runs, town
from rulediff.books import shipped
from rulediff.edits import edits
from starrating.impact.mixing import MAX_PLAYERS
from starrating.impact.model import Standing
from starrating.impact.past import Runs
from starrating.impact.run import impact
from starrating.impact.settings import with_settings
from starrating.impact.text import to_text
from starrating.origin import Origin
from starrating.rulebook.checks import check
from starrating.rulebook.parsing import parse

CLAUSES = "          - {deduct: 2, per: 缺开党员大会季度}\n          - {deduct: 1, per: 到会不足半数的党员大会}\n"


@cache
def base_runs():
    """One run of the old rules for all tests of a few organisations."""
    made = runs(few())
    made.of(shipped(OLD))
    return made


def found(new, past=None):
    """The impact of `new` on a few organisations of the town."""
    made = base_runs() if past is None else runs(past)
    return impact(made, shipped(OLD), new)


def adds_up(result):
    """Every organisation's parts come exactly to the change of its total."""
    for each in result.subjects:
        if each.before is not None and each.after is not None:
            change = (each.after.low - each.before.low, each.after.high - each.before.high)
            assert each.change == change, each.code


def parts_of(result, code):
    """place → low end, of one organisation."""
    (subject,) = [each for each in result.subjects if each.code == code]
    return {part.place: part.points[0] for part in subject.parts}


def test_the_next_version():
    """2024 on the town of 2023: who falls, and what brought it."""
    result = impact(runs(town()), shipped(OLD), shipped("town-village@2024"))
    adds_up(result)
    assert (len(result.rising), len(result.falling)) == (0, 10)
    assert result.distribution(after=True)[5] == 5
    assert parts_of(result, "0118") == {
        "2.4 党课": -1, "2.5 主题党日": Fraction(1, 10), "5.1 村集体收入": Fraction(-1, 2),
    }  # fmt: skip


def test_no_change_is_no_impact():
    """The same rules give the same."""
    result = found(shipped(OLD))
    assert all(each.parts == () and each.before == each.after for each in result.subjects)


def test_clauses_of_one_item_share():
    """Two clauses of one item: each has a row, and the rows come to the item's change."""
    result = found(changed(("deduct: {无年度计划: 1, 无年度总结: 0.5}", "deduct: {无年度计划: 2, 无年度总结: 1}"),
                           ("{deduct: 1, per: 少上党课次数}", "{deduct: 1.5, per: 少上党课次数}"),
                           ("below: 70%}   # 不足", "below: 78%}   # 不足")))  # fmt: skip
    adds_up(result)
    rows = [part.path for each in result.subjects for part in each.parts]
    assert {"items.2.4.clauses.1", "items.2.4.clauses.2"} & set(rows)


def test_more_than_eight_are_one_block():
    """Nine clauses at once are one row."""
    many = "".join(
        f"          - {{deduct: 0.{n}, if: 正式党员数 >= {n}}}\n" for n in range(1, MAX_PLAYERS + 2)
    )
    result = found(changed((CLAUSES, CLAUSES + many)))
    adds_up(result)
    paths = {part.path for each in result.subjects for part in each.parts}
    assert paths == {"items.2.1"}


def test_moved_to_another_section():
    """An item that goes from one section to another keeps its points: nothing to share out."""
    text = '      - id: "1.6"\n        title: 计划与总结\n        points: 2\n        basis: 本细则\n        clauses:\n          - deduct: {无年度计划: 1, 无年度总结: 0.5}\n'
    result = found(changed((text, ""), ('      - id: "2.1"\n', text + '      - id: "2.1"\n')))
    adds_up(result)


def test_a_section_of_another_weight():
    """What the form of a section brings has a row of its own."""
    result = found(
        changed(
            (
                "  - title: 组织建设\n    points: 20\n",
                "  - title: 组织建设\n    points: 20\n    weight: 50%\n",
            )
        )
    )
    adds_up(result)
    assert all(set(parts_of(result, each.code)) == {"部分和总分"} for each in result.subjects)


def test_a_check_point_nobody_asked_for():
    """What was not inspected then is a range, told item by item, though the rulebook says that
    what was not recorded was not found."""
    result = found(
        changed(
            (
                "deduct: {班子不健全: 3, 分工不明确: 1}",
                "deduct: {班子不健全: 3, 分工不明确: 1, 职责未上墙: 1}",
            )
        )
    )
    adds_up(result)
    (need,) = result.needs
    assert need.item == "1.1"
    assert need.reasons == ("没有检查“职责未上墙”",)
    assert need.count >= 1
    for each in result.subjects:
        assert each.after.high - each.after.low in (0, 1)
    assert any(each.after.high > each.after.low for each in result.subjects)
    assert f"，缺少事实说不准 {need.count} 个" in to_text(result)


def test_a_column_nobody_asked_for():
    """A new column of the roll is unknown for all."""
    result = found(changed(("    活动场所面积: {type: number, unit: 平方米}\n", "    活动场所面积: {type: number, unit: 平方米}\n    阅览室面积: {type: number, unit: 平方米}\n"),
                           (CLAUSES, CLAUSES + "          - {deduct: 1, if: 阅览室面积 < 20}\n")))  # fmt: skip
    adds_up(result)
    assert [need.reasons for need in result.needs] == [("名册没有“阅览室面积”列",)]


def test_a_kind_of_row_nobody_kept():
    """A new kind of activity is not taken as not held: nobody kept it then."""
    line = "  被通报问题: {sheet: 问题清单, where: 是否通报 = 是, count: rows}\n"
    new = "  缺警示教育季度: {sheet: 组织生活, where: 类型 includes '警示教育', missing: {every: quarter}}\n"
    clause = "          - {deduct: 1, per: 缺警示教育季度}\n"
    result = found(changed((line, line + new), (CLAUSES, CLAUSES + clause)))
    adds_up(result)
    assert [need.reasons for need in result.needs] == [("“组织生活”表当年没有记“警示教育”",)]
    assert all(each.after.high - each.after.low > 0 for each in result.subjects)


def test_newly_proposed():
    """A screening rulebook with a wider case: who is newly proposed."""
    past = few()
    old = shipped("weak-and-lax@2023")
    first = old.judgements[0]
    wide = first.model_copy(update={"if_": parse("是否参评 or 是否参评 = 否", Origin("x"))})
    new = old.model_copy(update={"judgements": (wide, *old.judgements[1:])})
    result = impact(Runs(past, past.place_of(old)), old, new)
    assert all(each.newly_proposed and not each.no_longer_proposed for each in result.subjects)


@cache
def every_edit():
    return tuple(edits(shipped(OLD)))


def edited(data):
    """The shipped rulebook with up to three edits, each of any word, that the checker lets pass."""
    book = shipped(OLD)
    for _ in range(data.draw(st.integers(1, 3))):
        possible = every_edit() if book is shipped(OLD) else tuple(edits(book))
        book = possible[data.draw(st.integers(0, len(possible) - 1))].book
    assume(not [fault for fault in check(book) if fault.level.value in ("fatal", "error")])
    return book


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_parts_add_up_whatever_changes(data):
    """Up to three edits at once, of any word of the rulebook: the parts add up exactly."""
    book = edited(data)
    adds_up(found(book))


def standing_of(result):
    """One organisation as the reference finds it."""
    total, grade = result.total.value, result.grade
    if grade is None or not result.scope.rated:
        return Standing(False, total.low, total.high, None, None, None, "not_rated")
    stars = grade.star, grade.star_low, grade.star_high
    return Standing(True, total.low, total.high, *stars, grade.state)


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_standings_are_those_of_the_reference(data):
    """Whatever changes, both standings are what the reference evaluator finds; nothing that was
    kept from the other version shows."""
    book = edited(data)
    place = base_runs().place
    wanted = {each.code: each for each in by_reference(few(), book, place).subjects}
    result = found(book)
    for each in result.subjects:
        own = wanted.get(each.code)
        assert each.after == (None if own is None else standing_of(own))


def unrounded_of(past, book, place):
    """code → the total before its last step, by the reference."""
    totals = {}
    for each in by_reference(past, book, place).subjects:
        rounded = sum((s.points for s in each.total.steps["low"] if s.kind == "round"), Fraction(0))
        totals[each.code] = each.total.value.low - rounded
    return totals


def test_shares_are_those_of_all_orders():
    """Three changed clauses of one item under a limit: each part is the mean of what the clause
    brings over all orders, each mixture reviewed whole by the reference evaluator."""
    swaps = [
        ("{deduct: 2, per: 缺开党员大会季度}", "{deduct: 5, per: 缺开党员大会季度}"),
        ("{deduct: 1, per: 到会不足半数的党员大会}", "{deduct: 3, per: 到会不足半数的党员大会}"),
        (CLAUSES, CLAUSES + "          - {deduct: 2, if: 正式党员数 >= 1}\n"),
    ]

    def mixture(chosen):
        # The further clause is written first: the others stand inside the text that it replaces.
        return changed(*(swaps[n] for n in (2, 0, 1) if n in chosen))

    past, place = few(), base_runs().place
    every = [frozenset(c) for size in range(4) for c in combinations(range(3), size)]
    totals = {chosen: unrounded_of(past, mixture(chosen), place) for chosen in every}
    result = found(mixture({0, 1, 2}))
    for each in result.subjects:
        shares = [Fraction(0)] * 3
        for order in permutations(range(3)):
            for n, player in enumerate(order):
                without = frozenset(order[:n])
                gain = totals[without | {player}][each.code] - totals[without][each.code]
                shares[player] += gain / 6
        own = {part.path: part.points[0] for part in each.parts}
        paths = [f"items.2.1.clauses.{n}" for n in (1, 2, 3)]
        assert [own.get(path, 0) for path in paths] == shares
    assert any(len([p for p in each.parts if "clauses" in p.path]) > 1 for each in result.subjects)


def test_an_item_alone_brings_its_own_change():
    """Where sections are plain sums an item's part is the change of its score."""
    new = changed(("{deduct: 2, per: 缺开党员大会季度}", "{deduct: 3, per: 缺开党员大会季度}"))
    result, place = found(new), base_runs().place
    scores = [
        {
            each.code: item.score.low
            for each in by_reference(few(), book, place).subjects
            for item in each.items
            if item.item.id == "2.1"
        }
        for book in (shipped(OLD), new)
    ]
    for code in FEW:
        brought = parts_of(result, code).get("2.1 党员大会", 0)
        assert brought == scores[1][code] - scores[0][code]


def test_what_rests_on_the_same_is_not_scored_again():
    """Of a changed clause only its own item is scored anew, of a changed edge none."""
    made = runs(few())
    old = made.of(shipped(OLD))[made.place]
    clause = made.of(
        changed(("{deduct: 2, per: 缺开党员大会季度}", "{deduct: 3, per: 缺开党员大会季度}"))
    )
    edge = made.of(with_settings(shipped(OLD), {"stars.5.from": "91"}))

    def anew(after):
        pairs = zip(old.before, after[made.place].before, strict=True)
        return [two.placed.item.id for one, two in pairs if one is not two]

    assert anew(clause) == ["2.1"]
    assert anew(edge) == []


def test_a_measure_is_part_of_what_an_item_rests_on():
    """Of a changed measure the items that read it are scored anew."""
    made = runs(few())
    old = made.of(shipped(OLD))[made.place]
    changes = {"measures.少上党课次数.short.at_least": "5"}
    new = made.of(with_settings(shipped(OLD), changes))[made.place]
    pairs = zip(old.before, new.before, strict=True)
    assert [two.placed.item.id for one, two in pairs if one is not two] == ["2.4"]
