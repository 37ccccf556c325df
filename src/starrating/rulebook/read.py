"""From a rule file to the model: all faults of the file at once, superiors merged in."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from starrating.faults import Fault, Level, in_order
from starrating.origin import Origin
from starrating.rulebook import model
from starrating.rulebook.codes import CODES
from starrating.rulebook.fields import place
from starrating.rulebook.model import Rulebook
from starrating.rulebook.suggest import did_you_mean
from starrating.yamltext import Declared, Node, as_data, load

Find = Callable[[str, str], Path | None]
"""Finds the file of a rulebook by id and version."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rulebook with its text and those of all it extends, and every fault found.

    `texts` maps the shown path of each file to its bytes, the book's own first.
    """

    book: Rulebook | None
    faults: tuple[Fault, ...]
    texts: Mapping[str, bytes]

    @property
    def usable(self) -> bool:
        """Whether the book can be run: read, and without errors."""
        return self.book is not None and not any(
            fault.level in (Level.FATAL, Level.ERROR) for fault in self.faults
        )


def read_rulebook(path: Path, shown: str, find: Find) -> Loaded:
    """Read a rule file and merge what it extends; `shown` is the path that faults print."""
    try:
        data = path.read_bytes()
    except OSError as error:
        fault = CODES.fault("R210", Origin(shown), reason=error.strerror or str(error))
        return Loaded(None, (fault,), {})
    return read_text(data, shown, find, path=path)


def read_text(
    data: bytes,
    shown: str,
    find: Find,
    above: tuple[str, ...] = (),
    path: Path | None = None,
) -> Loaded:
    """Read a rulebook from bytes; `above` are the references already being read, `path` where the
    bytes lie."""
    book, faults = parse_rulebook(data, shown)
    return complete(Loaded(book, faults, {shown: data}), shown, find, above, path)


def complete(
    own: Loaded,
    shown: str,
    find: Find,
    above: tuple[str, ...] = (),
    path: Path | None = None,
) -> Loaded:
    """A book read from one file, with all that it extends merged in; see `read_text`."""
    book, faults, texts = own.book, own.faults, dict(own.texts)
    if book is None or book.extends is None:
        return Loaded(book, faults, texts)
    wanted = f"{book.extends.id}@{book.extends.version}"
    chain = (*above, book.reference)
    if wanted in chain:
        shown_chain = " → ".join((*chain, wanted))
        cycle = CODES.fault("R208", book.extends.origin, chain=shown_chain)
        return Loaded(None, (*faults, cycle), texts)
    superior = find(book.extends.id, book.extends.version)
    if superior is None:
        lost = CODES.fault(
            "R207", book.extends.origin, id=book.extends.id, version=book.extends.version
        )
        return Loaded(book, (*faults, lost), texts)
    base_shown = _beside(shown, path, superior)
    base = read_text(superior.read_bytes(), base_shown, find, chain, superior)
    texts.update(base.texts)
    if base.book is None:
        return Loaded(book, (*faults, *base.faults), texts)
    merged, clashes = merge(base.book, book)
    return Loaded(merged, in_order((*faults, *base.faults, *clashes)), texts)


def _beside(shown: str, path: Path | None, superior: Path) -> str:
    """The shown path of a superior's file, in the same style as the file that extends it."""
    if path is None:
        parts = Path(shown).parts
        prefix = Path(*parts[:-2]) if len(parts) >= 2 else Path()
        return (prefix / superior.parent.name / superior.name).as_posix()
    way = os.path.relpath(superior, path.parent).replace(os.sep, "/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(shown), way))


def parse_rulebook(data: bytes, shown: str) -> tuple[Rulebook | None, tuple[Fault, ...]]:
    """One file as a model, nothing merged; all its faults."""
    node, faults = load(data, shown)
    if node is None:
        return None, faults
    book, found = model_of(node)
    return book, in_order((*faults, *found))


def model_of(node: Node) -> tuple[Rulebook | None, tuple[Fault, ...]]:
    """The nodes of one file as a model, nothing merged; all faults, at the places of the nodes."""
    content = as_data(node)
    if not isinstance(content, Declared):
        return None, (CODES.fault("R209", place(content)),)
    try:
        book = Rulebook.model_validate(content)
    except ValidationError as error:
        found = [_fault(detail, content) for detail in error.errors(include_url=False)]
        return None, in_order(found)
    return book, ()


# --- pydantic's words in ours ---------------------------------------------------------------------


def _fault(detail: ErrorDetails, content: Declared) -> Fault:
    kind, path = detail["type"], detail["loc"]
    carried = detail.get("ctx", {}).get("fault")
    if isinstance(carried, Fault):
        return carried
    name = str(path[-1]) if path else ""
    parent, key_place = _walk(content, path[:-1]), _place_of(content, path)
    if kind == "extra_forbidden":
        return CODES.fault(
            "R201",
            key_place,
            name=name,
            hint=did_you_mean(name, _words(path[:-1]), otherwise="请对照规则语言手册"),
        )
    if kind == "missing":
        return CODES.fault("R202", place(parent), name=name)
    if kind == "literal_error":
        choices = detail.get("ctx", {}).get("expected", "")
        shown = str(choices).replace("'", "").replace(" or ", "、").replace(", ", "、")
        return CODES.fault(
            "R205", _value_place(content, path), value=detail["input"], choices=shown
        )
    return CODES.fault(
        "R203",
        _value_place(content, path),
        value=detail["input"] if isinstance(detail["input"], str) else name,
        kind=_KINDS.get(kind, "另一种写法的内容"),
        example="请对照规则语言手册",
    )


_KINDS = {
    "model_type": "由“词：内容”组成的一段",
    "model_attributes_type": "由“词：内容”组成的一段",
    "dict_type": "对照表",
    "tuple_type": "列表",
    "string_type": "文字",
}


def _walk(content: Any, path: tuple[int | str, ...]) -> Any:
    """The deepest part of the file along a pydantic path."""
    for step in path:
        inside = step in content if isinstance(content, Mapping) else _is_place(content, step)
        if not inside:
            break
        content = content[step]
    return content


def _is_place(content: Any, step: int | str) -> bool:
    return isinstance(content, list) and isinstance(step, int) and step < len(content)


def _place_of(content: Declared, path: tuple[int | str, ...]) -> Origin:
    parent = _walk(content, path[:-1])
    if isinstance(parent, Declared) and path and str(path[-1]) in parent.key_origins:
        return parent.key_origins[str(path[-1])]
    return place(parent)


def _value_place(content: Declared, path: tuple[int | str, ...]) -> Origin:
    return place(_walk(content, path))


def _words(path: tuple[int | str, ...]) -> Iterator[str]:
    """The words that the block at a path knows."""
    block: Any = Rulebook
    for step in path:
        if isinstance(step, int):
            continue
        if isinstance(block, type) and issubclass(block, BaseModel):
            fields = {info.alias or name: info for name, info in block.model_fields.items()}
            block = _inner(fields[step].annotation) if step in fields else block
    if isinstance(block, type) and issubclass(block, BaseModel):
        for name, info in block.model_fields.items():
            if name != "origin":
                yield info.alias or name


def _inner(annotation: Any) -> Any:
    """The block class inside `tuple[X, ...]`, `dict[str, X]`, `X | None`."""
    if isinstance(annotation, type) and issubclass(annotation, model.Block):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _inner(argument)
        if found is not None:
            return found
    return None


# --- extends ---------------------------------------------------------------------------------------

_MAPS = ("columns", "tables", "terms", "lists", "measures", "rectification")
_LISTS = ("sections", "judgements", "row_checks")
_SINGLE = (
    "defaults", "raters", "second_person", "checks", "total", "total_cap", "total_floor", "stars",
    "moves", "lagging",
)  # fmt: skip


def merge(base: Rulebook, book: Rulebook) -> tuple[Rulebook, tuple[Fault, ...]]:
    """The extending book with what it takes over; the same name declared twice is a fault.

    Maps and lists are those of the base followed by those of the book; a single value of the
    book replaces the base's. The scope (`subjects`) of the base is taken where the book has none.
    """
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    for name in _MAPS:
        own, inherited = getattr(book, name), getattr(base, name)
        for key in own.keys() & inherited.keys():
            if name == "columns":
                continue
            faults.append(_twice(key, inherited[key], own[key], book))
        values[name] = (
            _joined_columns(inherited, own) if name == "columns" else {**inherited, **own}
        )
    for name in _LISTS:
        values[name] = (*getattr(base, name), *getattr(book, name))
    faults.extend(_same_ids(base, book))
    written = book.model_fields_set
    for name in _SINGLE:
        values[name] = getattr(book if name in written else base, name)
    if "subjects" not in written:
        values["subjects"] = base.subjects
    return book.model_copy(update=values), tuple(faults)


def _joined_columns(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    sheets = dict.fromkeys((*base, *own))
    return {sheet: {**base.get(sheet, {}), **own.get(sheet, {})} for sheet in sheets}


def _twice(name: str, first: object, second: object, book: Rulebook) -> Fault:
    where = getattr(second, "origin", book.origin)
    return CODES.fault("R206", where, name=name, first=getattr(first, "origin", ""))


def _same_ids(base: Rulebook, book: Rulebook) -> Iterator[Fault]:
    items = {item.id: item for _, item in base.items()}
    for _, item in book.items():
        if item.id in items:
            yield _twice(item.id, items[item.id], item, book)
    judgements = {judgement.id: judgement for judgement in base.judgements}
    for judgement in book.judgements:
        if judgement.id in judgements:
            yield _twice(judgement.id, judgements[judgement.id], judgement, book)
