"""A rulebook's nodes as the text of a rule file: short blocks on one line, long ones indented."""

from __future__ import annotations

from collections.abc import Iterator

from starrating.rulebook.words import WORDS
from starrating.rulesheets.cells import flow
from starrating.yamltext import MappingNode, Node, ScalarNode, SequenceNode

WIDTH = 110
"""The longest line before a block is broken up."""
_PARTED = frozenset(
    ("lists", "measures", "sections", "stars", "judgements", "rectification", "cases", "columns", "tables")
)  # fmt: skip
_ALWAYS_OPEN = frozenset(
    ("sections", "items", "clauses", "cases", "measures", "stars", "judgements")
)


def rule_text(node: MappingNode) -> str:
    """The whole file, its parts in the order of the language, set off by blank lines."""
    lines: list[str] = []
    for key, value in sorted(node.items, key=lambda entry: _place(entry[0].value)):
        if key.value in _PARTED and lines:
            lines.append("")
        lines += _entry(key, value, "")
    return "\n".join(lines) + "\n"


def _place(word: str) -> int:
    order = list(WORDS["Rulebook"])
    return order.index(word) if word in order else len(order)


def _entry(key: ScalarNode, value: Node, indent: str) -> Iterator[str]:
    head = f"{indent}{flow(key)}:"
    line = f"{head} {flow(value)}"
    if isinstance(value, ScalarNode) or _empty(value):
        yield line.rstrip()
    elif len(line) <= WIDTH and not (key.value in _ALWAYS_OPEN and not _flat(value)):
        yield line
    else:
        yield head
        yield from _block(value, indent + "  ")


def _empty(value: MappingNode | SequenceNode) -> bool:
    return not value.items


def _flat(value: MappingNode | SequenceNode) -> bool:
    """Whether a list of clauses or entries is short enough to stay on its owner's line."""
    return isinstance(value, SequenceNode) and len(value.items) == 1 and not _holds_items(value)


def _holds_items(value: SequenceNode) -> bool:
    return any(
        isinstance(item, MappingNode) and (item.get("items") or item.get("clauses"))
        for item in value.items
    )


def _block(value: Node, indent: str) -> Iterator[str]:
    if isinstance(value, MappingNode):
        for key, own in value.items:
            yield from _entry(key, own, indent)
    elif isinstance(value, SequenceNode):
        for item in value.items:
            yield from _listed(item, indent)


def _listed(item: Node, indent: str) -> Iterator[str]:
    line = f"{indent}- {flow(item)}"
    short = len(line) <= WIDTH and not (isinstance(item, MappingNode) and _stands_open(item))
    if short or isinstance(item, ScalarNode) or _empty(item):
        yield line
        return
    inner = list(_block(item, indent + "  "))
    yield f"{indent}- {inner[0].lstrip()}"
    yield from inner[1:]


def _stands_open(item: MappingNode) -> bool:
    """Items and sections always stand open: the eye looks for them."""
    return item.get("items") is not None
