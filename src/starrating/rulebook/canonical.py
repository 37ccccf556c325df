"""An expression written back: its canonical text, of which `parsing.parse` gives the same tree."""

from __future__ import annotations

from starrating.number import plain
from starrating.rulebook.expressions import (
    RESERVED,
    SCORE_FUNCTION,
    And,
    Arith,
    Call,
    Compare,
    Confirmed,
    DateLit,
    Denied,
    Duration,
    Expr,
    Flagged,
    Found,
    In,
    Includes,
    IsBlank,
    ItemScore,
    Lacking,
    Name,
    Negate,
    Not,
    Num,
    Or,
    Present,
    Text,
    TextTest,
    Truth,
)

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _UNARY, _ATOM = range(8)
_NAMED = {
    Found: "found", Present: "present", Lacking: "lacking",
    Flagged: "flagged", Confirmed: "confirmed", Denied: "denied",
}  # fmt: skip


def show(expr: Expr) -> str:
    """The canonical text of an expression."""
    return _show(expr)[0]


def _within(expr: Expr, level: int) -> str:
    """The text of a part, in parentheses where it binds less than `level` asks."""
    text, own = _show(expr)
    return text if own >= level else f"({text})"


def _show(expr: Expr) -> tuple[str, int]:
    match expr:
        case Or(parts=parts):
            return " or ".join(_within(part, _AND) for part in parts), _OR
        case And(parts=parts):
            return " and ".join(_within(part, _NOT) for part in parts), _AND
        case Not(of=of):
            return f"not {_within(of, _NOT)}", _NOT
        case Compare() | In() | Includes() | IsBlank() | TextTest():
            return _comparison(expr), _COMPARE
        case Arith(op=op, left=left, right=right):
            level = _SUM if op in "+-" else _PRODUCT
            return f"{_within(left, level)} {op} {_within(right, level + 1)}", level
        case Negate(of=of):
            return f"-{_within(of, _UNARY)}", _UNARY
        case _:
            return _atom(expr), _ATOM


def _comparison(expr: Compare | In | Includes | IsBlank | TextTest) -> str:
    match expr:
        case Compare(op=op, left=left, right=right):
            return f"{_within(left, _SUM)} {op} {_within(right, _SUM)}"
        case In(of=of, options=options, negated=negated):
            word = "not in" if negated else "in"
            return f"{_within(of, _SUM)} {word} {'、'.join(_atom(option) for option in options)}"
        case Includes(of=of, text=text):
            return f"{_within(of, _SUM)} includes {_within(text, _SUM)}"
        case IsBlank(of=of, negated=negated):
            return f"{_within(of, _SUM)} is {'not ' if negated else ''}blank"
        case TextTest(kind=kind, of=of, pattern=pattern):
            return f"{_within(of, _SUM)} {kind} {_quoted(pattern)}"


def _atom(expr: Expr) -> str:
    match expr:
        case Num(value=number):
            return plain(number) if (number * 10**4).denominator == 1 else f"{plain(number * 100)}%"
        case Text(value=value, bare=bare):
            return value if bare else _quoted(value)
        case DateLit(value=day):
            return day.isoformat()
        case Truth(value=truth):
            return "是" if truth else "否"
        case Duration(count=count, unit=unit, working=working):
            return f"{count} {'working ' if working else ''}{unit}{'' if count == 1 else 's'}"
        case Name(name=name):
            return name
        case ItemScore(item=item):
            return f"{SCORE_FUNCTION}({_quoted(item)})"
        case Call(function=function, args=args):
            return f"{function}({', '.join(_within(arg, _SUM) for arg in args)})"
        case Found(point=word) | Present(list=word) | Lacking(list=word):
            return f"{_NAMED[type(expr)]} {word if is_word(word) else _quoted(word)}"
        case Flagged(flag=word) | Confirmed(flag=word) | Denied(flag=word):
            return f"{_NAMED[type(expr)]} {word if is_word(word) else _quoted(word)}"
        case _:
            raise TypeError(f"{type(expr).__name__} is not an atom")


def is_word(text: str) -> bool:
    """Whether a text can stand as a bare name: letters, digits and _, not reserved."""
    return (
        text != ""
        and (text[0].isalpha() or text[0] == "_")
        and all(sign.isalnum() or sign == "_" for sign in text)
        and text not in RESERVED
    )


def _quoted(text: str) -> str:
    """The text in the first kind of quotes that it does not hold itself."""
    for before, after in ("''", '""', "“”", "‘’"):
        if after not in text:
            return f"{before}{text}{after}"
    raise ValueError(f"{text!r} holds every kind of quote")
