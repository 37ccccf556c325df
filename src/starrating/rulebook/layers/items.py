"""How the score of an item moves (semantics.md steps 6 and 7); in a section that deducts, the
points lost."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from starrating.rulebook import expressions as ex
from starrating.rulebook.fields import Between
from starrating.rulebook.layers.clauses import score
from starrating.rulebook.layers.formulas import Reads, condition
from starrating.rulebook.layers.measures import field, field_cause, unwritten
from starrating.rulebook.layers.movement import (
    MIXED,
    Cause,
    Movement,
    Sense,
    by,
    number,
    together,
)
from starrating.rulebook.meaning import part
from starrating.rulebook.model import Clause, Item, Rulebook, Section, Variants

_POLICIES = ("zero", "leave_out", "full")
_KNOWN = frozenset(
    ("clauses", "cap", "floor", "applies_when", "not_applicable", "variants", "basis",
     "self_scored", "locked", "adjustable", "origin")
)  # fmt: skip


def item(
    reads: Reads, section: Section, before: Item, after: Item, books: tuple[Rulebook, Rulebook]
) -> Movement:
    """How the item's score moves between the two books."""
    if before.variants is None and after.variants is None:
        return _reading(reads, section, before, after, books)
    return _variants(reads, section, before, after, books)


def _variants(
    reads: Reads, section: Section, before: Item, after: Item, books: tuple[Rulebook, Rulebook]
) -> Movement:
    ones, others = before.variants, after.variants
    if ones is None or others is None or _names(ones) != _names(others):
        return MIXED.blame(field_cause(before, after, "variants"))
    plain = (before.as_variant(None), after.as_variant(None))
    pairs = [plain] if ones.otherwise is None else []
    pairs += [
        (before.as_variant(one), after.as_variant(other))
        for (_, one), (_, other) in zip(ones.named(), others.named(), strict=True)
    ]
    return together(_reading(reads, section, one, other, books) for one, other in pairs)


def _names(variants: Variants) -> tuple[str, tuple[str, ...]]:
    return variants.by, tuple(name for name, _ in variants.named())


def _reading(
    reads: Reads, section: Section, before: Item, after: Item, books: tuple[Rulebook, Rulebook]
) -> Movement:
    lost = section.kind == "deduction"
    acts = _clauses(reads, before, after)
    if lost:
        acts = acts.unclear if _sets(before) or _sets(after) else -acts
    policies = [_policy(one, book) for one, book in zip((before, after), books, strict=True)]
    moved = acts if _free_to_apply(section, policies) else _points_only(reads, before, after, acts)
    moved &= field(before, after, "cap", number(before.cap, after.cap, none=1))
    moved &= field(before, after, "floor", _floor(before, after))
    moved &= _applying(reads, section, before, after, policies)
    if section.kind == "base" and before.points is not None and len(set(policies)) > 1:
        moved &= _policies(reads, before, after, policies).blame(
            _policy_cause(before, after, books)
        )
    return moved & unwritten(before, after, _KNOWN)


def _floor(before: Item, after: Item) -> Movement:
    return number(before.floor or Fraction(0), after.floor or Fraction(0))


def _policy(item: Item, book: Rulebook) -> str:
    return item.not_applicable or book.defaults.not_applicable or "full"


def _free_to_apply(section: Section, policies: list[str]) -> bool:
    """Whether it does no good to apply: what does not apply has its full points."""
    return section.kind == "base" and policies == ["full", "full"]


def _points_only(reads: Reads, before: Item, after: Item, acts: Movement) -> Movement:
    """Where not applying is no gain, only what a clause comes to may change, not when it applies."""
    same = len(before.clauses) == len(after.clauses) and all(
        _when(one) == _when(other) and all(reads.steady(each) for each in _read(one))
        for one, other in zip(before.clauses, after.clauses, strict=False)
    )
    return acts if same else acts.unclear


def _when(clause: Clause) -> object:
    """All of a clause but its numbers."""
    return [
        part(held) if held is not None else None
        for each in (clause, *clause.inner())
        for word in ("if_", "per", "of", "by", "table")
        for held in (getattr(each, word),)
    ]


def _read(clause: Clause) -> Iterator[ex.Expr]:
    for each in (clause, *clause.inner()):
        of = each.bands.of if each.bands is not None else None
        inputs = each.table.of if each.table is not None else ()
        for expr in (each.if_, each.per, each.of, of, *inputs):
            if expr is not None:
                yield expr


def _applying(
    reads: Reads, section: Section, before: Item, after: Item, policies: list[str]
) -> Movement:
    """Applying more is a loss where not applying gives full points, a gain where it gives none."""
    met = field(before, after, "applies_when", _met(reads, before, after))
    full, none = policies == ["full", "full"], policies == ["zero", "zero"]
    if section.kind == "base" and before.points is not None:
        moved = -met if full else met if none and not (before.floor or 0) < 0 else met.unclear
    else:
        moved = met.unclear
    return moved


def _policies(reads: Reads, before: Item, after: Item, policies: list[str]) -> Movement:
    """`zero` gives less than `leave_out`, and that less than `full`."""
    steps = number(*(_POLICIES.index(policy) for policy in policies))
    return MIXED if _met(reads, before, after).moves else steps


def _policy_cause(before: Item, after: Item, books: tuple[Rulebook, Rulebook]) -> Cause:
    if before.not_applicable != after.not_applicable:
        return field_cause(before, after, "not_applicable")
    return field_cause(*books, "defaults")


def _met(reads: Reads, before: Item, after: Item) -> Movement:
    return condition(reads, before.applies_when, after.applies_when)


# --- clauses ----------------------------------------------------------------------------------------


def _clauses(reads: Reads, before: Item, after: Item) -> Movement:
    """How the points earned move: clause by clause, and by those added."""
    ones, others = before.clauses, after.clauses
    moved = together(score(reads, one, other) for one, other in zip(ones, others, strict=False))
    moved &= together(_added(before, clause) for clause in others[len(ones) :])
    shapes = (_shape(before), _shape(after))
    if shapes[0] == shapes[1]:
        return moved
    cause = Cause(before.origin, after.origin, "clauses", "从满分还是从零分起算变了")
    return moved.unclear if moved.moves else by(Sense.MIXED, cause)


def _added(item: Item, clause: Clause) -> Movement:
    cause = Cause(None, clause.origin, "", f"项目 {item.id} 增加了一条")
    inner = clause.inner() or (clause,)
    takes = all(each.form == "deduct" and not _negative(each) for each in inner)
    ends = clause.form == "score" and clause.score == 0 and not (item.floor or 0) < 0
    return by(Sense.DOWN if takes or ends else Sense.MIXED, cause)


def _negative(clause: Clause) -> bool:
    held = clause.deduct
    amounts = held.values() if isinstance(held, dict) else (held,)
    lows = (each.low if isinstance(each, Between) else each for each in amounts)
    return any(low is not None and low < 0 for low in lows)


def _shape(item: Item) -> tuple[object, ...]:
    """What decides the base an item starts from, and whether it is a bonus."""
    forms = {clause.form for _, clause in item.every_clause()}
    adds = all(clause.form == "add" for clause in item.clauses)
    return item.starts_at, "deduct" in forms, "add" in forms, adds, item.points is None


def _sets(item: Item) -> bool:
    return any(clause.sets for _, clause in item.every_clause())


# --- items that are added ---------------------------------------------------------------------------


def most(item: Item) -> Fraction | None:
    """The most an item of the base can come to; None where nothing is printed."""
    found = [each.cap if each.cap is not None else each.points for each in item.readings()]
    known = [points for points in found if points is not None]
    return max(known) if len(known) == len(found) and known else None


def may_leave(item: Item, book: Rulebook) -> bool:
    """Whether the item may be left out of its section."""
    return any(_policy(each, book) == "leave_out" for each in item.readings())


def causes_of(items: Iterator[Item]) -> Movement:
    """The movement UP by items that are added."""
    return together(
        by(Sense.UP, Cause(None, each.origin, "", f"增加了项目 {each.id} {each.title}"))
        for each in items
    )


# --- what people give -------------------------------------------------------------------------------


def by_person(clause: Clause) -> bool:
    """Whether a person gives a number in a printed range."""
    held = clause.amount
    amounts = held.values() if isinstance(held, dict) else (held,)
    return any(isinstance(each, Between) for each in amounts)


def points_asked(item: Item) -> Iterator[str]:
    """The check points whose answers the clauses' maps name, or pick by."""
    for _, clause in item.every_clause():
        if isinstance(clause.amount, dict) and clause.by is None:
            yield from clause.amount
        elif clause.by is not None:
            yield clause.by
