"""What is drawn leaves out no word of the language, and no kind of record."""

import typing
from contextlib import suppress
from random import Random

from equality.cases import document
from equality.dice import Dice
from equality.facts_told import WANTED, facts_told
from equality.holding import ground
from equality.layers import SUPERIOR
from equality.reading import Refused, read
from equality.words_used import blocks, words_used
from starrating.rulebook import expressions as ex
from starrating.rulebook import model
from starrating.rulebook.checks._uses import BUILT_INS
from starrating.rulebook.model.block import Block
from starrating.rulebook.words import WORDS

DRAWN = 320
ELSEWHERE = {
    "TruthTable.otherwise",  # refused
    "Rulebook.one_per_section",  # written under `stars`, told apart from them below
}
MODELS = [
    each
    for name, each in vars(model).items()
    if isinstance(each, type) and issubclass(each, Block) and name in WORDS and each != model.Table
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


def test_every_kind_of_record_is_drawn():
    """Blank, unreadable, 不适用, days on all sides, rows told twice, each word of people's part."""
    told = set()
    for seed in range(120):
        drawn = document(Dice(Random(seed)), 2)
        with suppress(Refused):
            told.update(facts_told(drawn, ground(drawn)))
    assert sorted(WANTED - told) == []
