"""Bounds on what clauses, items, sections and the total can come to, as far as they are printed."""

from __future__ import annotations

from fractions import Fraction

from starrating.rulebook import expressions as ex
from starrating.rulebook.fields import Amount, Between
from starrating.rulebook.model import Clause, Item, Measure, Rulebook, Section

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
Bounds = tuple[Fraction, Fraction]
NIL = Fraction(0)
_ENDLESS = Fraction(10**9)


def most_taken(book: Rulebook, clause: Clause) -> Fraction | None:
    """The most that a deducting (or adding) clause can come to, or None where nothing bounds it."""
    amount = clause.amount
    if amount is None:
        return None
    if isinstance(amount, dict):
        highs = [_high(each) for each in amount.values()]
        once = max(highs, default=NIL) if clause.by is not None else sum(highs, NIL)
        times = Fraction(1) if clause.per is None or clause.highest else None
    else:
        once = _high(amount)
        times = Fraction(1) if clause.per is None and clause.every is None else _times(book, clause)
    most = once * times if times is not None else None
    if clause.up_to is not None:
        return clause.up_to if most is None else min(most, clause.up_to)
    return most


def _high(amount: Amount) -> Fraction:
    return amount.high if isinstance(amount, Between) else amount


def _times(book: Rulebook, clause: Clause) -> Fraction | None:
    """The most that a quantity can be, where lists, units or the range of a figure bound it."""
    if clause.every is not None:
        return _steps(book, clause, clause.every)
    match clause.per:
        case ex.Present(list=name) | ex.Lacking(list=name):
            return Fraction(len(book.lists.get(name, ())))
        case ex.Name(name=name) if name in book.measures:
            return _units(book, book.measures[name])
        case _:
            return None


def _units(book: Rulebook, measure: Measure) -> Fraction | None:
    for units, each in ((measure.missing, False), (measure.short, True)):
        if units is None:
            continue
        if units.every.unit not in _MONTHS or book.period not in _MONTHS:
            return None
        count = _MONTHS[book.period] // _MONTHS[units.every.unit]
        return Fraction(count * (units.at_least if each else 1))
    return None


def _steps(book: Rulebook, clause: Clause, every: Fraction) -> Fraction | None:
    """The most steps that a figure can lie beyond a printed number."""
    edge = clause.below if clause.below is not None else clause.above
    if not isinstance(edge, ex.Num) or not isinstance(clause.of, ex.Name):
        return None
    low, high = _range(book, book.measures.get(clause.of.name))
    end = low if clause.below is not None else high
    if end is None:
        return None
    steps = max(NIL, edge.value - end if clause.below is not None else end - edge.value) / every
    return Fraction(-(-steps // 1) if clause.partial == "counts" else steps // 1)


def _range(book: Rulebook, measure: Measure | None) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest that a measure can be; None where nothing bounds it."""
    if measure is None:
        return None, None
    if measure.values and measure.form in ("average", "field"):
        return min(measure.values.values()), max(measure.values.values())
    taken = measure.together.take if measure.together is not None else None
    if measure.form == "share" or taken == "share":
        return NIL, Fraction(1)
    if measure.form in ("count", "distinct", "ratio", "missing", "short", "late"):
        return NIL, _units(book, measure)
    return None, None


def most_total(book: Rulebook) -> Fraction | None:
    """The highest total that the printed points allow, or None where nothing bounds it.

    A deduction may be without end where the total only falls by it.
    """
    tops = {section.title: _most_of_section(book, section) for section in book.sections}
    gains = [tops[section.title] for section in book.sections if section.kind != "deduction"]
    known = [gain for gain in gains if gain is not None]
    if len(known) < len(gains):
        return None
    most = sum(known, NIL) if book.total is None else _most_by_formula(book.total, tops)
    if most is not None and book.total_cap is not None:
        return min(most, book.total_cap)
    return most


def _most_by_formula(total: ex.Expr, tops: dict[str, Fraction | None]) -> Fraction | None:
    """The greatest value of the formula, where it is the same however much is deducted."""
    found = set()
    for endless in (NIL, _ENDLESS):
        ends = {name: endless if top is None else top for name, top in tops.items()}
        bounds = _bounds(total, {name: (NIL, end) for name, end in ends.items()})
        found.add(bounds[1] if bounds is not None else None)
    return found.pop() if len(found) == 1 else None


def _most_of_section(book: Rulebook, section: Section) -> Fraction | None:
    if section.cap is not None:
        return section.cap
    if section.scale_to is not None:
        return section.scale_to
    tops = [_most_of_item(book, section, item) for item in section.items]
    if section.points is not None and section.kind == "base" and None in tops:
        return section.points
    known = [top for top in tops if top is not None]
    if len(known) < len(tops):
        return None
    return sum(known, NIL) * (section.weight if section.weight is not None else 1)


def _most_of_item(book: Rulebook, section: Section, item: Item) -> Fraction | None:
    if item.cap is not None:
        return item.cap
    if item.points is not None:
        return item.points
    if section.kind == "base":
        return None
    gains = [most_taken(book, clause) for _, clause in item.every_clause()]
    known = [gain for gain in gains if gain is not None]
    return sum(known, NIL) if len(known) == len(gains) else None


def _bounds(expr: ex.Expr, names: dict[str, Bounds]) -> Bounds | None:
    """The least and greatest value of an expression over section titles, or None."""
    match expr:
        case ex.Num(value=number):
            return (number, number)
        case ex.Name(name=name):
            return names.get(name)
        case ex.Negate(of=of):
            inner = _bounds(of, names)
            return (-inner[1], -inner[0]) if inner is not None else None
        case ex.Arith(op=op, left=left, right=right):
            one, two = _bounds(left, names), _bounds(right, names)
            return _combined(op, one, two) if one is not None and two is not None else None
        case ex.Call(function="min" | "max" as function, args=args):
            found = [_bounds(arg, names) for arg in args]
            known = [each for each in found if each is not None]
            pick = min if function == "min" else max
            if len(known) < len(found):
                return None
            return (pick(low for low, _ in known), pick(high for _, high in known))
        case _:
            return None


def _combined(op: str, one: Bounds, two: Bounds) -> Bounds | None:
    if op == "+":
        return (one[0] + two[0], one[1] + two[1])
    if op == "-":
        return (one[0] - two[1], one[1] - two[0])
    if op == "/":
        if two[0] <= 0 <= two[1]:
            return None
        two = (1 / two[1], 1 / two[0])
    ends = [first * second for first in one for second in two]
    return (min(ends), max(ends))
