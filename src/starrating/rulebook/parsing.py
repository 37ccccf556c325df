"""From the text of an expression to its tree, or to the one fault that stops it.

    expression  = all { "or" all }
    all         = not { "and" not }
    not         = "not" not | comparison
    comparison  = sum [ COMPARISON sum | ["not"] "in" options | "includes" sum
                      | "is" ["not"] "blank" | ("starts"|"ends"|"contains"|"matches") TEXT ]
    options     = option { ("," | ";" | "、") option }
    option      = ["-"] NUMBER | TEXT | NAME | TRUTH | DATE
    sum         = product { ("+" | "-") (product | DURATION) }
    product     = unary { ("*" | "/") unary }
    unary       = "-" unary | atom
    atom        = NUMBER | TEXT | DATE | TRUTH | NAME | NAME "(" sum { "," sum } ")"
                | ("found"|"present"|"lacking"|"flagged"|"confirmed"|"denied") (NAME | TEXT)
                | "(" expression ")"

It is read by precedence: an operator takes what stands before it if that binds as strongly as the
operator asks, and reads behind it as far as the levels above its own go.
"""

from __future__ import annotations

from starrating.faults import Fault
from starrating.limits import MAX_EXPRESSION_DEPTH, MAX_EXPRESSION_LENGTH
from starrating.origin import Origin
from starrating.rulebook import _hints
from starrating.rulebook import expressions as e
from starrating.rulebook._literals import Literals
from starrating.rulebook._source import Source
from starrating.rulebook.syntaxcodes import SYNTAX
from starrating.rulebook.tokens import BadCharacter, Token, duration_at, token_at

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _UNARY = range(7)
_ARITHMETIC = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}
_LIST_MARKS = (",", ";", "、")


def parse(text: str, origin: Origin) -> e.Expr | Fault:
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
    literals = Literals(source.at, source.written)
    try:
        tree = _Parser(source, literals).whole()
    except BadCharacter as stopped:
        return _hints.bad_character(source.text, stopped.offset, source.at)
    except _hints.Stopped as stopped:
        return _hints.syntax_fault(stopped, source.text, source.at)
    except _TooDeep:
        return SYNTAX.fault("R111", origin, limit=MAX_EXPRESSION_DEPTH)
    return literals.refused[0] if literals.refused else tree


class _TooDeep(Exception):
    """The expression nests deeper than the limit."""


class _Parser:
    """Reads one expression; `_next` is the token that has not been taken yet."""

    def __init__(self, source: Source, literals: Literals) -> None:
        self._text = source.text
        self._at = source.at
        self._literals = literals
        self._nesting = 0
        self._next = token_at(self._text, 0)

    def whole(self) -> e.Expr:
        """The tree of the whole text."""
        tree = self._bound(_OR)
        if self._next.kind != "end":
            raise self._stopped(joint=True)
        # no text nests deeper than it has characters
        if len(self._text) > MAX_EXPRESSION_DEPTH and _depth(tree) > MAX_EXPRESSION_DEPTH:
            raise _TooDeep
        return tree

    # --- tokens ---

    def _take(self) -> Token:
        """The next token, which is thereby taken."""
        taken = self._next
        self._next = token_at(self._text, taken.end)
        return taken

    def _takes(self, *signs: str) -> bool:
        """Whether one of these signs or words comes next; it is then taken."""
        if self._next.is_ not in signs:
            return False
        self._take()
        return True

    def _stopped(self, *, operand: bool = False, joint: bool = False) -> _hints.Stopped:
        return _hints.Stopped(self._next, operand=operand, joint=joint)

    def _need(self, sign: str, *, joint: bool = False) -> None:
        if not self._takes(sign):
            raise self._stopped(joint=joint)

    # --- levels ---

    def _expression(self, level: int) -> e.Expr:
        """A part that binds at least as strongly as `level`; each lies one node deeper."""
        if self._nesting > MAX_EXPRESSION_DEPTH:
            raise _TooDeep
        self._nesting += 1
        tree = self._bound(level)
        self._nesting -= 1
        return tree

    def _bound(self, level: int) -> e.Expr:
        """All that binds at least as strongly as `level`."""
        start = self._next.start
        if self._next.is_ == "not":
            if level > _NOT:
                raise self._stopped(operand=True)
            self._take()
            negation = e.Not(self._expression(_NOT), origin=self._at(start))
            return self._continued(negation, start, level, _NOT)
        if self._takes("-"):
            minus = e.Negate(self._expression(_UNARY), origin=self._at(start))
            return self._continued(minus, start, level, _UNARY)
        return self._continued(self._atom(), start, level, _UNARY)

    def _continued(self, left: e.Expr, start: int, level: int, own: int) -> e.Expr:
        """`left`, which binds as strongly as `own`, with the operators behind it down to `level`."""
        while True:
            sign = self._next.is_
            if level <= _ARITHMETIC.get(sign, -1) <= own:
                own = _ARITHMETIC[sign]
                left = self._arithmetic(left, start, own)
            elif level <= _COMPARE < own and self._compares():
                own = _COMPARE
                left = self._comparison(left, start)
            elif sign == "and" and level <= _AND < own:
                own = _AND
                left = e.And(self._parts(left, "and", _NOT), origin=self._at(start))
            elif sign == "or" and level <= _OR < own:
                own = _OR
                left = e.Or(self._parts(left, "or", _AND), origin=self._at(start))
            else:
                return left

    def _parts(self, first: e.Expr, word: str, level: int) -> tuple[e.Expr, ...]:
        parts = [first]
        while self._takes(word):
            parts.append(self._expression(level))
        return tuple(parts)

    def _arithmetic(self, left: e.Expr, start: int, level: int) -> e.Arith:
        sign = self._next
        length = duration_at(self._text, sign.end) if level == _SUM else None
        right: e.Expr
        if length is not None:
            self._next = token_at(self._text, length.end)
            right = self._literals.duration(length)
        else:
            self._take()
            right = self._expression(level + 1)
        return e.Arith(sign.text, left, right, origin=self._at(start))

    # --- comparisons ---

    def _compares(self) -> bool:
        kind, word = self._next.kind, self._next.is_
        return kind in ("comparison", "test") or word in ("in", "not", "includes", "is")

    def _comparison(self, left: e.Expr, start: int) -> e.Expr:
        origin, sign = self._at(start), self._take()
        if sign.kind == "comparison":
            op = self._literals.operator(sign)
            return e.Compare(op, left, self._expression(_SUM), origin=origin)
        if sign.kind == "test":
            if self._next.kind != "text":
                raise self._stopped()
            pattern = self._literals.pattern(sign, self._take())
            return e.TextTest(sign.text, left, pattern, origin=origin)
        if sign.is_ == "includes":
            return e.Includes(left, self._expression(_SUM), origin=origin)
        if sign.is_ == "is":
            negated = self._takes("not")
            self._need("blank")
            return e.IsBlank(left, negated, origin=origin)
        if sign.is_ == "not":
            self._need("in")
        return e.In(left, self._options(), sign.is_ == "not", origin=origin)

    def _options(self) -> tuple[e.Num | e.Text | e.DateLit, ...]:
        options = [self._option()]
        while self._takes(*_LIST_MARKS):
            options.append(self._option())
        return tuple(options)

    def _option(self) -> e.Num | e.Text | e.DateLit:
        kind, start = self._next.kind, self._next.start
        if self._takes("-"):
            if self._next.kind != "number":
                raise self._stopped()
            number = self._literals.number(self._take())
            return e.Num(-number.value, origin=self._at(start))
        if kind == "number":
            return self._literals.number(self._take())
        if kind == "date":
            return self._literals.date(self._take())
        if kind == "text":
            return self._literals.text(self._take())
        if kind in ("name", "truth"):
            return e.Text(self._take().text, bare=True, origin=self._at(start))
        raise self._stopped(operand=True)

    # --- atoms ---

    def _atom(self) -> e.Expr:
        kind = self._next.kind
        if self._next.is_ == "(":
            return self._group()
        if kind in ("number", "text", "date", "truth"):
            return self._literals.constant(self._take())
        if kind == "named":
            word = self._take()
            if self._next.kind not in ("name", "text"):
                raise self._stopped(operand=True)
            return self._literals.named(word, self._take())
        if kind != "name":
            raise self._stopped(operand=True)
        name = self._take()
        if self._next.is_ == "(":
            return self._literals.call(name, self._arguments())
        return e.Name(name.text, origin=self._at(name.start))

    def _group(self) -> e.Expr:
        """What stands in parentheses; those that open side by side are taken together, so that
        parentheses alone nest nothing."""
        opened = []
        while self._next.is_ == "(":
            opened.append(self._take().start)
        tree = self._bound(_OR)
        while True:
            self._need(")", joint=True)
            start = opened.pop()
            if not opened:
                return tree
            tree = self._continued(tree, start, _OR, _UNARY)

    def _arguments(self) -> tuple[e.Expr, ...]:
        self._need("(")
        arguments = [self._expression(_SUM)]
        while self._takes(","):
            arguments.append(self._expression(_SUM))
        self._need(")")
        return tuple(arguments)


def _depth(tree: e.Expr) -> int:
    """The nesting of a tree, found without recursion."""
    deepest = 0
    waiting = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in e.children(node))
    return deepest
