"""From a rule file to the model: all faults of the file at once, superiors merged in."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from starrating.faults import Fault, Level, in_order
from starrating.origin import Origin
from starrating.oserrors import why
from starrating.rulebook import model
from starrating.rulebook.codes import CODES
from starrating.rulebook.fields import place
from starrating.rulebook.freezing import unfrozen
from starrating.rulebook.layers.guard import loosened
from starrating.rulebook.layers.merging import as_base, merged
from starrating.rulebook.model import Rulebook
from starrating.rulebook.suggest import did_you_mean
from starrating.yamltext import Declared, Node, as_data, load

Find = Callable[[str, str], Path | None]
"""Finds the file of a rulebook by id and version."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rulebook with its text and those of all it extends, and every fault found.

    `texts` maps the shown path of each file to its bytes, the book's own first; `content` is the
    text that the book was read from, with all that it extends in it.
    """

    book: Rulebook | None
    faults: tuple[Fault, ...]
    texts: Mapping[str, bytes]
    content: Declared | None = field(default=None, compare=False, repr=False)

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
        fault = CODES.fault("R210", Origin(shown), reason=why(error))
        return Loaded(None, (fault,), {})
    return _with_freezing(read_text(data, shown, find, path=path), path, shown)


def _with_freezing(loaded: Loaded, path: Path, shown: str) -> Loaded:
    """What was read, with a fault where the version was frozen and means something else now."""
    if loaded.book is None:
        return loaded
    return replace(loaded, faults=in_order((*loaded.faults, *unfrozen(path, shown, loaded.book))))


def read_text(
    data: bytes,
    shown: str,
    find: Find,
    above: tuple[str, ...] = (),
    path: Path | None = None,
) -> Loaded:
    """Read a rulebook from bytes; `above` are the references already being read, `path` where the
    bytes lie."""
    node, faults = load(data, shown)
    texts = {shown: data}
    if node is None:
        return Loaded(None, faults, texts)
    return complete(node, Loaded(None, faults, texts), shown, find, above, path)


def complete(
    node: Node,
    so_far: Loaded,
    shown: str,
    find: Find,
    above: tuple[str, ...] = (),
    path: Path | None = None,
) -> Loaded:
    """The book that these nodes say, with all that it extends merged in; see `read_text`.

    `so_far` has the faults and the texts of what was read before.
    """
    faults, texts = so_far.faults, dict(so_far.texts)
    content = as_data(node)
    if not isinstance(content, Declared):
        return Loaded(None, (*faults, CODES.fault("R209", place(content))), texts)
    book, found = _model(content)
    faults = in_order((*faults, *found))
    if book is None or book.extends is None:
        changes = () if book is None else _nothing_to_change(book)
        return Loaded(book, (*faults, *changes), texts, content)
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
    base = _with_freezing(
        read_text(superior.read_bytes(), base_shown, find, chain, superior), superior, base_shown
    )
    texts.update(base.texts)
    if base.book is None or base.content is None:
        return Loaded(book, (*faults, *base.faults), texts)
    superior_text = as_base(base.content)
    joined, clashes = merged(superior_text, content)
    faults = in_order((*faults, *base.faults, *clashes))
    whole, found = _model(joined)
    if whole is None:
        return Loaded(book, in_order((*faults, *found)), texts)
    whole.extend(base.book)
    if not clashes:
        faults = in_order((*faults, *loosened(superior_text, joined)))
    return Loaded(whole, faults, texts, joined)


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
    content = as_data(node)
    if not isinstance(content, Declared):
        return None, (*faults, CODES.fault("R209", place(content)))
    book, found = _model(content)
    return book, in_order((*faults, *found))


def _model(content: Declared) -> tuple[Rulebook | None, tuple[Fault, ...]]:
    try:
        return Rulebook.model_validate(content), ()
    except ValidationError as error:
        found = [_fault(detail, content) for detail in error.errors(include_url=False)]
        return None, in_order(found)


def _nothing_to_change(book: Rulebook) -> tuple[Fault, ...]:
    """`changes` where nothing is extended."""
    if book.changes is None:
        return ()
    what, remedy = "没有继承别的规则，changes 无从改起", "写上 extends，或删去 changes"
    return (CODES.fault("R204", book.changes.origin, what=what, remedy=remedy),)


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
