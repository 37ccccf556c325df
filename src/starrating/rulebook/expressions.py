"""What an expression of the rule language is once read: a tree of frozen nodes.

Every node has its place (`origin`), which takes no part in equality. `parsing` reads texts into
such trees, `canonical` writes them back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

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
