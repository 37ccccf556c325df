"""The rows of a rulebook's workbook from the nodes of its rule file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starrating.rulebook.words import WORDS
from starrating.rulesheets.cells import flow, to_cell
from starrating.rulesheets.layout import (
    ACTIONS,
    CLAUSE,
    COMMENTS,
    HEAD,
    HEAD_COLUMNS,
    ITEM,
    MAIN,
    MAIN_COLUMNS,
    READ_ALOUD,
    REST,
    SECTION,
    TABS,
    Column,
    Tab,
)
from starrating.yamltext import MappingNode, Node, ScalarNode, SequenceNode

Said = Mapping[tuple[str, int], str]
"""The sentence of each clause, by item id and number (from 1)."""


Cells = Mapping[str, str]
"""Texts of one row by the titles of their columns."""


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: its columns and its rows of texts ("" for an empty cell)."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def pages(node: MappingNode, said: Said, comments: tuple[str, ...]) -> tuple[Page, ...]:
    """All sheets: the main one first, then the head, the tabs in use, and the comments lost."""
    made = [Page(MAIN, MAIN_COLUMNS, tuple(_main(node.get("sections"), said)))]
    apart = {tab.word for tab in TABS if _fits(tab, node.get(tab.word))} | {"sections"}
    head = ((key.value, to_cell(value), _told(key.value)) for key, value in node.items)
    made.append(Page(HEAD, HEAD_COLUMNS, tuple(row for row in head if row[0] not in apart)))
    for tab in TABS:
        value = node.get(tab.word)
        if value is not None and tab.word in apart:
            made.append(Page(tab.title, tab.columns, tuple(_tab(tab, value))))
    if comments:
        rows = tuple((line,) for line in comments)
        made.append(Page(COMMENTS, (Column("规则文件里的注释，导入时不带回", "", 100),), rows))
    return tuple(made)


def _told(word: str) -> str:
    return WORDS["Rulebook"].get(word, "")


def _fits(tab: Tab, value: Node | None) -> bool:
    """Whether a part has the form of its sheet (`stars: {one_per_section: …}` has not)."""
    if tab.form == "list":
        return isinstance(value, SequenceNode) and all(
            isinstance(item, MappingNode) for item in value.items
        )
    whole = any(column.word == "*" for column in tab.columns)
    return isinstance(value, MappingNode) and all(
        whole or isinstance(own, MappingNode) for _, own in value.items
    )


def _tab(tab: Tab, value: Node) -> Iterator[tuple[str, ...]]:
    if isinstance(value, MappingNode):
        for key, own in value.items:
            name = to_cell(key)
            if tab.columns[1].word == "*":
                yield name, to_cell(own)
            elif isinstance(own, MappingNode):
                yield name, *_cells(own, tab.columns[1:])
    elif isinstance(value, SequenceNode):
        for item in value.items:
            if isinstance(item, MappingNode):
                yield _cells(item, tab.columns)


def _cells(
    block: MappingNode, columns: tuple[Column, ...], but: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The cells of one block; what has no column stands under 其他, without the words in `but`."""
    own = {column.word for column in columns} | but
    rest = tuple((key, value) for key, value in block.items if key.value not in own)
    texts = []
    for column in columns:
        if column.word == REST:
            texts.append(flow(MappingNode(rest, block.origin)) if rest else "")
            continue
        value = block.get(column.word) if column.word else None
        texts.append(to_cell(value) if value is not None else "")
    return tuple(texts)


def _main(sections: Node | None, said: Said) -> Iterator[tuple[str, ...]]:
    """A row a clause; section and item stand on the row of their first."""
    for section in _blocks(sections):
        head = _named(section, SECTION, frozenset(("items",)))
        items = list(_blocks(section.get("items")))
        for item in items:
            yield from _item(head, item, said)
            head = {}
        if not items:
            yield _row(head)


def _item(head: Cells, item: MappingNode, said: Said) -> Iterator[tuple[str, ...]]:
    first = {**head, **_named(item, ITEM, frozenset(("clauses",)))}
    name = item.get("id")
    code = name.value if isinstance(name, ScalarNode) else ""
    clauses = [_clause(clause) for clause in _blocks(item.get("clauses"))] or [{}]
    for number, clause in enumerate(clauses, 1):
        yield _row({**first, READ_ALOUD.title: said.get((code, number), ""), **clause})
        first = {}


def _clause(clause: MappingNode) -> Cells:
    form = next(word for word in ACTIONS if clause.get(word) is not None)
    amount = clause.get(form)
    assert amount is not None
    others = _named(clause, CLAUSE[2:], frozenset((form,)))
    return {CLAUSE[0].title: ACTIONS[form], CLAUSE[1].title: to_cell(amount), **others}


def _named(block: MappingNode, columns: tuple[Column, ...], but: frozenset[str]) -> Cells:
    texts = _cells(block, columns, but)
    return {column.title: text for column, text in zip(columns, texts, strict=True)}


def _row(cells: Cells) -> tuple[str, ...]:
    return tuple(cells.get(column.title, "") for column in MAIN_COLUMNS)


def _blocks(node: Node | None) -> Iterator[MappingNode]:
    if isinstance(node, SequenceNode):
        for item in node.items:
            if isinstance(item, MappingNode):
                yield item
