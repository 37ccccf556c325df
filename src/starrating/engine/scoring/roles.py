"""How an item counts in its section, whoever is reviewed: role, start, limits (step 6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from starrating.engine.values import ZERO
from starrating.rulebook.model import Item, Rulebook, Section


class Role(Enum):
    """How an item counts in its section (step 6)."""

    BASE = "base"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    ON_SECTION = "on_section"
    """An item without points in a base section: it acts on the section."""


def role_of(section: Section, item: Item) -> Role:
    """A bonus item is one in a bonus section, or one without points whose clauses all add."""
    if section.kind == "deduction":
        return Role.DEDUCTION
    if section.kind == "bonus":
        return Role.BONUS
    if item.points is None:
        adds = all(clause.form == "add" for clause in item.clauses)
        return Role.BONUS if adds and item.clauses else Role.ON_SECTION
    return Role.BASE


def starts_full(item: Item) -> bool:
    """Whether the base is the item's points: a clause deducts and none adds, or it says so."""
    if item.starts_at is not None:
        return item.starts_at == "full"
    forms = {clause.form for _, clause in item.every_clause()}
    return "deduct" in forms and "add" not in forms


def limits(item: Item, role: Role) -> tuple[Fraction | None, Fraction | None]:
    """[floor, cap] of an item: [0, points] by default (step 6)."""
    if role is Role.ON_SECTION:
        return item.floor, item.cap
    default_cap = item.points if role is Role.BASE else None
    floor = item.floor if item.floor is not None else ZERO
    return floor, item.cap if item.cap is not None else default_cap


def span(book: Rulebook, section: Section, item: Item, role: Role) -> Fraction | None:
    """The most that an unbounded quantity can take from, or give to, the item (step 0); where
    neither item nor section ends it, as much as the total has room for."""
    if role is Role.ON_SECTION:
        return section.points
    floor, cap = limits(item, role)
    if cap is not None:
        return cap - (floor or ZERO)
    return section.cap if section.cap is not None else book.room


def printed_base(item: Item, role: Role) -> Fraction:
    """The points that the sheet prints for an item of the base; 0 for every other."""
    return (item.points or ZERO) if role is Role.BASE else ZERO


def start(item: Item, role: Role) -> Fraction:
    """What the item holds before any clause acts; items of a deduction section start at 0."""
    full = starts_full(item) and role is not Role.DEDUCTION
    return (item.points or ZERO) if full else ZERO


@dataclass(frozen=True, slots=True)
class Placed:
    """An item in its section, with what follows from the rules alone (step 6).

    `span` is the most that an unbounded quantity can take or give, `printed` the points that the
    sheet prints for it, `start` what it holds before any clause acts.
    """

    section: Section
    item: Item
    role: Role
    floor: Fraction | None
    cap: Fraction | None
    span: Fraction | None
    printed: Fraction
    start: Fraction

    @classmethod
    def of(cls, book: Rulebook, section: Section, item: Item) -> Placed:
        """The item in its section."""
        role = role_of(section, item)
        return cls(
            section,
            item,
            role,
            *limits(item, role),
            span=span(book, section, item, role),
            printed=printed_base(item, role),
            start=start(item, role),
        )
