"""The drawn rulebooks leave out no word of the language."""

import typing
from random import Random

from equality.cases import document
from equality.dice import Dice
from equality.layers import SUPERIOR
from equality.reading import Refused, read
from equality.words_used import blocks, words_used
from starrating.rulebook import expressions as ex
from starrating.rulebook import model
from starrating.rulebook.checks._uses import BUILT_INS
from starrating.rulebook.model.block import Block
from starrating.rulebook.words import WORDS

DRAWN = 400
ELSEWHERE = {
    "TruthTable.otherwise",  # refused
    "Rulebook.one_per_section",  # written under `stars`, told apart from them below
}
MODELS = [
    each
    for name, each in vars(model).items()
    if isinstance(each, type) and issubclass(each, Block) and name in WORDS
]


def test_every_word_is_drawn():
    """Each key, each printed choice, each kind of node, operator, function, unit and built-in."""
    used = set()
    for seed in range(DRAWN):
        drawn = document(Dice(Random(seed)), 2)
        try:
            used.update(words_used(read(drawn)))
            if SUPERIOR in drawn:
                used.update(words_used(read(drawn[SUPERIOR])))
        except Refused:
            continue
    assert sorted(wanted() - used) == []


def wanted():
    """The language as the model, the grammar and the checks declare it."""
    found = {word for each in MODELS for word in blocks(each)}
    found |= {each.__name__ for each in typing.get_args(ex.Expr)}
    found |= {f"Arith {op}" for op in "+-*/"}
    found |= {f"Compare {op}" for op in ("=", "!=", "<", "<=", ">", ">=")}
    found |= {f"Call {name}" for name in ex.FUNCTIONS}
    found |= {f"TextTest {word}" for word in ("starts", "ends", "contains", "matches")}
    found |= {"In not", "IsBlank not", "Between", "Mean"}
    found |= {f"name {name}" for name in BUILT_INS}
    found |= {f"Duration {unit}" for unit in ("day", "week", "month", "quarter", "year")}
    found |= {f"every {unit}" for unit in ("month", "quarter", "half", "year", "rolling", "term")}
    return found - ELSEWHERE
