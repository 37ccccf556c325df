"""Whatever a rule file says stands in its workbook, and is gathered again word by word."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rulesheets.test_cells import NODES, TEXTS, values
from starrating.faults import Level
from starrating.origin import Origin
from starrating.records.workbook import read_workbook
from starrating.rulesheets.fill import pages
from starrating.rulesheets.gather import gather
from starrating.rulesheets.writing import workbook
from starrating.yamltext import MappingNode, ScalarNode, SequenceNode

AT = Origin("x.yaml")
FORMS = ["deduct", "add", "score", "bands"]
NAMES = TEXTS.filter(lambda text: text.strip() not in {"", "<<"})


def block(words, inner):
    """A mapping with some of these words."""
    return st.lists(st.sampled_from(words), unique=True, min_size=1).flatmap(
        lambda chosen: st.tuples(*(inner for _ in chosen)).map(
            lambda found: MappingNode(
                tuple(
                    (ScalarNode(word, AT), node) for word, node in zip(chosen, found, strict=True)
                ),
                AT,
            )
        )
    )


def with_one(first, word, inner):
    """A mapping with one more entry in front."""
    return st.tuples(first, inner).map(
        lambda pair: MappingNode(((ScalarNode(word, AT), pair[1]), *pair[0].items), AT)
    )


def listed(inner):
    return st.lists(inner, min_size=1, max_size=2).map(lambda found: SequenceNode(tuple(found), AT))


CLAUSES = st.sampled_from(FORMS).flatmap(
    lambda form: with_one(block(["per", "if", "by", "up_to", "note"], NODES), form, NODES)
)
ITEMS = with_one(
    block(["id", "title", "points", "basis", "cap"], NODES), "clauses", listed(CLAUSES)
)
SECTIONS = with_one(block(["title", "kind", "cap"], NODES), "items", listed(ITEMS))
BOOKS = st.fixed_dictionaries(
    {"sections": listed(SECTIONS)},
    optional={
        "id": NODES,
        "version": NODES,
        "total": NODES,
        "judgements": listed(block(["id", "if", "then", "extra"], NODES)),
        "measures": st.tuples(NAMES, block(["sheet", "where", "count"], NODES)).map(
            lambda pair: MappingNode(((ScalarNode(pair[0].strip(), AT), pair[1]),), AT)
        ),
    },
)


@settings(max_examples=60)
@given(BOOKS)
def test_word_by_word(entries):
    """The nodes come back out of the real workbook, parts in any order."""
    node = MappingNode(tuple((ScalarNode(word, AT), own) for word, own in entries.items()), AT)
    data = workbook(pages(node, {}, ()), "任意")
    grids, _ = read_workbook("任意.xlsx", data)
    back, faults = gather(grids, "任意.xlsx")
    assert [fault for fault in faults if fault.level is Level.ERROR] == []
    assert back is not None
    assert values(back) == values(node)
