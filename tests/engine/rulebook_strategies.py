"""Small random rulebooks over a few check points, and inspections that leave some open."""

from hypothesis import strategies as st

POINTS = ("甲", "乙", "丙", "丁")
LISTS = "lists: {清单: [甲, 乙, 丙]}\n"

LATE = """\
measures: {均: {group: {of: 总分}}, 位: {rank: {of: 总分, order: low}}, 差: {value: 均 - 总分 / 3 + 得分("1.1")}, 高: {group: {of: 差, take: max, where: found 甲}}}
judgements: [{id: V1, if: 总分 < 均, then: {flag: 低}}, {id: V2, if: 位 <= 1 and 差 < 高, then: {flag: 末, task: 谈话}}]
"""
"""What reads the results of all subjects."""
STARS = (
    "stars: [{star: 5, from: 12, at_most: {share: 50%}}, {star: 4, from: 8, requires: found 甲}, "
    "{star: 3, from: 4}]\n"
)

points = st.sampled_from(POINTS)
amounts = st.sampled_from(["0.5", "1", "2", "3", "6"])
conditions = st.one_of(
    points.map("found {}".format),
    points.map("not found {}".format),
    st.builds("found {} and found {}".format, points, points),
    st.builds("found {} or found {}".format, points, points),
)


def _map(form, entries, most):
    inside = ", ".join(f"{point}: {amount}" for point, amount in entries.items())
    return f"{{{form}: {{{inside}}}{most}}}"


limits = st.sampled_from(["", ", up_to: 1", ", up_to: 2.5"])
maps = st.dictionaries(points, amounts, min_size=1, max_size=3)


def simple(form):
    """A clause that deducts or adds."""
    return st.one_of(
        st.builds(f"{{{{{form}: {{}}, if: {{}}}}}}".format, amounts, conditions),
        st.builds(f"{{{{{form}: {{}}, per: lacking 清单{{}}}}}}".format, amounts, limits),
        st.builds(_map, st.just(form), maps, limits),
    )


def contest(word, form):
    """A `worst_of` or `best_of`, with a condition or a limit of its own."""
    parts = st.lists(simple(form), min_size=2, max_size=3).map(", ".join)
    return st.builds(
        f"{{{{{word}: [{{}}]{{}}{{}}}}}}".format,
        parts,
        limits,
        st.just("") | conditions.map(", if: {}".format),
    )


setting = st.one_of(
    st.builds("{{score: {}, if: {}}}".format, amounts, conditions),
    st.builds("{{score: 0, if: {}}}".format, conditions),
)
deducts = simple("deduct") | contest("worst_of", "deduct")
adds = simple("add") | contest("best_of", "add")


@st.composite
def items(draw, number, kind):
    """One item of a section of this kind, with its id."""
    kinds = {"base": deducts | adds | setting, "bonus": adds, "deduction": deducts}[kind]
    clauses = draw(st.lists(kinds, min_size=1, max_size=3))
    more = (
        "points: 6, starts_at: " + draw(st.sampled_from(["full", "zero"]))
        if kind == "base"
        else "cap: 5"
    )
    if draw(st.booleans()) and kind == "base":
        policy = draw(st.sampled_from(["full", "zero", "leave_out"]))
        more += f", applies_when: {draw(conditions)}, not_applicable: {policy}"
    return f'{{id: "{number}", title: 项目, {more}, clauses: [{", ".join(clauses)}]}}'


@st.composite
def sections(draw, number):
    """One section of up to three items, the first a base section."""
    kind = draw(st.sampled_from(["base", "base", "bonus", "deduction"])) if number > 1 else "base"
    count = draw(st.integers(1, 3))
    listed = ", ".join(draw(items(f"{number}.{place}", kind)) for place in range(1, count + 1))
    more = f"points: {6 * count}, " if kind == "base" else ""
    more += draw(st.sampled_from(["", "", "cap: 4, ", "weight: 0.7, "]))
    if kind == "base":
        more += draw(st.sampled_from(["", "scale_to: 7, ", "clamp: true, "]))
    return f"{{title: 第{number}部分, kind: {kind}, {more}items: [{listed}]}}"


@st.composite
def rulebooks(draw):
    """The text of a rulebook without stars."""
    count = draw(st.integers(1, 3))
    listed = ", ".join(draw(sections(number)) for number in range(1, count + 1))
    total = draw(
        st.sampled_from(
            ["", "", "total_cap: 9\n", "total: 第1部分 * 30% - 第1部分 / 7\n", "total_floor: -5\n"]
        )
    )
    judgement = (
        f'judgements: [{{id: V1, if: {draw(conditions)}, then: {{score: 0, item: "1.1"}}}}, '
        f"{{id: V2, if: {draw(conditions)}, then: {{total: 0}}}}]\n"
    )
    shown = draw(st.sampled_from(["", judgement, LATE]))
    return f"{LISTS}sections: [{listed}]\n{total}{shown}"


inspections = st.fixed_dictionaries(
    {}, optional={point: st.sampled_from(["是", "否"]) for point in POINTS}
)
"""What was answered; a point without an answer is open."""
