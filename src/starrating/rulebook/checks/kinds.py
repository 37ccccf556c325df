"""Kinds of values: what is compared, ordered, added or asked as a condition must fit."""

from __future__ import annotations

from starrating.faults import Fault
from starrating.rulebook import expressions as ex
from starrating.rulebook.canonical import show
from starrating.rulebook.checks._sheets import WORDS, Kind, organisation_columns
from starrating.rulebook.checks._uses import Stand, Use, names_at, uses
from starrating.rulebook.checks.codes import CHECK_CODES
from starrating.rulebook.model import Measure, Rulebook

_DATES = ("years", "months", "days")
_HINTS: dict[tuple[Kind, Kind], str] = {
    ("date", "number"): "两个日期之差用 days(甲, 乙)；日期写成 2024-03-01",
    ("number", "text"): "数不加引号",
    ("date", "text"): "日期不加引号，写成 2024-03-01",
    ("text", "truth"): "文字要加引号：= '是'",
    ("number", "truth"): "是否类的条件直接写名称，或与 是、否 比较",
}


def wrong_kinds(book: Rulebook) -> list[Fault]:
    """R311 to R314: kinds fit in comparisons, orders, operations and conditions."""
    found: list[Fault] = []
    for use in uses(book):
        typing = _Typing(book, use)
        kind = typing.kind(use.expr)
        if not _fits(kind, use.wanted):
            typing.refuse_kind(use.expr, use.wanted, kind)
        found.extend(typing.faults)
    return found


def _fits(one: Kind, other: Kind) -> bool:
    if "any" in (one, other) or one == other:
        return True
    return "found" in (one, other) and {one, other} & {"truth", "number"} != set()


class _Typing:
    """The kinds of one expression in its place; `measures` are those being looked into."""

    def __init__(self, book: Rulebook, use: Use, measures: frozenset[str] = frozenset()) -> None:
        self.book = book
        self.use = use
        self.names = names_at(book, use)
        self.measures = measures
        self.faults: list[Fault] = []

    def kind(self, expr: ex.Expr) -> Kind:
        match expr:
            case ex.Num() | ex.Present() | ex.Lacking() | ex.ItemScore():
                return "number"
            case ex.Text():
                return "text"
            case ex.DateLit():
                return "date"
            case ex.Truth() | ex.Flagged() | ex.Confirmed() | ex.Denied():
                return "truth"
            case ex.Found():
                return "found"
            case ex.Name(name=name):
                return self._name(name)
            case ex.Arith() | ex.Negate() | ex.Call():
                return self._number(expr)
            case _:
                self._condition(expr)
                return "truth"

    def _name(self, name: str) -> Kind:
        kind = self.names.get(name, "any")
        if kind is not None:
            return kind
        if name in self.measures:
            return "any"
        return measure_kind(self.book, self.book.measures[name], self.measures | {name})

    def _condition(self, expr: ex.Expr) -> None:
        match expr:
            case ex.Compare():
                self._compare(expr)
            case ex.In(of=of, options=options):
                self._among(of, options)
            case ex.Includes(of=of, text=text):
                for part in (of, text):
                    self._operand(part, "includes", ("text",))
            case ex.TextTest(of=of, kind=word):
                self._operand(of, word, ("text",))
            case ex.And(parts=parts) | ex.Or(parts=parts):
                for part in parts:
                    self._truth(part)
            case ex.Not(of=of):
                self._truth(of)
            case ex.IsBlank(of=of):
                self.kind(of)
            case _:
                raise TypeError(f"{type(expr).__name__} is no condition")

    def _compare(self, expr: ex.Compare) -> None:
        left, right = self.kind(expr.left), self.kind(expr.right)
        if not _fits(left, right):
            self._mismatch(expr, left, right)
        elif expr.op not in ("=", "!="):
            unordered = next((kind for kind in (left, right) if kind in ("text", "truth")), None)
            if unordered is not None:
                self.faults.append(
                    CHECK_CODES.fault("R313", expr.origin, found=WORDS[unordered], op=expr.op)
                )

    def _among(self, of: ex.Expr, options: tuple[ex.Num | ex.Text | ex.DateLit, ...]) -> None:
        kind = self.kind(of)
        for option in options:
            own = self.kind(option)
            if isinstance(option, ex.Text) and option.bare and option.value in ex.TRUTHS:
                own = "any" if kind == "truth" else own
            if not _fits(kind, own):
                self._mismatch(option, kind, own)
                return

    def _mismatch(self, expr: ex.Expr, left: Kind, right: Kind) -> None:
        hint = _HINTS.get((left, right)) or _HINTS.get((right, left)) or "核对两边是不是同一类内容"
        self.faults.append(
            CHECK_CODES.fault("R311", expr.origin, left=WORDS[left], right=WORDS[right], hint=hint)
        )

    def _truth(self, expr: ex.Expr) -> None:
        kind = self.kind(expr)
        if not _fits(kind, "truth"):
            self.refuse_kind(expr, "truth", kind)

    def refuse_kind(self, expr: ex.Expr, wanted: Kind, found: Kind) -> None:
        """R312 for an expression of another kind than its place asks for."""
        hint = "写成比较，例如 > 0" if wanted == "truth" else f"改成{WORDS[wanted]}"
        self.faults.append(
            CHECK_CODES.fault(
                "R312",
                expr.origin,
                wanted="条件" if wanted == "truth" else WORDS[wanted],
                found=WORDS[found],
                where=self.use.where,
                hint=hint,
            )
        )

    def _operand(self, expr: ex.Expr, op: str, wanted: tuple[Kind, ...]) -> Kind:
        kind = self.kind(expr)
        if any(_fits(kind, each) for each in wanted):
            return kind
        hint = f"此处应为{'或'.join(WORDS[each] for each in wanted)}"
        if kind == "date" and op in ("+", "-"):
            hint = f"日期加减时长写成 {show(expr)} {op} 3 days"
        self.faults.append(
            CHECK_CODES.fault("R314", expr.origin, op=op, found=WORDS[kind], hint=hint)
        )
        return "any"

    def _number(self, expr: ex.Arith | ex.Negate | ex.Call) -> Kind:
        before = len(self.faults)
        kind: Kind = "number"
        match expr:
            case ex.Negate(of=of):
                self._operand(of, "-", ("number",))
            case ex.Call(function=function, args=args):
                wanted = "date" if function in _DATES else "number"
                for arg in args:
                    self._operand(arg, function, (wanted,))
            case ex.Arith(left=left, right=ex.Duration(), op=op):
                self._operand(left, op, ("date",))
                kind = "date"
            case ex.Arith(op="-", left=left, right=right):
                first = self._operand(left, "-", ("number", "date"))
                self._operand(right, "-", (first if first in ("date", "any") else "number",))
            case ex.Arith(op=op, left=left, right=right):
                self._operand(left, op, ("number",))
                self._operand(right, op, ("number",))
        return kind if len(self.faults) == before else "any"


def measure_kind(book: Rulebook, measure: Measure, seen: frozenset[str] = frozenset()) -> Kind:
    """The kind of a measure: a number, but what `field`, `value`, min, max and latest read."""
    if measure.field is not None and measure.values is None:
        return organisation_columns(book).get(measure.field, "any")
    if measure.value is not None:
        return _Typing(book, Use(measure.value, ""), seen).kind(measure.value)
    picked = measure.min_ or measure.max_ or measure.latest
    if picked is not None:
        return _Typing(book, Use(picked, "", stand=Stand.SCOPE, sheet=measure.sheet)).kind(picked)
    return "number"
