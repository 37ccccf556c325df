"""Single edits of a rulebook: every scalar of the model, and its lists and maps, changed in turn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin

from starrating.rulebook import expressions as ex
from starrating.rulebook.bounds import Bounds
from starrating.rulebook.fields import Between, Every, Reach, Span
from starrating.rulebook.model import AtMost, Block, Rulebook

UNMEANT = ("origin", "cases", "waive", "changes", "table", "format")


@dataclass(frozen=True)
class Edit:
    """One edit: the way to it, and the rulebook with it."""

    way: str
    book: Rulebook


def edits(book: Rulebook) -> Iterator[Edit]:
    """All single edits."""
    for way, changed in _block(book):
        yield Edit(way, changed)


def _block(block: Block) -> Iterator[tuple[str, Any]]:
    for name, info in type(block).model_fields.items():
        if name in UNMEANT and not (name == "table" and type(block).__name__ == "Clause"):
            continue
        if name == "on_tie" and isinstance(block, AtMost):
            yield name, block.model_copy(update={name: "include"})
            continue
        for way, value in _value(getattr(block, name), info.annotation):
            yield f"{name}{way}", block.model_copy(update={name: value})


def _value(value: Any, kind: Any) -> Iterator[tuple[str, Any]]:
    match value:
        case None:
            return
        case Block():
            for way, changed in _block(value):
                yield f".{way}", changed
        case ex.Node():
            for way, changed in _node(value):
                yield way, changed
        case Mapping():
            for key in value:
                for way, changed in _value(value[key], None):
                    yield f".{key}{way}", {**value, key: changed}
        case tuple():
            for place, each in enumerate(value):
                for way, changed in _value(each, None):
                    yield f".{place}{way}", (*value[:place], changed, *value[place + 1 :])
        case _:
            changed = _scalar(value, kind)
            if changed is not None:
                yield "", changed


def _scalar(value: Any, kind: Any) -> Any:
    match value:
        case bool():
            return not value
        case Fraction():
            return value + Fraction(1, 100)
        case int():
            return value + 1
        case date():
            return value + timedelta(days=1)
        case Span():
            return replace(value, count=value.count + 1)
        case Between():
            return replace(value, high=value.high + 1)
        case Reach():
            return replace(value, number=value.number + Fraction(1, 100))
        case Bounds():
            return Bounds(words=("甲",)) if value == Bounds() else Bounds()
        case Every():
            return Every("year" if value.unit != "year" else "half")
        case str():
            choices = _choices(kind)
            others = [choice for choice in choices if choice != value]
            return others[0] if others else (f"{value}改" if not choices else None)
    raise TypeError(type(value).__name__)


def _choices(kind: Any) -> tuple[Any, ...]:
    """The values of a closed list."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    return tuple(choice for part in get_args(kind) for choice in _choices(part))


def _node(node: Any) -> Iterator[tuple[str, Any]]:
    """Every scalar of an expression."""
    for field in fields(node):
        held = getattr(node, field.name)
        if field.name in ("origin", "bare", "op", "function", "kind", "unit", "pattern", "working"):
            continue
        if isinstance(held, ex.Node):
            for way, changed in _node(held):
                yield f".{field.name}{way}", replace(node, **{field.name: changed})
        elif isinstance(held, tuple):
            for place, each in enumerate(held):
                if isinstance(each, ex.Node):
                    for way, changed in _node(each):
                        parts = (*held[:place], changed, *held[place + 1 :])
                        yield f".{field.name}.{place}{way}", replace(node, **{field.name: parts})
        else:
            yield f".{field.name}", replace(node, **{field.name: _scalar(held, None)})
