"""The rulebook's nodes from the rows of its workbook; every node knows its cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.records.raw import Grid
from starrating.rulesheets.cells import from_cell
from starrating.rulesheets.codes import RULESHEETS
from starrating.rulesheets.layout import (
    ACTIONS,
    CLAUSE,
    HEAD,
    HEAD_COLUMNS,
    ITEM,
    MAIN,
    MAIN_COLUMNS,
    OTHERS,
    REST,
    SECTION,
    TABS,
    Column,
    Tab,
)
from starrating.rulesheets.reading import Line, Written, header_row, lines
from starrating.yamltext import MappingNode, Node, ScalarNode, SequenceNode

Entry = tuple[ScalarNode, Node]
_FORMS = {action: form for form, action in ACTIONS.items()}


def is_ours(grids: Iterable[Grid]) -> bool:
    """Whether the main sheet is there, in our columns."""
    wanted = ("项目", "分值", CLAUSE[0].title)
    return any(grid.sheet == MAIN and header_row(grid, wanted) is not None for grid in grids)


def gather(grids: Iterable[Grid], file: str) -> tuple[MappingNode | None, tuple[Fault, ...]]:
    """The rulebook that a workbook holds, and all faults of its cells; None without a main sheet."""
    by_name = {grid.sheet: grid for grid in grids}
    if MAIN not in by_name:
        return None, (RULESHEETS.fault("R701", Origin(file)),)
    gatherer = _Gatherer(file)
    known = (MAIN, HEAD, *(tab.title for tab in TABS))
    for name in by_name:
        if name not in known and name not in OTHERS:
            gatherer.fault("R710", Origin(file, sheet=name), name=name, known="、".join(known))
    if HEAD in by_name:
        gatherer.head(by_name[HEAD])
    gatherer.main(by_name[MAIN])
    for tab in TABS:
        if tab.title in by_name:
            gatherer.tab(tab, by_name[tab.title])
    return MappingNode(tuple(gatherer.entries), Origin(file)), tuple(gatherer.faults)


@dataclass(slots=True)
class _Item:
    """An item and the clauses below it."""

    entries: list[Entry]
    origin: Origin
    clauses: list[Node] = field(default_factory=list)

    def node(self) -> MappingNode:
        below = _below("clauses", self.clauses, self.origin)
        return MappingNode((*self.entries, *below), self.origin)


@dataclass(slots=True)
class _Section:
    """A section and the items below it."""

    entries: list[Entry]
    origin: Origin
    items: list[_Item] = field(default_factory=list)

    def node(self) -> MappingNode:
        below = _below("items", [item.node() for item in self.items], self.origin)
        return MappingNode((*self.entries, *below), self.origin)


def _below(word: str, blocks: Iterable[Node], origin: Origin) -> tuple[Entry, ...]:
    held = tuple(blocks)
    return ((ScalarNode(word, origin), SequenceNode(held, origin)),) if held else ()


class _Gatherer:
    """Collects the top-level entries and the faults of one workbook."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.entries: list[Entry] = []
        self.faults: list[Fault] = []

    def fault(self, code: str, origin: Origin, **parts: object) -> None:
        """Note a fault."""
        self.faults.append(RULESHEETS.fault(code, origin, **parts))

    def head(self, grid: Grid) -> None:
        """基本信息: a word a row."""
        for line in self._lines(grid, HEAD_COLUMNS, ("词", "内容")):
            word, value = line.get("词"), line.get("内容")
            if word is None or value is None:
                named = ("词", "内容") if value is None else ("内容", "词")
                self.fault("R707", line.origin, what=named[0], missing=named[1])
                continue
            self._add(self.entries, word, self._value(value))

    def main(self, grid: Grid) -> None:
        """评分细则: sections, items and clauses, each under the last of the kind above it."""
        sections: list[_Section] = []
        for line in self._lines(grid, MAIN_COLUMNS, ("项目", "分值")):
            if begun := self._block(line, SECTION):
                sections.append(_Section(begun, line.origin))
            self._item(line, sections)
        if sections:
            top = Origin(self.file, sheet=grid.sheet)
            blocks = tuple(section.node() for section in sections)
            self.entries.append((ScalarNode("sections", top), SequenceNode(blocks, top)))

    def _item(self, line: Line, sections: list[_Section]) -> None:
        item = self._block(line, ITEM)
        clause = self._clause(line)
        if item and not sections:
            self.fault("R712", line.origin)
        elif item:
            sections[-1].items.append(_Item(item, line.origin))
        if clause is not None and not (sections and sections[-1].items):
            self.fault("R705", line.origin)
        elif clause is not None:
            sections[-1].items[-1].clauses.append(clause)

    def tab(self, tab: Tab, grid: Grid) -> None:
        """A sheet of blocks, a row each."""
        top = Origin(self.file, sheet=grid.sheet)
        named: list[Entry] = []
        listed: list[Node] = []
        for line in self._lines(grid, tab.columns, (tab.columns[0].title,)):
            if tab.form == "list":
                listed.append(MappingNode(tuple(self._block(line, tab.columns)), line.origin))
                continue
            name = line.get(tab.columns[0].title)
            if name is None:
                title = tab.columns[0].title
                self.fault("R707", line.origin, what="这一行", missing=title)
            elif tab.columns[1].word == "*":
                value = line.get(tab.columns[1].title)
                node = self._value(value) if value else SequenceNode((), line.origin)
                self._add(named, name, node)
            else:
                block = tuple(self._block(line, tab.columns[1:]))
                self._add(named, name, MappingNode(block, line.origin))
        key = ScalarNode(tab.word, top)
        if any(own.value == tab.word for own, _ in self.entries):
            self.fault("R709", top, word=tab.word, first=HEAD)
        elif named:
            self.entries.append((key, MappingNode(tuple(named), top)))
        elif listed:
            self.entries.append((key, SequenceNode(tuple(listed), top)))

    def _lines(
        self, grid: Grid, columns: tuple[Column, ...], wanted: tuple[str, ...]
    ) -> list[Line]:
        found, faults = lines(grid, columns, wanted)
        self.faults += faults
        return found

    def _clause(self, line: Line) -> Node | None:
        action, amount = line.get("动作"), line.get("数额")
        others = self._block(line, CLAUSE[2:])
        if action is None and amount is None and not others:
            return None
        if action is None or amount is None:
            what = "数额" if amount else "动作" if action else "条款的其他内容"
            missing = "动作" if action is None else "数额"
            self.fault("R707", line.origin, what=what, missing=missing)
            return None
        form = _FORMS.get(action.text)
        if form is None:
            self.fault("R706", action.origin, value=action.text, known="、".join(_FORMS))
            return None
        first = (ScalarNode(form, action.origin), self._value(amount))
        return MappingNode((first, *others), action.origin)

    def _block(self, line: Line, columns: tuple[Column, ...]) -> list[Entry]:
        """The entries of one block from its cells; those under 其他 are spread out."""
        found: list[Entry] = []
        for column in columns:
            cell = line.get(column.title) if column.word else None
            if cell is None:
                continue
            node = self._value(cell, quoted=column.text)
            if column.word != REST:
                self._add(found, Written(column.word, cell.origin), node)
            elif isinstance(node, MappingNode):
                for key, value in node.items:
                    self._add(found, Written(key.value, cell.origin), value)
            else:
                hint = "写成 {词: 内容, 词: 内容}"
                self.fault("R708", cell.origin, reason="应是 {词: 内容}", hint=hint)
        return found

    def _value(self, cell: Written, *, quoted: bool = False) -> Node:
        node, faults = from_cell(cell.text, cell.origin)
        self.faults += faults
        if quoted and isinstance(node, ScalarNode):
            return ScalarNode(node.value, node.origin, quoted=True)
        return node

    def _add(self, entries: list[Entry], word: Written, value: Node) -> None:
        key, _ = from_cell(word.text, word.origin)
        name = key.value if isinstance(key, ScalarNode) else word.text
        earlier = next((own for own, _ in entries if own.value == name), None)
        if earlier is not None:
            self.fault("R709", word.origin, word=name, first=earlier.origin)
            return
        entries.append((ScalarNode(name, word.origin), value))
