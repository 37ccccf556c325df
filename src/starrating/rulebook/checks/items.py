"""Items: ids, printed points, what their clauses can do, and what happens where none applies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from starrating.faults import Fault
from starrating.number import plain
from starrating.origin import Origin
from starrating.rulebook import expressions as ex
from starrating.rulebook.checks._amounts import most_taken
from starrating.rulebook.checks._sheets import organisation_columns
from starrating.rulebook.checks._uses import clauses, each_item
from starrating.rulebook.checks.codes import CHECK_CODES
from starrating.rulebook.fields import Between, Mean, Raters
from starrating.rulebook.model import Clause, Item, Rulebook

_NUMERIC = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)


def duplicates(book: Rulebook) -> list[Fault]:
    """R321: ids of items and judgements, titles of sections and numbers of stars are unique."""
    named: list[tuple[str, Iterable[tuple[str, Origin]]]] = [
        ("项目编号", ((item.id, item.origin) for item in each_item(book))),
        ("部分", ((section.title, section.origin) for section in book.sections)),
        ("判定编号", ((judgement.id, judgement.origin) for judgement in book.judgements)),
        ("星级", ((str(star.star), star.origin) for star in book.stars)),
    ]
    return [fault for kind, names in named for fault in _repeated(kind, names)]


def _repeated(kind: str, names: Iterable[tuple[str, Origin]]) -> Iterator[Fault]:
    first: dict[str, Origin] = {}
    for name, origin in names:
        earlier = first.setdefault(name, origin)
        if earlier is not origin and earlier.file == origin.file:
            yield CHECK_CODES.fault("R321", origin, kind=kind, name=name, first=earlier)


def equal_as_numbers(book: Rulebook) -> list[Fault]:
    """R322: no two item ids are one number to a spreadsheet (2.1 and 2.10)."""
    first: dict[Decimal, str] = {}
    found = []
    for item in each_item(book):
        if not _NUMERIC.fullmatch(item.id):
            continue
        other = first.setdefault(Decimal(item.id), item.id)
        if other != item.id:
            found.append(CHECK_CODES.fault("R322", item.origin, name=item.id, other=other))
    return found


def printed_sums(book: Rulebook) -> list[Fault]:
    """R323: the printed points of a base section are the sum of its items' points, and at most what
    is left to lower layers."""
    found = []
    for section in book.sections:
        points = [item.points for item in section.items]
        if section.kind != "base" or section.points is None or not points:
            continue
        known = [each for each in points if each is not None]
        short = section.points - sum(known)
        if len(known) == len(points) and not 0 <= short <= (section.left or 0):
            found.append(
                CHECK_CODES.fault(
                    "R323",
                    section.origin,
                    section=section.title,
                    printed=plain(section.points),
                    sum=plain(sum(known, Fraction(0))),
                )
            )
    return found


def takes_more_than_held(book: Rulebook) -> list[Fault]:
    """R324: where all clauses together can take more than the item holds (information)."""
    found = []
    for section, item in book.items():
        if section.kind != "base" or item.points is None:
            continue
        taken = [most_taken(book, clause) for clause in item.clauses if clause.form == "deduct"]
        known = [each for each in taken if each is not None]
        most = sum(known, Fraction(0))
        if known and len(known) == len(taken) and most > item.points:
            found.append(
                CHECK_CODES.fault(
                    "R324", item.origin, item=item.id, points=plain(item.points), most=plain(most)
                )
            )
    return found


def idle_items(book: Rulebook) -> list[Fault]:
    """R341: some clause can change the score of every item.

    An item that only sets 0 on conditions starts at 0 and stays there, unless it starts full.
    """
    return [
        CHECK_CODES.fault("R341", item.origin, item=item.id)
        for item in each_item(book)
        if any(_stays_at_zero(each) for each in item.readings())
        or not any(_acts(clause) for _, clause in item.every_clause())
    ]


def _stays_at_zero(item: Item) -> bool:
    """Whether all clauses set 0 on a condition in an item that does not start full (step 6)."""
    return (
        item.starts_at != "full"
        and bool(item.clauses)
        and all(
            clause.form == "score" and clause.amount == 0 and clause.if_ is not None
            for clause in item.clauses
        )
    )


def _acts(clause: Clause) -> bool:
    if clause.inner():
        return any(_acts(inner) for inner in clause.inner())
    if clause.sets:
        return True
    amount = clause.amount
    amounts = amount.values() if isinstance(amount, dict) else (amount,)
    return any(isinstance(each, Between) or each != 0 for each in amounts) and clause.up_to != 0


def no_word_for_not_applicable(book: Rulebook) -> list[Fault]:
    """R342: an item that may not apply says what it gives then (step 7)."""
    if book.defaults.not_applicable is not None:
        return []
    return [
        CHECK_CODES.fault("R342", item.origin, item=item.id)
        for item in each_item(book)
        if item.not_applicable is None and _may_not_apply(book, item)
    ]


def _may_not_apply(book: Rulebook, item: Item) -> bool:
    if item.applies_when is not None:
        return True
    return bool(item.clauses) and all(_may_lapse(book, clause) for clause in item.clauses)


def _may_lapse(book: Rulebook, clause: Clause) -> bool:
    """Whether a clause may not apply: no unit is due, or an inspector answers 不适用."""
    if clause.inner():
        return all(_may_lapse(book, inner) for inner in clause.inner())
    amount = clause.amount
    if isinstance(amount, dict) and clause.form != "score" and clause.by is None:
        return True
    if clause.by is not None and clause.per is None:
        return clause.by not in organisation_columns(book)
    read = [expr for expr in (clause.per, clause.of, clause.if_) if expr is not None]
    return any(_reads_what_lapses(book, expr) for expr in read)


def _reads_what_lapses(book: Rulebook, expr: ex.Expr) -> bool:
    for node in ex.walk(expr):
        if isinstance(node, ex.Found | ex.Present | ex.Lacking):
            return True
        if isinstance(node, ex.Name) and node.name in book.measures:
            measure = book.measures[node.name]
            if measure.missing is not None or measure.short is not None:
                return True
    return False


def two_bases(book: Rulebook) -> list[Fault]:
    """R343: at most one clause of an item sets its base unconditionally (step 6)."""
    found = []
    for item in each_item(book):
        setting = [clause for clause in item.clauses if clause.sets and clause.if_ is None]
        if len(setting) > 1:
            found.append(
                CHECK_CODES.fault("R343", setting[1].origin, item=item.id, count=len(setting))
            )
    return found


def no_start(book: Rulebook) -> list[Fault]:
    """R344: an item of a base section that both deducts and adds says where it starts."""
    return [
        CHECK_CODES.fault("R344", item.origin, item=item.id)
        for section, item in book.items()
        if section.kind == "base" and any(_start_is_open(each) for each in item.readings())
    ]


def _start_is_open(item: Item) -> bool:
    """Whether an item adds and deducts, and nothing says from where."""
    if item.points is None or item.starts_at is not None:
        return False
    forms = {clause.form for _, clause in item.every_clause()}
    sets = any(clause.sets and clause.if_ is None for clause in item.clauses)
    return {"deduct", "add"} <= forms and not sets


def nobody_rates(book: Rulebook) -> list[Fault]:
    """R345: where a person gives the number, somebody's number counts."""
    asked = dict.fromkeys(item.id for item, _, clause in clauses(book) if _asks_a_rater(clause))
    return [
        CHECK_CODES.fault("R345", item.origin, item=item.id)
        for item in each_item(book)
        if item.id in asked and not _somebody_rates(item.raters or book.raters)
    ]


def _somebody_rates(raters: Raters) -> bool:
    return isinstance(raters, Mean) or any(rater != "自评" for rater in raters)


def _asks_a_rater(clause: Clause) -> bool:
    amount = clause.amount
    if isinstance(amount, dict):
        return clause.form == "score" and clause.by is None
    return isinstance(amount, Between) and not isinstance(clause.per, ex.Found)
