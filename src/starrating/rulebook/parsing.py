"""From the text of an expression to its tree, or to the one fault that stops it.

The grammar stands in `grammar.lark`; it is compiled when first needed.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from starrating.faults import Fault
from starrating.limits import MAX_EXPRESSION_DEPTH, MAX_EXPRESSION_LENGTH
from starrating.origin import Origin
from starrating.rulebook import _building, _hints
from starrating.rulebook.expressions import Expr
from starrating.rulebook.syntaxcodes import SYNTAX
from starrating.yamltext import Scalar


def parse(text: str, origin: Origin) -> Expr | Fault:
    """Read an expression of the rule language.

    `origin` is the place of the first character of `text`; a `Scalar` of `yamltext` knows the
    place of each of its characters itself (quotes, escapes, folded lines) and needs no more.
    The text is NFKC-normalised, so that full-width operators and brackets are read; all
    places are those of the text as written.
    """
    if len(text) > MAX_EXPRESSION_LENGTH:
        return SYNTAX.fault("R101", origin, length=len(text), limit=MAX_EXPRESSION_LENGTH)
    if not text.strip():
        return SYNTAX.fault("R102", origin)
    source = Source(text, origin)
    try:
        tree = _grammar().parse(source.text)
    except _errors() as error:
        return _hints.syntax_fault(error, source.text, source.at)
    if _depth(tree) > MAX_EXPRESSION_DEPTH:
        return SYNTAX.fault("R111", origin, limit=MAX_EXPRESSION_DEPTH)
    try:
        return _building.Builder(source.at, source.written).build(tree)
    except _building.Refused as refused:
        return refused.fault


class Source:
    """A text after NFKC that still knows where each of its characters was written."""

    def __init__(self, text: str, origin: Origin) -> None:
        """Normalise `text` run by run (a character with the marks that combine with it)."""
        self._original = text
        self._origin = origin
        runs: list[str] = []
        begins: list[int] = []
        for offset, sign in enumerate(text):
            if runs and unicodedata.combining(sign):
                runs[-1] += sign
            else:
                runs.append(sign)
                begins.append(offset)
        normal = [unicodedata.normalize("NFKC", run) for run in runs]
        self.text = "".join(normal)
        self._begins = [*begins, len(text)]
        self._starts: list[int] = []
        length = 0
        for run in normal:
            self._starts.append(length)
            length += len(run)
        self._starts.append(length)

    def _offset(self, offset: int) -> int:
        """Where the character at `offset` of the normalised text begins in the original."""
        return self._begins[max(bisect_right(self._starts, offset) - 1, 0)]

    def at(self, offset: int) -> Origin:
        """The place in the file of the character at `offset` of the normalised text."""
        original = self._offset(offset)
        if isinstance(self._original, Scalar):
            return self._original.at(original)
        if self._origin.column is None:
            return self._origin
        return replace(self._origin, column=self._origin.column + original)

    def written(self, begin: int, end: int) -> str:
        """What was written between two offsets of the normalised text."""
        return self._original[self._offset(begin) : self._offset(end)]


@cache
def _grammar() -> Any:
    """Compile the grammar (once)."""
    import lark

    grammar = resources.files("starrating.rulebook").joinpath("grammar.lark").read_text("utf-8")
    return lark.Lark(
        grammar,
        parser="lalr",
        lexer="contextual",
        propagate_positions=True,
        maybe_placeholders=False,
    )


@cache
def _errors() -> type[Exception]:
    """Name what the parser raises on a wrong text."""
    import lark

    return lark.UnexpectedInput


def _depth(tree: Any) -> int:
    """The nesting of a parse tree, found without recursion."""
    deepest = 0
    waiting = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in getattr(node, "children", ()))
    return deepest
