"""What an expression of the rule language is once read: a tree of frozen nodes.

Every node has its place (`origin`), which takes no part in equality. `show` writes a tree
back as the canonical text; `parsing.parse` of that text gives the same tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from starrating.number import plain
from starrating.origin import Origin
from starrating.rulebook.once import once

NOWHERE = Origin("")


@dataclass(frozen=True, slots=True)
class Node:
    """What all nodes share: the place of their first character."""

    origin: Origin = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Num(Node):
    """A literal number; `30%` is 3/10. Negative only among the options of `in`."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A text constant; `bare` where it stands without quotes behind `in`.

    A single bare word behind `in` that names a list of the rulebook means that list.
    """

    value: str
    bare: bool = False


@dataclass(frozen=True, slots=True)
class DateLit(Node):
    """A day, as `2024-03-01`."""

    value: date


@dataclass(frozen=True, slots=True)
class Truth(Node):
    """是 or 否 (yes, no, true, false)."""

    value: bool


@dataclass(frozen=True, slots=True)
class Duration(Node):
    """A length of time, only as the right side of `date + …` or `date - …`.

    `unit` is day, week, month, quarter or year; `working` only with day.
    """

    count: int
    unit: str
    working: bool = False


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A measure, a column, a section title or a built-in, after NFKC."""

    name: str


@dataclass(frozen=True, slots=True)
class Arith(Node):
    """`left op right` with op one of + - * /."""

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Negate(Node):
    """`-of`."""

    of: Expr


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`left op right` with op one of = != < <= > >=."""

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class In(Node):
    """`of in x、y`, or `of not in x、y`."""

    of: Expr
    options: tuple[Num | Text | DateLit, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Includes(Node):
    """`of includes text`: `of` holds several texts joined by 、 and `text` is one of them."""

    of: Expr
    text: Expr


@dataclass(frozen=True, slots=True)
class IsBlank(Node):
    """`of is blank`, or `of is not blank`."""

    of: Expr
    negated: bool = False


@dataclass(frozen=True, slots=True)
class TextTest(Node):
    """`of starts 'pattern'`, or ends, contains, matches (`patterns.safe_pattern`, found anywhere)."""

    kind: str
    of: Expr
    pattern: str


@dataclass(frozen=True, slots=True)
class And(Node):
    """All parts; two or more."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """Any part; two or more."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`not of`."""

    of: Expr


@dataclass(frozen=True, slots=True)
class Found(Node):
    """`found POINT`: yes or no in a condition, a number as a quantity."""

    point: str


@dataclass(frozen=True, slots=True)
class Present(Node):
    """`present LIST`: how many elements of the list are there."""

    list: str


@dataclass(frozen=True, slots=True)
class Lacking(Node):
    """`lacking LIST`: how many elements of the list are not there."""

    list: str


@dataclass(frozen=True, slots=True)
class Flagged(Node):
    """`flagged FLAG`: proposed or confirmed (step 9)."""

    flag: str


@dataclass(frozen=True, slots=True)
class Confirmed(Node):
    """`confirmed FLAG`: by 审定结果 or an earlier archive (step 9)."""

    flag: str


@dataclass(frozen=True, slots=True)
class Denied(Node):
    """`denied FLAG`: neither proposed nor confirmed, of an earlier stage (step 9)."""

    flag: str


@dataclass(frozen=True, slots=True)
class ItemScore(Node):
    """`得分("2.1")`: the score of an item."""

    item: str


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`years(a, b)`, `months`, `days` (whole units from a to b), `min`, `max`, `abs`."""

    function: str
    args: tuple[Expr, ...]


Named = Found | Present | Lacking | Flagged | Confirmed | Denied
Expr = (
    Num
    | Text
    | DateLit
    | Truth
    | Duration
    | Name
    | Arith
    | Negate
    | Compare
    | In
    | Includes
    | IsBlank
    | TextTest
    | And
    | Or
    | Not
    | Named
    | ItemScore
    | Call
)

FUNCTIONS = {"years": (2, 2), "months": (2, 2), "days": (2, 2), "min": (2, 99), "max": (2, 99),
             "abs": (1, 1)}  # fmt: skip
"""The functions, with the least and the greatest number of their arguments."""
SCORE_FUNCTION = "得分"
TRUTHS = {"是": True, "yes": True, "true": True, "否": False, "no": False, "false": False}
RESERVED = frozenset(
    (
        *("and", "or", "not", "in", "is", "blank", "includes"),
        *("starts", "ends", "contains", "matches"),
        *("found", "present", "lacking", "flagged", "confirmed", "denied"),
        *TRUTHS,
    )
)
"""The words that are never names."""


def children(expr: Expr) -> tuple[Expr, ...]:
    """The nodes directly below, in the order written."""
    match expr:
        case Arith(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
        case In(of=of, options=options):
            return (of, *options)
        case Includes(of=of, text=text):
            return (of, text)
        case Negate(of=of) | Not(of=of) | IsBlank(of=of) | TextTest(of=of):
            return (of,)
        case And(parts=parts) | Or(parts=parts) | Call(args=parts):
            return parts
        case _:
            return ()


@once
def walk(expr: Expr) -> tuple[Expr, ...]:
    """The node and all nodes below it, in the order written."""
    return tuple(_below(expr))


def _below(expr: Expr) -> Iterator[Expr]:
    yield expr
    for child in children(expr):
        yield from _below(child)


@once
def read_twice(expr: Expr) -> tuple[Expr, ...]:
    """The names and check points that stand in several places of the expression."""
    leaves = [node for node in walk(expr) if isinstance(node, (Name, Found))]
    return tuple(leaf for leaf in dict.fromkeys(leaves) if leaves.count(leaf) > 1)


def names(expr: Expr) -> tuple[Name, ...]:
    """All names the expression reads, with their places, in the order written."""
    return tuple(node for node in walk(expr) if isinstance(node, Name))


def is_word(text: str) -> bool:
    """Whether a text can stand as a bare name: letters, digits and _, not reserved."""
    return (
        text != ""
        and (text[0].isalpha() or text[0] == "_")
        and all(sign.isalnum() or sign == "_" for sign in text)
        and text not in RESERVED
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


def _quoted(text: str) -> str:
    """The text in the first kind of quotes that it does not hold itself."""
    for before, after in ("''", '""', "“”", "‘’"):
        if after not in text:
            return f"{before}{text}{after}"
    raise ValueError(f"{text!r} holds every kind of quote")
