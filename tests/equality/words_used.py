"""The words of the language that a rulebook uses: keys of its blocks, choices, nodes of expressions."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, Literal

from starrating.rulebook import expressions as ex
from starrating.rulebook.fields import Between, Every, Mean, Span
from starrating.rulebook.model.block import Block


def words_used(value: Any) -> Iterator[str]:
    """`Block.word` for every word that is written, `Block.word=choice` for every printed choice,
    and the kinds, operators and functions of expressions."""
    if isinstance(value, Block):
        yield from _of_block(value)
    elif isinstance(value, ex.Node):
        yield from _of_expression(value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from words_used(inner)
    elif isinstance(value, (tuple, list)):
        for inner in value:
            yield from words_used(inner)
    elif isinstance(value, Span):
        yield f"span {'working ' if value.working else ''}{value.unit}"
    elif isinstance(value, Every):
        yield f"every {value.unit}" if value.unit in _UNITS else "every term"
    elif isinstance(value, (Between, Mean)):
        yield type(value).__name__


_UNITS = ("month", "quarter", "half", "year", "rolling")


def _of_block(block: Block) -> Iterator[str]:
    name = type(block).__name__
    for field, info in type(block).model_fields.items():
        if field == "origin" or field not in block.model_fields_set:
            continue
        word, held = info.alias or field, getattr(block, field)
        yield f"{name}.{word}"
        if held in choices(info.annotation):
            yield f"{name}.{word}={held}"
        yield from words_used(held)


def _of_expression(whole: ex.Expr) -> Iterator[str]:
    for node in ex.walk(whole):
        kind = type(node).__name__
        yield kind
        if isinstance(node, (ex.Arith, ex.Compare)):
            yield f"{kind} {node.op}"
        if isinstance(node, ex.Arith) and isinstance(node.right, ex.Duration):
            yield f"Duration {node.right.unit}"
        if isinstance(node, ex.Call):
            yield f"{kind} {node.function}"
        if isinstance(node, ex.TextTest):
            yield f"{kind} {node.kind}"
        if isinstance(node, (ex.In, ex.IsBlank)) and node.negated:
            yield f"{kind} not"
        if isinstance(node, ex.Name):
            yield f"name {node.name}"


def choices(annotation: Any) -> tuple[Any, ...]:
    """The printed choices of a field."""
    if typing.get_origin(annotation) is Literal:
        return typing.get_args(annotation)
    if typing.get_origin(annotation) in (typing.Union, UnionType):
        return tuple(each for part in typing.get_args(annotation) for each in choices(part))
    return ()


def blocks(model: type[Block]) -> Iterator[str]:
    """Every word of a block, and every choice that it prints, as `words_used` names them."""
    for field, info in model.model_fields.items():
        if field != "origin":
            word = info.alias or field
            yield f"{model.__name__}.{word}"
            yield from (f"{model.__name__}.{word}={each}" for each in choices(info.annotation))
