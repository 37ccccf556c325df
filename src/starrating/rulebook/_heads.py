"""The head of a rule file: what it is and when it is in force, read without the full model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.oserrors import why
from starrating.rulebook.codes import CODES
from starrating.rulebook.versioncodes import VERSIONS
from starrating.yamltext import MappingNode, Node, ScalarNode, load

_EXAMPLES = {
    "id": "id: town-village",
    "version": 'version: "2024"',
    "title": "title: 达标创星评分细则",
    "in_force": "in_force: {from: 2024-01-01, until: 2024-12-31}",
    "from": "in_force: {from: 2024-01-01}",
    "until": "in_force: {from: 2024-01-01, until: 2024-12-31}",
    "extends": 'extends: {id: branch-norms, version: "2018"}',
    "library": "library: true",
}
_TRUTHS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


@dataclass(frozen=True, slots=True)
class Head:
    """One version of one rulebook.

    `shown` is the path that faults and results print, `path` where the file is; `extends` is
    id and version of the superior's rulebook; `in_force_until` None is open. `origin` is the
    place of `in_force`.
    """

    id: str
    version: str
    title: str
    in_force_from: date
    in_force_until: date | None
    library: bool
    path: Path
    shown: str
    extends: tuple[str, str] | None
    origin: Origin

    @property
    def reference(self) -> str:
        """`id@version`."""
        return f"{self.id}@{self.version}"

    @property
    def span(self) -> str:
        """The days in force in Chinese."""
        end = self.in_force_until
        return f"{self.in_force_from}起长期" if end is None else f"{self.in_force_from}至{end}"

    def in_force_on(self, day: date) -> bool:
        """Whether the version is in force on that day (both ends included)."""
        return self.in_force_from <= day and (
            self.in_force_until is None or day <= self.in_force_until
        )

    def sort_key(self) -> tuple[str, date, str, str]:
        """By id, then first day in force, then version, all by code point."""
        return (self.id, self.in_force_from, self.version, self.shown)


def read_head(path: Path, shown: str) -> tuple[Head | None, tuple[Fault, ...]]:
    """The head of a rule file, or None with the faults that hide it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, (CODES.fault("R210", Origin(shown), reason=why(error)),)
    node, faults = load(head_lines(data), shown)
    if faults or not isinstance(node, MappingNode):
        node, faults = load(data, shown)
    if not isinstance(node, MappingNode):
        return None, faults or (
            VERSIONS.fault("R401", Origin(shown), name="id", example=_EXAMPLES["id"]),
        )
    reader = _Reader(node)
    head = reader.head(path, shown)
    return head, (*faults, *reader.faults)


_WORDS = (b"format", b"id", b"version", b"title", b"in_force", b"library", b"extends")
_KEY = re.compile(rb"([a-z_]+)\s*:")


def head_lines(data: bytes) -> bytes:
    """The text with only the blocks of the head left; every other line is empty, so that places
    stay right. A shelf of many rulebooks is listed without reading the rules themselves."""
    kept: list[bytes] = []
    keep = True
    for line in data.splitlines():
        key = _KEY.match(line)
        if key is not None:
            keep = key[1] in _WORDS
        kept.append(line if keep and not line.startswith(b"#") else b"")
    return b"\n".join(kept)


class _Reader:
    """Reads single keys of a mapping, gathering faults."""

    def __init__(self, root: MappingNode) -> None:
        self.root = root
        self.faults: list[Fault] = []

    def head(self, path: Path, shown: str) -> Head | None:
        own_id, version = self._text(self.root, "id"), self._text(self.root, "version")
        title = self._text(self.root, "title")
        force = self._mapping("in_force", needed=True)
        begin = self._day(force, "from", needed=True) if force else None
        until = self._day(force, "until") if force else None
        library = self._truth("library")
        extends = self._extends()
        if begin is not None and until is not None and until < begin:
            self._wrong(self.root.get("in_force"), "until", "不早于 from 的日期", str(until))
        if self.faults or own_id is None or version is None or begin is None or force is None:
            return None
        return Head(
            own_id, version, title or "", begin, until, library, path, shown, extends, force.origin
        )

    def _missing(self, name: str, origin: Origin) -> None:
        self.faults.append(VERSIONS.fault("R401", origin, name=name, example=_EXAMPLES[name]))

    def _wrong(self, node: Node | None, name: str, kind: str, value: str) -> None:
        origin = node.origin if node is not None else self.root.origin
        self.faults.append(
            VERSIONS.fault(
                "R402", origin, name=name, kind=kind, value=value, example=_EXAMPLES[name]
            )
        )

    def _text(self, parent: MappingNode, name: str) -> str | None:
        node = parent.get(name)
        if node is None or (isinstance(node, ScalarNode) and not node.value.strip()):
            self._missing(name, node.origin if node else parent.origin)
            return None
        if not isinstance(node, ScalarNode):
            self._wrong(node, name, "一段文字", "列表或映射")
            return None
        return node.value.strip()

    def _mapping(self, name: str, *, needed: bool = False) -> MappingNode | None:
        node = self.root.get(name)
        if node is None and needed:
            self._missing(name, self.root.origin)
        if node is not None and not isinstance(node, MappingNode):
            value = node.value if isinstance(node, ScalarNode) else "列表"
            self._wrong(node, name, "由“词：内容”组成的一段", value)
        return node if isinstance(node, MappingNode) else None

    def _day(self, parent: MappingNode, name: str, *, needed: bool = False) -> date | None:
        if parent.get(name) is None and not needed:
            return None
        text = self._text(parent, name)
        if text is None:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._wrong(parent.get(name), name, "日期", text)
            return None

    def _truth(self, name: str) -> bool:
        node = self.root.get(name)
        if node is None:
            return False
        value = node.value.strip() if isinstance(node, ScalarNode) else "列表或映射"
        if value not in _TRUTHS:
            self._wrong(node, name, "true 或 false", value)
        return _TRUTHS.get(value, False)

    def _extends(self) -> tuple[str, str] | None:
        node = self._mapping("extends")
        if node is None:
            return None
        base, version = self._text(node, "id"), self._text(node, "version")
        return (base, version) if base is not None and version is not None else None
