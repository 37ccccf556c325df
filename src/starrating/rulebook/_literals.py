"""The nodes of `expressions` that one or two tokens make: constants, named things, calls."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from starrating.faults import Fault
from starrating.number import literal
from starrating.origin import Origin
from starrating.rulebook import expressions as e
from starrating.rulebook.patterns import half_width, safe_pattern
from starrating.rulebook.suggest import did_you_mean
from starrating.rulebook.syntaxcodes import SYNTAX
from starrating.rulebook.tokens import Token

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


class Literals:
    """Makes nodes; `at` gives the place of an offset, `written` the text as it was typed.

    What cannot be (a day that is none, an unknown function) goes to `refused`, and a node stands
    for it, so that a fault of the writing further on is told first.
    """

    def __init__(self, at: Callable[[int], Origin], written: Callable[[int, int], str]) -> None:
        self._at = at
        self._written = written
        self.refused: list[Fault] = []

    def _refuse(self, code: str, token: Token, **parts: object) -> None:
        self.refused.append(SYNTAX.fault(code, self._at(token.start), **parts))

    def constant(self, token: Token) -> e.Num | e.Text | e.DateLit | e.Truth:
        """A number, a text, a day, or 是 and 否."""
        match token.kind:
            case "number":
                return self.number(token)
            case "text":
                return self.text(token)
            case "date":
                return self.date(token)
            case _:
                return e.Truth(e.TRUTHS[token.text], origin=self._at(token.start))

    def number(self, token: Token) -> e.Num:
        """A number of at most 4 decimals and 10⁹."""
        number = literal(token.text)
        if number is None:
            self._refuse("R106", token, found=token.text)
        return e.Num(number if number is not None else Fraction(0), origin=self._at(token.start))

    def text(self, token: Token) -> e.Text:
        """A text in its quotes."""
        return e.Text(token.text[1:-1], origin=self._at(token.start))

    def date(self, token: Token) -> e.DateLit:
        """A day."""
        year, month, day = map(int, token.text.split("-"))
        try:
            written = date(year, month, day)
        except ValueError:
            self._refuse("R107", token, found=token.text)
            written = date.min
        return e.DateLit(written, origin=self._at(token.start))

    def duration(self, token: Token) -> e.Duration:
        """A length of time."""
        match = _DURATION.fullmatch(token.text)
        assert match is not None
        origin = self._at(token.start)
        return e.Duration(int(match[1]), match[3], working=bool(match[2]), origin=origin)

    def operator(self, token: Token) -> str:
        """The one way in which a comparison is written."""
        return _OPERATORS.get(token.text, token.text)

    def pattern(self, test: Token, text: Token) -> str:
        """What `starts` … `matches` look for."""
        if test.text != "matches":
            return text.text[1:-1]
        pattern = half_width(self._written(text.start + 1, text.end - 1))
        if safe_pattern(pattern) is None:
            self._refuse("R110", text, found=pattern)
        return pattern

    def named(self, kind: Token, word: Token) -> e.Named:
        """A check point, a list or a flag."""
        name = word.text[1:-1].strip() if word.kind == "text" else word.text
        if not name:
            self._refuse("R104", word, found=word.text, hint="引号里应有名称")
        return _NAMED[kind.text](name, origin=self._at(kind.start))

    def call(self, token: Token, args: tuple[e.Expr, ...]) -> e.Call | e.ItemScore:
        """A function with its arguments, or the score of an item."""
        function, origin = token.text, self._at(token.start)
        if function == e.SCORE_FUNCTION:
            if len(args) == 1 and isinstance(args[0], e.Text):
                return e.ItemScore(args[0].value, origin=origin)
            self._refuse("R109", token, found=function, hint='写成 得分("2.1")')
        elif function not in e.FUNCTIONS:
            known = (*e.FUNCTIONS, e.SCORE_FUNCTION)
            hint = did_you_mean(function, known, f"可用的函数：{'、'.join(known)}")
            self._refuse("R108", token, found=function, hint=hint)
        else:
            least, most = e.FUNCTIONS[function]
            if not least <= len(args) <= most:
                wanted = "应有" if least == most else "至少应有"
                self._refuse("R109", token, found=function, hint=f"{wanted} {least} 个参数")
        return e.Call(function, args, origin=origin)
