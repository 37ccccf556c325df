"""References: lists, items, sheets, columns, terms and duties that are named exist."""

from __future__ import annotations

from collections.abc import Iterator

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.rulebook import expressions as ex
from starrating.rulebook.checks._sheets import columns, sheets
from starrating.rulebook.checks._uses import (
    BUILT_INS,
    clauses,
    flags,
    items,
    points,
    sheet_of,
    uses,
)
from starrating.rulebook.checks.codes import CHECK_CODES
from starrating.rulebook.model import Clause, Measure, Rulebook
from starrating.rulebook.suggest import did_you_mean
from starrating.schema import ORGANISATIONS

_UNITS = ("day", "week", "month", "quarter", "half", "year")
_PERIODS = ("year", "half", "quarter", "month")


def unknown_lists(book: Rulebook) -> list[Fault]:
    """R302: present and lacking name a list of the rulebook."""
    return [
        CHECK_CODES.fault(
            "R302",
            node.origin,
            name=node.list,
            where=use.where,
            hint=did_you_mean(node.list, book.lists, "先在 lists 中声明"),
        )
        for use in uses(book)
        for node in ex.walk(use.expr)
        if isinstance(node, ex.Present | ex.Lacking) and node.list not in book.lists
    ]


def unknown_items(book: Rulebook) -> list[Fault]:
    """R305: 得分("2.1") and `item: 2.1` name an item."""
    known = items(book)
    asked: list[tuple[str, Origin, str]] = [
        (node.item, node.origin, use.where)
        for use in uses(book)
        for node in ex.walk(use.expr)
        if isinstance(node, ex.ItemScore)
    ]
    asked += [
        (judgement.then.item, judgement.then.origin, f"判定 {judgement.id}")
        for judgement in book.judgements
        if judgement.then.item is not None
    ]
    return [
        CHECK_CODES.fault(
            "R305", origin, name=name, where=where, hint=did_you_mean(name, known, "核对项目编号")
        )
        for name, origin, where in asked
        if name not in known
    ]


def unknown_sheets(book: Rulebook) -> list[Fault]:
    """R303: measures, row checks and further columns name a sheet."""
    asked = [
        (measure.sheet, measure.origin, f"指标 {name}")
        for name, measure in book.measures.items()
        if measure.sheet is not None
    ]
    asked += [(check.sheet, check.origin, "row_checks") for check in book.row_checks]
    asked += [(sheet, book.origin, "columns") for sheet in book.columns]
    known = sheets(book)
    return [
        CHECK_CODES.fault(
            "R303",
            origin,
            name=name,
            where=where,
            hint=did_you_mean(name, known, f"可用的表：{'、'.join(known)}"),
        )
        for name, origin, where in asked
        if name not in known
    ]


def unknown_columns(book: Rulebook) -> list[Fault]:
    """R304: every column named outside an expression exists in its sheet."""
    found = []
    for sheet, name, origin, where in _columns_named(book):
        known = columns(book, sheet)
        if known is not None and name not in known:
            hint = did_you_mean(name, known, f"该表的列：{'、'.join(known)}")
            found.append(
                CHECK_CODES.fault("R304", origin, sheet=sheet, name=name, where=where, hint=hint)
            )
    return found


def _columns_named(book: Rulebook) -> Iterator[tuple[str, str, Origin, str]]:
    for name, measure in book.measures.items():
        yield from _of_measure(measure, f"指标 {name}")
    for item, number, clause in clauses(book):
        sheet = _rows_of(book, clause)
        if sheet is not None and clause.by is not None:
            yield sheet, clause.by, clause.origin, f"项目 {item.id} 第 {number} 条的 by"
    for _, item in book.items():
        by = item.variants.by if item.variants is not None else None
        if by is not None and by not in book.measures and by not in BUILT_INS:
            yield ORGANISATIONS, by, item.origin, f"项目 {item.id} 的 variants"
    for star in book.stars:
        if star.at_most is not None and star.at_most.among is not None:
            where = f"{star.star} 星名额的 among"
            yield from _group(star.at_most.among, star.at_most.origin, where)
    for lagging in book.lagging:
        if lagging.among is not None:
            yield from _group(lagging.among, lagging.origin, "lagging 的 among")


def _of_measure(measure: Measure, where: str) -> Iterator[tuple[str, str, Origin, str]]:
    if measure.sheet is not None and measure.of is not None:
        yield measure.sheet, measure.of, measure.origin, f"{where}的 of"
    if measure.field is not None:
        yield ORGANISATIONS, measure.field, measure.origin, f"{where}的 field"
    if measure.among is not None:
        yield from _group(measure.among, measure.origin, f"{where}的 among")


def _group(name: str, origin: Origin, where: str) -> Iterator[tuple[str, str, Origin, str]]:
    """A group is a column of 党组织; an ancestor is named by 上级党组织."""
    yield ORGANISATIONS, name, origin, where


def _rows_of(book: Rulebook, clause: Clause) -> str | None:
    """The sheet whose rows `per` with `by` goes over."""
    sheet = sheet_of(book, clause)
    if sheet is None and isinstance(clause.per, ex.Name):
        measure = book.measures.get(clause.per.name)
        return measure.sheet if measure is not None else None
    return sheet


def unknown_breakers(book: Rulebook) -> list[Fault]:
    """R301: the names in `on_tie:` are measures (step 12)."""
    return [
        CHECK_CODES.fault(
            "R301",
            star.at_most.origin,
            name=name,
            where=f"{star.star} 星名额的 on_tie",
            hint=did_you_mean(name, book.measures, "先在 measures 中声明"),
        )
        for star in book.stars
        if star.at_most is not None and not isinstance(star.at_most.on_tie, str)
        for name in star.at_most.on_tie
        if name not in book.measures
    ]


def unknown_matters(book: Rulebook) -> list[Fault]:
    """R346: what `second_person:` lists is the star, or a flag that is raised or read (step 16)."""
    read = {
        node.flag
        for use in uses(book)
        for node in ex.walk(use.expr)
        if isinstance(node, (ex.Flagged, ex.Confirmed, ex.Denied))
    }
    known = {"星级", *flags(book), *read}
    return [
        CHECK_CODES.fault(
            "R346",
            book.origin,
            name=name,
            hint=did_you_mean(name, known, "可写星级和判定所列的标识"),
        )
        for name in book.second_person
        if name not in known
    ]


def unknown_terms(book: Rulebook) -> list[Fault]:
    """R308: a unit of `missing` and `short`, and the period, is of the calendar or a named term."""
    asked: list[tuple[str, Origin, str, tuple[str, ...]]] = []
    if book.period not in _PERIODS:
        asked.append((book.period, book.origin, "period", _PERIODS))
    for name, measure in book.measures.items():
        asked += [
            (units.every.unit, units.origin, f"指标 {name}", _UNITS)
            for units in (measure.missing, measure.short)
            if units is not None and not units.every.months
        ]
    return [
        CHECK_CODES.fault(
            "R308",
            origin,
            name=name,
            where=where,
            hint=did_you_mean(
                name, (*known, *book.terms), f"可用：{'、'.join((*known, *book.terms))}"
            ),
        )
        for name, origin, where, known in asked
        if name not in known and name not in book.terms
    ]


def idle_duties(book: Rulebook) -> list[Fault]:
    """R307: a key of `rectification` names an item, a check point, a judgement or a flag."""
    known = {
        "default",
        *items(book),
        *points(book),
        *(judgement.id for judgement in book.judgements),
        *flags(book),
    }
    return [
        CHECK_CODES.fault(
            "R307", duty.origin, name=name, hint=did_you_mean(name, known, "核对名称，或删去")
        )
        for name, duty in book.rectification.items()
        if name not in known
    ]


def idle_silences(book: Rulebook) -> list[Fault]:
    """R310: `task: none` names what can lose points: an item, a check point, or the default."""
    losing = {"default", *items(book), *points(book)}
    named = {judgement.id for judgement in book.judgements} | flags(book).keys()
    return [
        CHECK_CODES.fault("R310", duty.origin, name=name)
        for name, duty in book.rectification.items()
        if duty.no_task and name in named - losing
    ]


def idle_counts(book: Rulebook) -> list[Fault]:
    """R309: a point of `checks: {count: …}` is used by some clause."""
    known = points(book)
    return [
        CHECK_CODES.fault(
            "R309",
            book.checks.origin,
            name=name,
            hint=did_you_mean(name, known, "核对名称，或删去"),
        )
        for name in book.checks.count
        if name not in known
    ]
