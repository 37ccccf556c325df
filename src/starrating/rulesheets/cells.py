"""A value of a rule file in a cell, and back.

A scalar stands as it is; a list or map stands in the flow form of YAML (`{甲: 2, 乙: 1}`). A text
that would be taken for one of those, or for a quoted text, is quoted.
"""

from __future__ import annotations

import re

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.rulesheets.codes import RULESHEETS
from starrating.yamltext import MappingNode, Node, ScalarNode, SequenceNode, load

_BLOCKED = re.compile(
    r"^[\s\-?:,\[\]{}#&*!|>'\"%@`]|[,\[\]{}\n\t]|:(\s|$)|\s#|\s$|^$|^[=<~]|^\.\.\."
)
_SIGNED = re.compile(r"^-\d")
_OPENING = ("{", "[", "'", '"')


def flow(node: Node) -> str:
    """The node on one line, as it may stand inside `{}`."""
    match node:
        case ScalarNode(value=value, quoted=quoted):
            return _quoted(value) if quoted or not plain(value) else value
        case SequenceNode(items=items):
            return f"[{', '.join(flow(item) for item in items)}]"
        case MappingNode(items=entries):
            return f"{{{', '.join(f'{flow(key)}: {flow(value)}' for key, value in entries)}}}"


def plain(value: str) -> bool:
    """Whether a text can stand without quotes, also inside `{}`."""
    if _SIGNED.match(value):
        value = value[1:]
    return _BLOCKED.search(value) is None


def _quoted(value: str) -> str:
    if "\n" not in value and "\t" not in value:
        return "'" + value.replace("'", "''") + "'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'


def to_cell(node: Node) -> str:
    """The text of the cell that holds a node."""
    if not isinstance(node, ScalarNode):
        return flow(node)
    text = node.value
    back, faults = from_cell(text, node.origin)
    kept = isinstance(back, ScalarNode) and back.value == text and not faults
    return text if kept and text == text.strip() and text else _quoted(text)


def from_cell(text: str, origin: Origin) -> tuple[Node, tuple[Fault, ...]]:
    """The node that a cell holds, all its parts placed at the cell; faults give an empty text."""
    if not text.startswith(_OPENING):
        return ScalarNode(text, origin), ()
    node, faults = load(text.encode(), "cell")
    if text[0] in "'\"" and not (isinstance(node, ScalarNode) and node.quoted and not faults):
        return ScalarNode(text, origin), ()
    if node is None or faults:
        told = faults[0]
        fault = RULESHEETS.fault("R708", origin, reason=told.message, hint=told.remedy)
        return ScalarNode("", origin), (fault,)
    return placed(node, origin), ()


def placed(node: Node, origin: Origin) -> Node:
    """The node with itself and all its parts at one place."""
    match node:
        case ScalarNode(value=value, quoted=quoted):
            return ScalarNode(value, origin, quoted)
        case SequenceNode(items=items):
            return SequenceNode(tuple(placed(item, origin) for item in items), origin)
        case MappingNode(items=entries):
            return MappingNode(
                tuple(
                    (ScalarNode(key.value, origin, key.quoted), placed(value, origin))
                    for key, value in entries
                ),
                origin,
            )
