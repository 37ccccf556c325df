"""The strict YAML profile of all our text files: every scalar stays text, every node has a place.

Refused, each with its place: duplicate keys, anchors and aliases, tags, merge keys,
directives, several documents, invisible characters, other encodings than UTF-8 (a byte order
mark is tolerated), and anything beyond the limits on size, depth and number of nodes.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, Self

import yaml

from starrating import _yamlplaces
from starrating._yamlplaces import Piece
from starrating.faults import Fault, in_order
from starrating.limits import MAX_RULE_BYTES, MAX_RULE_DEPTH, MAX_RULE_NODES
from starrating.origin import Origin
from starrating.yamlcodes import CHECK_HERE, REASONS, SLIPS, YAML

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


class ScalarNode(NamedTuple):
    """A scalar as text: `''` where nothing is written; `quoted` also for block texts. `pieces` tell
    where its text stands, from each offset on."""

    value: str
    origin: Origin
    quoted: bool = False
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list in the order written."""

    items: tuple[Node, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping in the order written; its keys are texts, and no two are equal after NFKC."""

    items: tuple[tuple[ScalarNode, Node], ...]
    origin: Origin

    def get(self, key: str) -> Node | None:
        """The value of that key, or None."""
        return next((value for own, value in self.items if own.value == key), None)


Node = ScalarNode | SequenceNode | MappingNode


class Scalar(str):
    """A text that knows its place in the file and whether it was quoted."""

    __slots__ = ("_pieces", "origin", "quoted")
    origin: Origin
    quoted: bool
    _pieces: tuple[Piece, ...]

    def __new__(
        cls, value: str, origin: Origin, quoted: bool = False, pieces: tuple[Piece, ...] = ()
    ) -> Self:
        """Make a text; `pieces` say where its characters stand, if not only at `origin`."""
        text = super().__new__(cls, value)
        text.origin = origin
        text.quoted = quoted
        text._pieces = pieces
        return text

    def at(self, offset: int) -> Origin:
        """The place in the file of the character at `offset` (from 0)."""
        if not self._pieces:
            return self.origin
        begin, line, column = self._pieces[
            bisect_right(self._pieces, offset, key=lambda piece: piece[0]) - 1
        ]
        return Origin(self.origin.file, line, column + offset - begin)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies and pickles keep the place."""
        return (Scalar, (str(self), self.origin, self.quoted, self._pieces))


class Listed(list["Data"]):
    """A list that knows where it begins in the file."""

    origin: Origin


class Declared(dict[str, "Data"]):
    """A mapping that knows its place and the place of each key."""

    origin: Origin
    key_origins: dict[str, Origin]


Data = Scalar | Listed | Declared


def plain_name(text: str) -> str:
    """A name as cells and expressions are read too: NFKC, so that （ and ( are one sign."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def as_data(node: Node) -> Data:
    """The node as nested `Declared`, `Listed` and `Scalar`, which are dict, list and str.

    Keys are names: they are NFKC-normalised (`load` refuses two that are then equal).
    """
    if isinstance(node, ScalarNode):
        return Scalar(node.value, node.origin, node.quoted, node.pieces)
    if isinstance(node, SequenceNode):
        listed = Listed(as_data(item) for item in node.items)
        listed.origin = node.origin
        return listed
    declared = Declared()
    declared.origin = node.origin
    declared.key_origins = {}
    for key, value in node.items:
        name = plain_name(key.value)
        declared[name] = as_data(value)
        declared.key_origins[name] = key.origin
    return declared


@lru_cache(maxsize=128)
def load(data: bytes, file: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """The one document in `data`, and all faults found; no document after a fatal fault.

    `file` is the path that faults and origins show. Where a fault is not fatal the document
    is given as if the faulty part were mended: of two equal keys the first counts, anchors
    and tags are ignored, an alias is an empty text. Equal arguments give the same nodes, which
    nobody can change: a rule file is listed by its head first and read whole later.
    """
    text, faults = _decoded(data, file)
    if text is None:
        return None, faults
    builder = _Builder(file, _LINE_END.split(text))
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        builder.fatal(_syntax_fault(error, builder))
    except yaml.YAMLError as error:
        builder.fatal(YAML.fault("R003", Origin(file), reason=str(error), hint=CHECK_HERE))
    return builder.result()


def _decoded(data: bytes, file: str) -> tuple[str | None, tuple[Fault, ...]]:
    if len(data) > MAX_RULE_BYTES:
        fault = YAML.fault("R001", Origin(file), size=len(data), limit=MAX_RULE_BYTES)
        return None, (fault,)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8-sig", "replace")
        return None, (YAML.fault("R002", _place(good, len(good), file)),)
    faults = tuple(
        YAML.fault("R014", _place(text, match.start(), file), character=f"U+{ord(match[0]):04X}")
        for match in _first_few(_INVISIBLE.finditer(text))
    )
    return (None if faults else text), faults


def _first_few(matches: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    return (match for match, _ in zip(matches, range(20), strict=False))


def _place(text: str, offset: int, file: str) -> Origin:
    lines = _LINE_END.split(text[:offset])
    return Origin(file, len(lines), len(lines[-1]) + 1)


def _syntax_fault(error: yaml.MarkedYAMLError, builder: _Builder) -> Fault:
    """The fault R003, with the slip of the hand that the line most likely holds."""
    mark = error.problem_mark or error.context_mark
    problem = error.problem or ""
    reason = REASONS.get(problem, f"不合 YAML 写法（{problem}）")
    if mark is None:
        return YAML.fault("R003", Origin(builder.file), reason=reason, hint=CHECK_HERE)
    near = "".join(builder.lines[max(mark.line - 1, 0) : mark.line + 1])
    hint = next((hint for sign, hint in SLIPS.items() if sign in near), CHECK_HERE)
    return YAML.fault("R003", builder.origin(mark), reason=reason, hint=hint)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; `key` waits for its value."""

    origin: Origin
    mapping: bool
    items: list[Any] = field(default_factory=list)
    seen: dict[str, Origin] = field(default_factory=dict)
    key: ScalarNode | None = None
    waiting: bool = False

    def closed(self) -> Node:
        if self.mapping:
            return MappingNode(tuple(self.items), self.origin)
        return SequenceNode(tuple(self.items), self.origin)


class _Builder:
    """Makes nodes from the parser's events without recursion."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.faults: list[Fault] = []
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.documents = 0
        self.nodes = 0

    def origin(self, mark: Any) -> Origin:
        return Origin(self.file, mark.line + 1, mark.column + 1)

    def fatal(self, fault: Fault) -> bool:
        self.faults.append(fault)
        self.root = None
        self.stack.clear()
        return False

    def result(self) -> tuple[Node | None, tuple[Fault, ...]]:
        empty = isinstance(self.root, ScalarNode) and not self.root.value and not self.root.quoted
        if not self.faults and (self.root is None or empty):
            self.fatal(YAML.fault("R011", Origin(self.file)))
        return self.root, in_order(self.faults)

    def take(self, event: Any) -> bool:
        """Take one event; False when nothing more is worth reading."""
        if isinstance(event, yaml.NodeEvent):
            return self._node(event)
        if isinstance(event, yaml.CollectionEndEvent):
            self._add(self.stack.pop().closed())
        elif isinstance(event, yaml.DocumentStartEvent):
            return self._document(event)
        return True

    def _document(self, event: Any) -> bool:
        self.documents += 1
        if self.documents > 1:
            return self.fatal(YAML.fault("R007", self.origin(event.start_mark)))
        if event.version or event.tags:
            self.faults.append(YAML.fault("R015", self.origin(event.start_mark)))
        return True

    def _node(self, event: Any) -> bool:
        origin = self.origin(event.start_mark)
        self.nodes += 1
        if self.nodes > MAX_RULE_NODES:
            return self.fatal(YAML.fault("R010", origin, limit=MAX_RULE_NODES))
        if isinstance(event, yaml.AliasEvent):
            self.faults.append(YAML.fault("R005", origin, mark=f"*{event.anchor}"))
            self._add(ScalarNode("", origin))
            return True
        if event.anchor:
            self.faults.append(YAML.fault("R005", origin, mark=f"&{event.anchor}"))
        if event.tag and event.tag != "!":
            self.faults.append(YAML.fault("R006", origin, tag=event.tag))
        if isinstance(event, yaml.ScalarEvent):
            self._add(self._scalar(event, origin))
            return True
        if len(self.stack) >= MAX_RULE_DEPTH:
            return self.fatal(YAML.fault("R009", origin, limit=MAX_RULE_DEPTH))
        self.stack.append(_Open(origin, isinstance(event, yaml.MappingStartEvent)))
        return True

    def _scalar(self, event: Any, origin: Origin) -> ScalarNode:
        style = event.style or ""
        start = (event.start_mark.line, event.start_mark.column)
        end = (event.end_mark.line, event.end_mark.column)
        places = _yamlplaces.pieces(event.value, style, start, end, self.lines)
        return ScalarNode(event.value, origin, bool(style), places)

    def _add(self, node: Node) -> None:
        """Hang a finished node where it belongs."""
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if not top.mapping:
            top.items.append(node)
        elif not top.waiting:
            top.key = self._key(node, top)
            top.waiting = True
        else:
            if top.key is not None:
                top.items.append((top.key, node))
            top.waiting = False

    def _key(self, node: Node, top: _Open) -> ScalarNode | None:
        """The node as a key, or None (with a fault) where its value must be dropped."""
        if not isinstance(node, ScalarNode):
            found = "列表" if isinstance(node, SequenceNode) else "映射"
            self.faults.append(YAML.fault("R012", node.origin, found=found))
            return None
        if not node.value.strip():
            self.faults.append(YAML.fault("R013", node.origin))
            return None
        if node.value == "<<" and not node.quoted:
            self.faults.append(YAML.fault("R008", node.origin))
            return None
        known = unicodedata.normalize("NFKC", node.value)
        earlier = top.seen.setdefault(known, node.origin)
        if earlier is not node.origin:
            self.faults.append(
                YAML.fault(
                    "R004", node.origin, key=node.value, line=earlier.line, column=earlier.column
                )
            )
            return None
        return node
