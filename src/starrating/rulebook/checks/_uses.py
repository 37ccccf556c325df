"""Every place of a rulebook where an expression stands, and what it may read there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from starrating.origin import Origin
from starrating.rulebook import expressions as ex
from starrating.rulebook.checks._sheets import Kind, columns, organisation_columns
from starrating.rulebook.model import Clause, Item, Measure, Rulebook
from starrating.rulebook.stages import late_measures


class Stand(IntEnum):
    """How far the review has come where an expression is judged (the steps of semantics.md)."""

    SCOPE = 1
    SUBJECT = 4
    TOTAL = 8
    BAND = 10
    STAR = 13


@dataclass(frozen=True, slots=True)
class Use:
    """One expression in its place.

    `where` names the place in Chinese; `wanted` is the kind it must have; `sheet` is the sheet
    whose rows it is judged on; `flags` says whether flags may be read, `results` whether 总分 and
    星级 are those that another rulebook has given.
    """

    expr: ex.Expr
    where: str
    wanted: Kind = "truth"
    stand: Stand = Stand.SUBJECT
    sheet: str | None = None
    flags: bool = False
    results: bool = False


BUILT_INS: dict[str, tuple[Kind, Stand]] = {
    "截止日": ("date", Stand.SCOPE),
    "期初": ("date", Stand.SCOPE),
    "期末": ("date", Stand.SCOPE),
    "签发日": ("date", Stand.SCOPE),
    "成立满月数": ("number", Stand.SCOPE),
    "上年度星级": ("number", Stand.SCOPE),
    "总分": ("number", Stand.BAND),
    "星级": ("number", Stand.STAR),
}
"""The built-in names, and from where on each stands."""

RESULTS = ("总分", "星级")
"""Those that a rulebook gives to a subject."""


def uses(book: Rulebook) -> Iterator[Use]:
    """All expressions of the rulebook, in its own order."""
    for expr, word in ((book.subjects.where, "where"), (book.subjects.rated_when, "rated_when")):
        if expr is not None:
            yield Use(expr, f"subjects 的 {word}", stand=Stand.SCOPE)
    for name, measure in book.measures.items():
        yield from _of_measure(measure, f"指标 {name}")
    for section in book.sections:
        if section.applies_when is not None:
            yield Use(section.applies_when, f"部分“{section.title}”的 applies_when")
        for item in section.items:
            yield from _of_item(book, item)
    if book.total is not None:
        yield Use(book.total, "total", "number", Stand.TOTAL)
    yield from _of_stars(book)
    for judgement in book.judgements:
        yield Use(judgement.if_, f"判定 {judgement.id}", stand=Stand.STAR, flags=True)
        if judgement.then.amount is not None:
            where = f"判定 {judgement.id} 的 amount"
            yield Use(judgement.then.amount, where, "number", Stand.STAR, flags=True)
    for row_check in book.row_checks:
        yield Use(row_check.if_, "row_checks", stand=Stand.SCOPE, sheet=row_check.sheet)


def _of_measure(measure: Measure, where: str) -> Iterator[Use]:
    # What is no measure over rows may read results: it then stands only after them.
    stand = Stand.SCOPE if measure.sheet else Stand.STAR
    figure: Kind = "any" if measure.values is not None else "number"
    written: list[tuple[ex.Expr | None, str, Kind]] = [
        (measure.where, "where", "truth"),
        (measure.distinct, "distinct", "any"),
        (measure.sum_, "sum", figure),
        (measure.average, "average", figure),
        (measure.min_, "min", "any"),
        (measure.max_, "max", "any"),
        (measure.latest, "latest", "any"),
        (measure.share, "share", "truth"),
        *((expr, "ratio", "number") for expr in measure.ratio or ()),
    ]
    if measure.late is not None:
        written += [(measure.late.due, "due", "date"), (measure.late.done, "done", "date")]
    for expr, word, wanted in written:
        if expr is not None:
            yield Use(expr, f"{where}的 {word}", wanted, stand, measure.sheet)
    if measure.weighted_by is not None:
        weight = ex.Name(measure.weighted_by, origin=measure.origin)
        yield Use(weight, f"{where}的 weighted_by", "number", stand, measure.sheet)
    if measure.value is not None:
        yield Use(measure.value, f"{where}的 value", "any", stand)
    if measure.contest is not None:
        yield Use(measure.contest.of, f"{where}的 of", "number", stand)
    below = measure.subordinates
    if below is not None and below.rulebook is not None:
        if below.where is not None:
            yield Use(below.where, f"{where}的 where", results=True)
    elif measure.together is not None:
        if measure.together.where is not None:
            yield Use(measure.together.where, f"{where}的 where", stand=stand)
        if measure.together.of is not None:
            yield Use(measure.together.of, f"{where}的 of", "number", stand)


def _of_item(book: Rulebook, item: Item) -> Iterator[Use]:
    if item.applies_when is not None:
        yield Use(item.applies_when, f"项目 {item.id} 的 applies_when")
    for number, clause in item.every_clause():
        where = f"项目 {item.id} 第 {number} 条"
        if clause.if_ is not None:
            yield Use(clause.if_, where)
        if clause.per is not None and sheet_of(book, clause) is None:
            yield Use(clause.per, where, "number")
        for expr in (clause.of, clause.below, clause.above):
            if expr is not None:
                yield Use(expr, where, "number")
        if clause.bands is not None:
            yield Use(clause.bands.of, where, "number")
        if clause.table is not None:
            for given in clause.table.of:
                yield Use(given, where, "any")
    for name, variant in item.variants.named() if item.variants is not None else ():
        if variant.applies_when is not None:
            yield Use(variant.applies_when, f"项目 {item.id}（{name}）的 applies_when")


def _of_stars(book: Rulebook) -> Iterator[Use]:
    for star in book.stars:
        if star.if_ is not None:
            yield Use(star.if_, f"{star.star} 星的 if", stand=Stand.BAND, flags=True)
        if star.requires is not None:
            yield Use(star.requires, f"{star.star} 星的 requires", stand=Stand.BAND, flags=True)
        if star.at_most is not None and star.at_most.of is not None:
            yield Use(star.at_most.of, f"{star.star} 星名额的 of", stand=Stand.BAND, flags=True)
    if book.moves is not None and book.moves.unless is not None:
        yield Use(book.moves.unless, "moves 的 unless", stand=Stand.BAND, flags=True)
    for lagging in book.lagging:
        if lagging.where is not None:
            yield Use(lagging.where, "lagging 的 where", stand=Stand.STAR, flags=True)


def sheet_of(book: Rulebook, clause: Clause) -> str | None:
    """The sheet that `per:` names itself (`per: 表彰奖励, by: 级别`), or None."""
    if not isinstance(clause.per, ex.Name) or clause.by is None:
        return None
    name = clause.per.name
    return name if name not in book.measures and columns(book, name) is not None else None


def names_at(book: Rulebook, use: Use) -> dict[str, Kind | None]:
    """The names that may be read in a place, with their kinds (None: a measure, see kinds)."""
    known: dict[str, Kind | None] = {
        name: kind
        for name, (kind, stand) in BUILT_INS.items()
        if stand <= use.stand or (use.results and name in RESULTS)
    }
    if use.stand >= Stand.TOTAL:
        known.update((section.title, "number") for section in book.sections)
    known.update(
        (name, kind) for name, kind in organisation_columns(book).items() if name not in BUILT_INS
    )
    if use.sheet is not None:
        known.update(columns(book, use.sheet) or {})
    elif use.stand >= Stand.SUBJECT:
        late = late_measures(book) if use.stand < Stand.STAR else ()
        known.update(dict.fromkeys(name for name in book.measures if name not in late))
    return known


def each_item(book: Rulebook) -> tuple[Item, ...]:
    """The items in the order of the sheet."""
    return tuple(item for section in book.sections for item in section.items)


def items(book: Rulebook) -> dict[str, Item]:
    """The items by id."""
    return {item.id: item for item in each_item(book)}


def clauses(book: Rulebook) -> Iterator[tuple[Item, str, Clause]]:
    """All clauses with their items and numbers."""
    for item in each_item(book):
        for number, clause in item.every_clause():
            yield item, number, clause


def points(book: Rulebook) -> dict[str, Origin]:
    """The check points a rulebook asks for, with the place of their first use."""
    found: dict[str, Origin] = {}
    own = organisation_columns(book)
    for use in uses(book):
        for node in ex.walk(use.expr):
            if isinstance(node, ex.Found):
                found.setdefault(node.point, node.origin)
            elif isinstance(node, ex.Present | ex.Lacking):
                for name in book.lists.get(node.list, ()):
                    found.setdefault(name, node.origin)
    for _, _, clause in clauses(book):
        amount = clause.amount
        if isinstance(amount, dict) and clause.by is None and clause.form != "score":
            for name in amount:
                found.setdefault(name, clause.origin)
        if clause.by is not None and clause.per is None and clause.by not in own:
            found.setdefault(clause.by, clause.origin)
    return found


def flags(book: Rulebook) -> dict[str, list[str]]:
    """The flags that judgements raise, each with the ids of those judgements."""
    raised: dict[str, list[str]] = {}
    for judgement in book.judgements:
        if judgement.then.flag is not None:
            raised.setdefault(judgement.then.flag, []).append(judgement.id)
    return raised


def inherited(book: Rulebook, origin: Origin) -> bool:
    """Whether a place lies in a file that the book extends, which is checked by itself."""
    return origin.file != book.origin.file
