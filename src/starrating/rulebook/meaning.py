"""What a rulebook means, apart from how it is written: the tree that versions are compared by.

Left out are places, comments, the order of keys, and every choice of spelling (`≥` and `>=`,
`30%` and `0.3`, quotes, a default written or not), and with them `cases` and `waive`, which
change no result. Lists keep their order: items, clauses, raters and judgements are shown and
numbered by it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, cast

from starrating.number import literal, plain
from starrating.rulebook import expressions as ex
from starrating.rulebook.bounds import Bounds
from starrating.rulebook.canonical import show
from starrating.rulebook.fields import Between, Every, Mean, Reach, Span
from starrating.rulebook.model import (
    Bands,
    Block,
    Judgement,
    PointsTable,
    Rulebook,
    Table,
    Variants,
)
from starrating.rulebook.tables import EVERYTHING, cell_condition

Meaning = str | int | bool | Sequence["Meaning"] | Mapping[str, "Meaning"]
"""A tree of JSON: numbers of the rules are texts (`"0.3"`), counts are integers; no null."""

UNMEANT = frozenset(("origin", "cases", "waive"))
"""The fields that no result depends on."""


def meaning(book: Rulebook) -> dict[str, Meaning]:
    """The meaning of a rulebook as a tree of JSON, keyed by the words of the language.

    Of a book that `read` merged with what it extends, the merged meaning. What holds by default
    is left out, so that a word added to the language later changes no older meaning. A map
    (measures, lists, columns) is in code-point order of its names, a block in that of the model.
    Expressions are their canonical text, stars are high first, the condition of a judgement's
    table stands as its `if`.
    """
    tree = _block(book, frozenset(book.lists))
    if book.superiors:
        tree.pop("changes", None)  # They are made; what came of them stands in its place.
    return tree


def meaning_digest(book: Rulebook) -> str:
    """SHA-256, in hex, of the meaning as JSON: UTF-8, sorted keys, no spaces."""
    return digest(meaning(book))


def digest(tree: Meaning) -> str:
    """SHA-256, in hex, of one part of a meaning."""
    text = json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def part(value: object, lists: Iterable[str] = ()) -> Meaning:
    """The meaning of one block or value of a rulebook whose lists have these names."""
    return _value(value, frozenset(lists))


def word(block: type[Block], name: str) -> str:
    """The word of the language for a field of the model (`if` for `if_`)."""
    return block.model_fields[name].alias or name


Lists = frozenset[str]


def _block(block: Block, lists: Lists) -> dict[str, Meaning]:
    kind = type(block)
    special = _SPECIAL.get(kind, {})
    found: dict[str, Meaning] = {}
    for name in kind.model_fields:
        value = getattr(block, name)
        if name in UNMEANT or value is None or name in special.get("", ()):
            continue
        own = special.get(name)
        tree = own(block, lists) if callable(own) else _value(value, lists)
        if tree != _defaults(kind).get(name):
            found[word(kind, name)] = tree
    return found


@cache
def _defaults(kind: type[Block]) -> dict[str, Meaning]:
    """What each field of a block means where it is not written."""
    optional = {
        name: info.get_default(call_default_factory=True)
        for name, info in kind.model_fields.items()
        if name not in UNMEANT and not info.is_required()
    }
    return {
        name: _value(value, frozenset()) for name, value in optional.items() if value is not None
    }


def _value(value: Any, lists: Lists) -> Meaning:
    match value:
        case Block():
            return _block(value, lists)
        case ex.Node():
            return show(_plain(cast("ex.Expr", value), lists))
        case Mapping():
            return {key: _value(value[key], lists) for key in sorted(value)}
        case tuple() | list():
            return [_value(entry, lists) for entry in value]
        case _:
            return _scalar(value)


def _scalar(value: Any) -> Meaning:
    match value:
        case Fraction():
            return plain(value)
        case Mean(of=names):
            return {"mean": [*names]}
        case Between(low=low, high=high):
            return f"{plain(low)} to {plain(high)}"
        case Reach(number=number, share=share):
            return f"{plain(number * 100)}%" if share else plain(number)
        case Span(count=count, unit=unit, working=working):
            return show(ex.Duration(count, unit, working))
        case Every(unit=unit, months=months):
            return f"{unit} {months} months" if months else unit
        case Bounds():
            return str(value)
        case date():
            return value.isoformat()
        case bool() | int() | str():
            return value
        case _:
            raise TypeError(f"{type(value).__name__} has no meaning in a rulebook")


# --- spellings of one thing ------------------------------------------------------------------------


def _plain(expr: ex.Expr, lists: Lists) -> ex.Expr:
    """The expression with the options of `in` quoted and in order, but for the name of a list."""
    if not isinstance(expr, ex.In):
        return _rebuilt(expr, lists)
    of, options = _plain(expr.of, lists), expr.options
    if _names_a_list(options, lists):
        return ex.In(of, options, expr.negated)
    quoted = {_quoted(option) for option in options}
    return ex.In(of, tuple(sorted(quoted, key=show)), expr.negated)


def _rebuilt(expr: ex.Expr, lists: Lists) -> ex.Expr:
    changed: dict[str, Any] = {}
    for name in (field.name for field in fields(expr) if field.name != "origin"):
        held = getattr(expr, name)
        if isinstance(held, ex.Node):
            changed[name] = _plain(cast("ex.Expr", held), lists)
        elif isinstance(held, tuple):
            changed[name] = tuple(_plain(each, lists) for each in held)
    return replace(expr, **changed) if changed else expr


def _names_a_list(options: Sequence[ex.Expr], lists: Lists) -> bool:
    only = options[0]
    return len(options) == 1 and isinstance(only, ex.Text) and only.bare and only.value in lists


def _quoted(option: ex.Num | ex.Text | ex.DateLit) -> ex.Num | ex.Text | ex.DateLit:
    return ex.Text(option.value) if isinstance(option, ex.Text) else option


def _edges(word_of: str) -> Callable[[Any, Lists], Meaning]:
    """The edges of bands as numbers: `90.0` and `90` are one edge."""

    def edges(bands: Bands, _lists: Lists) -> Meaning:
        return {_number(key): plain(amount) for key, amount in getattr(bands, word_of).items()}

    return edges


def _number(text: str) -> str:
    number = literal(text.strip())
    return text if number is None else plain(number)


def _rows(table: Table, lists: Lists) -> Meaning:
    return [
        [
            *(_cell(given, cell, lists) for given, cell in zip(table.of, row, strict=False)),
            _number(row[-1]),
        ]
        for row in table.rows
    ]


def _cell(given: ex.Expr, cell: str, lists: Lists) -> str:
    condition = cell_condition(given, cell)
    assert condition is not None, "the model refuses cells that cannot be read"
    return "any" if condition == EVERYTHING else show(_plain(condition, lists))


def _variants(variants: Variants, lists: Lists) -> Meaning:
    """The variants by their values, each spelled with its values in order."""
    return {
        "、".join(sorted(each.strip() for each in keys.replace(",", "、").split("、"))): _block(
            variant, lists
        )
        for keys, variant in variants.of.items()
    }


def _stars(book: Rulebook, lists: Lists) -> Meaning:
    return [_block(star, lists) for star in book.bands()]


_SPECIAL: Mapping[type[Block], Mapping[str, Any]] = {
    Rulebook: {"stars": _stars},
    Bands: {"from_": _edges("from_"), "over": _edges("over"), "upto": _edges("upto")},
    Variants: {"of": _variants},
    Judgement: {"": ("table",)},
    Table: {"rows": _rows},
    PointsTable: {"rows": _rows},
}
"""Fields with spellings of their own, by block; under `""` those that another field stands for."""
