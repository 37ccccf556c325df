"""From lark's parse tree to the nodes of `expressions`; the only module that reads its shape."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn

from starrating.faults import Fault
from starrating.number import literal
from starrating.origin import Origin
from starrating.rulebook import expressions as e
from starrating.rulebook.patterns import half_width, safe_pattern
from starrating.rulebook.suggest import did_you_mean
from starrating.rulebook.syntaxcodes import SYNTAX

_OPERATORS = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≦": "<=", "≥": ">=", "≧": ">="}
_DURATION = re.compile(r"(\d+)\s*(working\s+)?([a-z]+?)s?")
_NAMED: dict[str, Callable[..., e.Named]] = {
    "found": e.Found,
    "present": e.Present,
    "lacking": e.Lacking,
    "flagged": e.Flagged,
    "confirmed": e.Confirmed,
    "denied": e.Denied,
}


class Refused(Exception):
    """The tree holds something that is no expression; `fault` says what."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Builder:
    """Builds nodes; `at` gives the place of an offset, `written` the text as it was typed."""

    def __init__(self, at: Callable[[int], Origin], written: Callable[[int, int], str]) -> None:
        self._at = at
        self._written = written

    def build(self, tree: Any) -> e.Expr:
        """Build the node of a whole parse tree."""
        return self._node(tree.children[0])

    def _node(self, tree: Any) -> e.Expr:
        made: e.Expr = getattr(self, f"_{tree.data}")(tree, self._at(tree.meta.start_pos))
        return made

    def _nodes(self, tree: Any) -> tuple[e.Expr, ...]:
        return tuple(self._node(child) for child in tree.children)

    def _any_of(self, tree: Any, origin: Origin) -> e.Or:
        return e.Or(self._nodes(tree), origin=origin)

    def _all_of(self, tree: Any, origin: Origin) -> e.And:
        return e.And(self._nodes(tree), origin=origin)

    def _negation(self, tree: Any, origin: Origin) -> e.Not:
        return e.Not(self._node(tree.children[0]), origin=origin)

    def _compare(self, tree: Any, origin: Origin) -> e.Compare:
        left, sign, right = tree.children
        op = _OPERATORS.get(str(sign), str(sign))
        return e.Compare(op, self._node(left), self._node(right), origin=origin)

    def _among(self, tree: Any, origin: Origin) -> e.In:
        of, options = tree.children
        return e.In(self._node(of), self._options(options), origin=origin)

    def _not_among(self, tree: Any, origin: Origin) -> e.In:
        of, options = tree.children
        return e.In(self._node(of), self._options(options), negated=True, origin=origin)

    def _options(self, tree: Any) -> tuple[e.Num | e.Text | e.DateLit, ...]:
        options = []
        for child in tree.children:
            option = self._node(child)
            assert isinstance(option, e.Num | e.Text | e.DateLit)
            options.append(option)
        return tuple(options)

    def _number_option(self, tree: Any, origin: Origin) -> e.Num:
        number = self._number_of(tree.children[-1])
        return e.Num(number if len(tree.children) == 1 else -number, origin=origin)

    def _text_option(self, tree: Any, origin: Origin) -> e.Text:
        return self._text(tree, origin)

    def _word_option(self, tree: Any, origin: Origin) -> e.Text:
        return e.Text(str(tree.children[0]), bare=True, origin=origin)

    def _includes(self, tree: Any, origin: Origin) -> e.Includes:
        of, text = self._nodes(tree)
        return e.Includes(of, text, origin=origin)

    def _blank(self, tree: Any, origin: Origin) -> e.IsBlank:
        return e.IsBlank(self._node(tree.children[0]), origin=origin)

    def _not_blank(self, tree: Any, origin: Origin) -> e.IsBlank:
        return e.IsBlank(self._node(tree.children[0]), negated=True, origin=origin)

    def _text_test(self, tree: Any, origin: Origin) -> e.TextTest:
        of, kind, text = tree.children
        pattern = str(text)[1:-1]
        if kind == "matches":
            pattern = half_width(self._written(text.start_pos + 1, text.end_pos - 1))
            if safe_pattern(pattern) is None:
                self._refuse("R110", text, found=pattern)
        return e.TextTest(str(kind), self._node(of), pattern, origin=origin)

    def _arith(self, tree: Any, origin: Origin) -> e.Arith:
        left, sign, right = tree.children
        return e.Arith(str(sign), self._node(left), self._node(right), origin=origin)

    def _minus(self, tree: Any, origin: Origin) -> e.Negate:
        return e.Negate(self._node(tree.children[1]), origin=origin)

    def _duration(self, tree: Any, origin: Origin) -> e.Duration:
        match = _DURATION.fullmatch(str(tree.children[0]))
        assert match is not None
        return e.Duration(int(match[1]), match[3], working=bool(match[2]), origin=origin)

    def _number(self, tree: Any, origin: Origin) -> e.Num:
        return e.Num(self._number_of(tree.children[0]), origin=origin)

    def _number_of(self, token: Any) -> Any:
        number = literal(str(token))
        if number is None:
            self._refuse("R106", token, found=token)
        return number

    def _text(self, tree: Any, origin: Origin) -> e.Text:
        return e.Text(str(tree.children[0])[1:-1], origin=origin)

    def _date(self, tree: Any, origin: Origin) -> e.DateLit:
        year, month, day = map(int, tree.children[0].split("-"))
        try:
            day_written = date(year, month, day)
        except ValueError:
            self._refuse("R107", tree.children[0], found=tree.children[0])
        return e.DateLit(day_written, origin=origin)

    def _truth(self, tree: Any, origin: Origin) -> e.Truth:
        return e.Truth(e.TRUTHS[str(tree.children[0])], origin=origin)

    def _name(self, tree: Any, origin: Origin) -> e.Name:
        return e.Name(str(tree.children[0]), origin=origin)

    def _named(self, tree: Any, origin: Origin) -> e.Named:
        kind, word = tree.children
        name = str(word)[1:-1].strip() if word.type == "TEXT" else str(word)
        if not name:
            self._refuse("R104", word, found=word, hint="引号里应有名称")
        return _NAMED[str(kind)](name, origin=origin)

    def _call(self, tree: Any, origin: Origin) -> e.Call | e.ItemScore:
        token, *rest = tree.children
        function = str(token)
        args = tuple(self._node(child) for child in rest)
        if function == e.SCORE_FUNCTION:
            if len(args) != 1 or not isinstance(args[0], e.Text):
                self._refuse("R109", token, found=function, hint='写成 得分("2.1")')
            return e.ItemScore(args[0].value, origin=origin)
        if function not in e.FUNCTIONS:
            known = (*e.FUNCTIONS, e.SCORE_FUNCTION)
            hint = did_you_mean(function, known, f"可用的函数：{'、'.join(known)}")
            self._refuse("R108", token, found=function, hint=hint)
        least, most = e.FUNCTIONS[function]
        if not least <= len(args) <= most:
            wanted = "应有" if least == most else "至少应有"
            self._refuse("R109", token, found=function, hint=f"{wanted} {least} 个参数")
        return e.Call(function, args, origin=origin)

    def _refuse(self, code: str, token: Any, **parts: object) -> NoReturn:
        raise Refused(SYNTAX.fault(code, self._at(token.start_pos), **parts))
