"""The printed sheet, compiled once: what each clause, item and section asks of every subject.

Nothing here looks at a subject. A node keeps the block of the rulebook it was made from, and with
it the place where that stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Clause, Item, Measure, Rulebook, Section

ZERO = Fraction(0)
_DIVIDED = ("ratio", "share", "average", "best")


class Role(Enum):
    """How an item counts: in the base, as bonus, as points lost, or on its section."""

    BASE = "base"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    ON_SECTION = "on_section"


@dataclass(frozen=True)
class ClausePlan:
    """One clause: `span` is the most an unbounded quantity can take or give (step 0).

    `credit` says that it gives; `measures` are those whose due units decide whether it applies,
    `conditions` the same of its `if`; `divided` that its quantity divides, so that its points
    are rounded at once; `excusing` are the check points whose 不适用 sets it aside.
    """

    number: str
    clause: Clause
    span: Fraction | None
    credit: bool
    measures: tuple[str, ...]
    conditions: tuple[str, ...]
    divided: bool
    excusing: tuple[str, ...]
    inner: tuple[ClausePlan, ...] = ()


@dataclass(frozen=True)
class ItemPlan:
    """One item as it reads for one kind of organisation.

    `printed` are the points of the sheet (0 outside the base), `begin` what it holds before any
    clause acts, `policy` what it gives where it does not apply (full, zero, leave_out).
    """

    item: Item
    role: Role
    printed: Fraction
    begin: Fraction
    floor: Fraction | None
    cap: Fraction | None
    policy: str
    clauses: tuple[ClausePlan, ...]

    @property
    def points(self) -> Fraction:
        """The printed points, 0 where there are none."""
        return self.item.points or ZERO


@dataclass(frozen=True)
class PlacedItem:
    """One item of the sheet: its place in the sheet, its section, and its readings.

    `keys` lead a value of the column of the variants to a reading; `otherwise` is the reading of
    every other value. An item without variants has one reading.
    """

    place: int
    section: Section
    item: Item
    readings: tuple[ItemPlan, ...]
    keys: tuple[tuple[str, int], ...] = ()

    @property
    def otherwise(self) -> int:
        """The reading of a value that no variant names."""
        return len(self.readings) - 1


@dataclass(frozen=True)
class SheetPlan:
    """The sheet of one rulebook: its items in order, and the places of each section's items."""

    book: Rulebook
    items: tuple[PlacedItem, ...]
    sections: tuple[tuple[Section, tuple[int, ...]], ...]


def plan_of(book: Rulebook) -> SheetPlan:
    """Compile the sheet of a rulebook."""
    items: list[PlacedItem] = []
    sections: list[tuple[Section, tuple[int, ...]]] = []
    for section in book.sections:
        places = []
        for item in section.items:
            places.append(len(items))
            items.append(_placed(book, section, item, len(items)))
        sections.append((section, tuple(places)))
    return SheetPlan(book, tuple(items), tuple(sections))


# --- items ----------------------------------------------------------------------------------


def _placed(book: Rulebook, section: Section, item: Item, place: int) -> PlacedItem:
    variants = item.variants
    if variants is None:
        return PlacedItem(place, section, item, (item_plan(book, section, item),))
    keys: list[tuple[str, int]] = []
    for number, written in enumerate(variants.of):
        keys.extend((key.strip(), number) for key in written.replace(",", "、").split("、"))
    every = [*variants.of.values(), variants.otherwise]
    readings = tuple(item_plan(book, section, item.as_variant(each)) for each in every)
    return PlacedItem(place, section, item, readings, tuple(keys))


def item_plan(book: Rulebook, section: Section, item: Item) -> ItemPlan:
    """One item as it reads for one kind of organisation, compiled."""
    role = _role(section, item)
    floor = item.floor if item.floor is not None or role is Role.ON_SECTION else ZERO
    cap = item.cap if item.cap is not None or role is not Role.BASE else item.points
    if role is Role.ON_SECTION:
        span = section.points
    else:
        ends = section.cap if section.cap is not None else book.room
        span = ends if cap is None else cap - (floor or ZERO)
    points = item.points or ZERO
    return ItemPlan(
        item,
        role,
        printed=points if role is Role.BASE else ZERO,
        begin=points if _starts_full(item) and role is not Role.DEDUCTION else ZERO,
        floor=floor,
        cap=cap,
        policy=item.not_applicable or book.defaults.not_applicable or "full",
        clauses=tuple(
            _clause(book, clause, str(number), span)
            for number, clause in enumerate(item.clauses, start=1)
        ),
    )


def _role(section: Section, item: Item) -> Role:
    if section.kind != "base":
        return Role.DEDUCTION if section.kind == "deduction" else Role.BONUS
    if item.points is not None:
        return Role.BASE
    only_adds = item.clauses and all(clause.form == "add" for clause in item.clauses)
    return Role.BONUS if only_adds else Role.ON_SECTION


def _starts_full(item: Item) -> bool:
    if item.starts_at is not None:
        return item.starts_at == "full"
    forms = {clause.form for _, clause in item.every_clause()}
    return "deduct" in forms and "add" not in forms


# --- clauses --------------------------------------------------------------------------------


def _clause(book: Rulebook, clause: Clause, number: str, span: Fraction | None) -> ClausePlan:
    credit = _credit(clause)
    read = [clause.per, clause.of, clause.below, clause.above]
    if clause.bands is not None:
        read = [clause.bands.of]
    elif clause.table is not None:
        read = [*clause.table.of]
    excusing = () if credit else _points(clause.per, clause.if_)
    return ClausePlan(
        number,
        clause,
        span,
        credit,
        measures=measures_read(book, *read),
        conditions=measures_read(book, clause.if_),
        divided=_divides(book, clause.per),
        excusing=tuple(excusing),
        inner=tuple(
            _clause(book, each, f"{number}.{place}", span)
            for place, each in enumerate(clause.inner(), start=1)
        ),
    )


def _credit(clause: Clause) -> bool:
    inner = clause.inner()
    return all(_credit(each) for each in inner) if inner else clause.form == "add"


def _walked(exprs: Iterable[ex.Expr | None]) -> Iterator[ex.Expr]:
    return (node for expr in exprs if expr is not None for node in ex.walk(expr))


def measures_read(book: Rulebook, *exprs: ex.Expr | None) -> tuple[str, ...]:
    """The measures that expressions name, each once."""
    names = (node.name for node in _walked(exprs) if isinstance(node, ex.Name))
    return tuple(dict.fromkeys(name for name in names if name in book.measures))


def _points(*exprs: ex.Expr | None) -> list[str]:
    found = (node.point for node in _walked(exprs) if isinstance(node, ex.Found))
    return list(dict.fromkeys(found))


def _divides(book: Rulebook, *exprs: ex.Expr | None) -> bool:
    """Whether a division is read: a `/`, or a measure that divides (step 8)."""
    if any(isinstance(node, ex.Arith) and node.op == "/" for node in _walked(exprs)):
        return True
    return any(_measure_divides(book, book.measures[name]) for name in measures_read(book, *exprs))


def _measure_divides(book: Rulebook, rule: Measure) -> bool:
    taken, earlier = rule.together, rule.review
    if rule.form in _DIVIDED or (taken is not None and taken.take in ("mean", "share")):
        return True
    if earlier is not None and earlier.take == "average":
        return True
    inside = taken.of if taken is not None else None
    return _divides(book, rule.value, rule.sum_, rule.min_, rule.max_, rule.latest, inside)
