"""Whatever a rulebook says is said by its description: change any word of it, and the text changes.

The rulebooks are the examples of the documentation, which write every word of the language. A word
that readers need not see is named in NOT_PRINTED with the reason.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin

import pytest

from starrating.number import exact, plain
from starrating.rulebook import expressions as ex
from starrating.rulebook.bounds import Bounds
from starrating.rulebook.describe.clauses import FORMS
from starrating.rulebook.describe.counting import PER_FORM
from starrating.rulebook.describe.judgements import LIMITS
from starrating.rulebook.describe.methods import METHODS
from starrating.rulebook.describe.used import measures_used
from starrating.rulebook.describe.whole import describe
from starrating.rulebook.fields import Between, Every, Mean, Reach, Span
from starrating.rulebook.model import Block, Clause, Effect, Measure, Rulebook
from test_docs import Fenced, blocks_of_model, completed, marked, read, words

TESTING = "cases are for those who keep the rules"
AS_IF = "printed as the condition that the rows make together, Judgement.if"
MADE = "what came of a change is printed in its place"
DATA = "how cells are read is told by the empty workbook made from the rules"
NOT_PRINTED = {
    "Rulebook.format": "the language, not the rules",
    "Rulebook.library": "a library is printed like any other",
    **{f"Changes.{word}": MADE for word in ("items", "sections", "measures", "lists", "judgements", "stars", "rectification")},
    **{f"Case.{word}": TESTING for word in ("title", "why", "plan", "issued", "given", "previous", "results", "expect")},
    **{f"CasePlan.{word}": TESTING for word in ("period", "cut_off", "level", "stage")},
    **{f"TruthTable.{word}": AS_IF for word in ("of", "hit", "rows")},
    **{f"Waiver.{word}": TESTING for word in ("code", "reason", "at")},
    **{f"RowCheck.{word}": DATA for word in ("sheet", "if", "severity", "message")},
    **{f"TableDecl.{word}": DATA for word in ("columns", "date", "no_rows", "aliases")},
    **{f"ColumnDecl.{word}": DATA for word in ("type", "unit", "blank", "date_kind", "aliases", "required")},
}  # fmt: skip
WITH_SCORES = {
    "Defaults.not_applicable", "Points.decimals", "Rulebook.raters", "CheckPolicy.unrecorded",
    "CheckPolicy.unrecorded_elements", "CheckPolicy.count",
}  # fmt: skip
"""Words that mean something only where there are items."""
MADE_BY_SECTION = {"Star.star", "Star.from"}
"""Where each section that reaches the mark gives a star, nobody writes the bands."""


def changed(value: Any, annotation: Any) -> Any:
    """Another value of the kind of a single value."""
    choices = [c for each in _literals(annotation) for c in get_args(each) if c != value]
    if choices:
        return choices[0]
    match value:
        case bool():
            return not value
        case int() | Fraction():
            return value + 1
        case str():
            return None if _literals(annotation) else f"{value}乙"
        case date():
            return value + timedelta(days=400)
        case Span():
            return Span(value.count + 1, value.unit, value.working)
        case Every():
            return Every("另一时段")
        case Between():
            return Between(value.low, value.high + 1)
        case Bounds():
            return Bounds(words=("另一种",))
        case Reach():
            return Reach(value.number + 1, value.share)
        case Mean(of=names):
            return Mean((*names, "另一人"))
        case ex.Node():
            return ex.Name("改后")
        case _:
            raise TypeError(type(value).__name__)


def _marks(written: Any) -> bool:
    """Whether a word only marks the form (`count: rows`, `average: true`)."""
    return isinstance(written, ex.Truth) or written in ("rows", True)


def _literals(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Literal:
        return [annotation]
    return [
        each
        for part in get_args(annotation)
        if not isinstance(part, str)
        for each in _literals(part)
    ]


def variants(value: Any, label: str, annotation: Any = None) -> Iterator[tuple[str, Any]]:
    """The word that is changed, and the value with that change; one for each single value inside."""
    if isinstance(value, Block):
        names = {field: word for word, field in words(type(value)).items()}
        for field in sorted(value.model_fields_set - {"origin"}):
            inner = f"{type(value).__name__}.{names[field]}"
            kind = type(value).model_fields[field].annotation
            written = getattr(value, field)
            if names[field] in getattr(value, "FORMS", ()) and _marks(written):
                continue  # the form itself: without it there is another block
            for told, new in variants(written, inner, kind):
                yield told, value.model_copy(update={field: new})
    elif isinstance(value, dict):
        for key, part in value.items():
            for told, new in variants(part, label, annotation):
                yield told, {**value, key: new}
    elif isinstance(value, (tuple, list)):
        for place, part in enumerate(value):
            for told, new in variants(part, label, annotation):
                yield told, (*value[:place], new, *value[place + 1 :])
    elif label == "PointsTable.rows":
        number = exact(value)
        yield label, "另一类" if number is None else plain(number + 1)
    elif value is not None:
        yield label, changed(value, annotation)


@pytest.mark.parametrize("block", marked("example"), ids=str)
def test_every_word_is_told(block: Fenced) -> None:
    """No value of any example can be changed without changing what is printed."""
    book = read(completed(block.text), str(block)).book
    assert book is not None
    used = {name: book.measures[name] for name in measures_used(book)}
    book = book.model_copy(update={"cases": (), "measures": used})
    printed = describe(book)
    unseen = {
        word
        for word, other in variants(book, "")
        if word not in NOT_PRINTED
        and (book.sections or word not in WITH_SCORES)
        and not (word in MADE_BY_SECTION and book.one_per_section is not None)
        and describe(other) == printed
    }
    assert unseen == set()


def test_not_printed_words_exist() -> None:
    """The list of words left out names words of the language."""
    known = {f"{name}.{word}" for name, each in blocks_of_model().items() for word in words(each)}
    assert set(NOT_PRINTED) - known == set()
    assert WITH_SCORES - known == set()


def test_every_form_has_its_function() -> None:
    """A form that is added to the language needs one small function here."""
    assert set(FORMS) == set(Clause.FORMS)
    assert set(METHODS) == set(Measure.FORMS)
    assert set(PER_FORM) == set(Measure.FORMS)


def test_every_effect_is_told() -> None:
    """The words of `then`: those that limit, and those told elsewhere."""
    elsewhere = {"item", "flag", "case", "amount", "task", "within", "owner", "kind"}
    assert set(LIMITS) | elsewhere == set(words(Effect))


def test_inherited_measures_are_told_where_they_count(shipped: dict[str, Rulebook]) -> None:
    """Of a superior's library, only the measures that count are printed."""
    book = shipped["weak-and-lax@2023"]
    told = {row.id for row in describe(book).chapters[-1].table.rows}
    assert "换届逾期月" in told
    assert "党课次数" not in told
