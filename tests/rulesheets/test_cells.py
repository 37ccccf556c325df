"""A value in a cell reads back as the same value, whatever it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.origin import Origin
from starrating.rulesheets.cells import flow, from_cell, to_cell
from starrating.yamltext import MappingNode, Node, ScalarNode, SequenceNode, load

AT = Origin("细则.xlsx", sheet="评分细则", cell="B2")
TEXTS = st.text(
    st.sampled_from("甲乙分 2.-:,[]{}#'\"&*!|>%@`?=~/\\a\n"), max_size=8
)  # fmt: skip


def scalars():
    return TEXTS.map(lambda text: ScalarNode(text, AT))


def mappings(inner):
    keys = st.lists(
        st.sampled_from(["甲", "乙 丙", "2.1", "# a", "无: 3", "{x"]), unique=True, max_size=4
    )
    return keys.flatmap(
        lambda names: st.tuples(*(inner for _ in names)).map(
            lambda values: MappingNode(
                tuple(
                    (ScalarNode(name, AT), value) for name, value in zip(names, values, strict=True)
                ),
                AT,
            )
        )
    )


NODES = st.recursive(
    scalars(),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: SequenceNode(tuple(items), AT))
        | mappings(inner)
    ),
    max_leaves=6,
)


def values(node: Node):
    """What a node says, without places and quotes."""
    match node:
        case ScalarNode():
            return node.value
        case SequenceNode(items=items):
            return [values(item) for item in items]
        case MappingNode(items=entries):
            return {key.value: values(value) for key, value in entries}


@given(NODES)
def test_flow_is_read_by_the_strict_profile(node):
    """The flow form is YAML of the strict profile and says the same."""
    whole = MappingNode(((ScalarNode("x", AT), node),), AT)
    read, faults = load(flow(whole).encode(), "x.yaml")
    assert faults == ()
    assert read is not None
    assert values(read) == values(whole)


@given(NODES)
def test_a_cell_gives_back_what_was_put_in(node):
    """Scalars stand bare where they can; every node comes back, placed at its cell."""
    back, faults = from_cell(to_cell(node), AT)
    assert faults == ()
    assert values(back) == values(node)
    assert back.origin == AT


@pytest.mark.parametrize(
    "text", ["found 班子成员违纪", "类型 includes '党课'", "2.10", "-2", "'甲' = '乙'"]
)
def test_a_plain_text_stands_as_it_is(text):
    """What a clerk reads in the cell is what stands in the rule file."""
    assert to_cell(ScalarNode(text, AT)) == text


def test_a_broken_list_is_told_at_its_cell():
    """A bracket that is not closed is R708 with the cell."""
    _, (fault,) = from_cell("{甲: 2, 乙", AT)
    assert (fault.code, fault.origin) == ("R708", AT)
