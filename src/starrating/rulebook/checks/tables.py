"""Decision tables: gaps, overlaps and rows that never count, each with an example input.

The values of every input are cut where the cells tell them apart; each combination of pieces is
tried once. One finding a cause: rows that overlap in many places are named once, and one gap is
reported for each set of rows that leave it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from math import prod

from starrating.faults import Fault
from starrating.number import plain
from starrating.origin import Origin
from starrating.rulebook import expressions as ex
from starrating.rulebook.checks.codes import CHECK_CODES
from starrating.rulebook.chinese import say
from starrating.rulebook.fields import place
from starrating.rulebook.model import Rulebook, Table
from starrating.rulebook.tables import Sample, cell_condition, holds, samples

MAX_PIECES = 20_000


def gaps(book: Rulebook) -> list[Fault]:
    """R361: an input that no row of a table fits, and no `otherwise` catches."""
    found: list[Fault] = []
    for where, table, catches in _tables(book):
        if catches or table.hit == "collect":
            continue
        for values, rows in _tried(table):
            if not rows:
                example = _example(table, values)
                found.append(CHECK_CODES.fault("R361", table.origin, where=where, example=example))
                break
    return found


def overlaps(book: Rulebook) -> list[Fault]:
    """R362: two rows of a `unique` table that one input fits."""
    found: list[Fault] = []
    for where, table, _ in _tables(book):
        if table.hit != "unique":
            continue
        told: set[tuple[int, int]] = set()
        for values, rows in _tried(table):
            for pair in ((one, two) for one in rows for two in rows if one < two):
                if pair not in told:
                    told.add(pair)
                    found.append(
                        CHECK_CODES.fault(
                            "R362",
                            _row_place(table, pair[1]),
                            where=where,
                            first=pair[0] + 1,
                            second=pair[1] + 1,
                            example=_example(table, values),
                        )
                    )
    return found


def idle_rows(book: Rulebook) -> list[Fault]:
    """R363: a row of a `first` table that earlier rows leave nothing to."""
    found: list[Fault] = []
    for where, table, _ in _tables(book):
        if table.hit != "first":
            continue
        reached = {rows[0] for _, rows in _tried(table) if rows}
        found.extend(
            CHECK_CODES.fault("R363", _row_place(table, number), where=where, row=number + 1)
            for number in range(len(table.rows))
            if number not in reached and _tried_at_all(table)
        )
    return found


def _tables(book: Rulebook) -> Iterator[tuple[str, Table, bool]]:
    """Every table with the words for its place, and whether an `otherwise` catches the rest."""
    for _, item in book.items():
        for number, clause in item.every_clause():
            if clause.table is not None:
                catches = clause.table.otherwise is not None
                yield f"项目 {item.id} 第{number}条", clause.table, catches
    for judgement in book.judgements:
        if judgement.table is not None:
            yield f"判定 {judgement.id}", judgement.table, True


def _columns(table: Table) -> list[list[ex.Expr]]:
    return [
        [_condition(given, row[column]) for row in table.rows]
        for column, given in enumerate(table.of)
    ]


def _condition(given: ex.Expr, cell: str) -> ex.Expr:
    condition = cell_condition(given, cell)
    # A cell that says nothing was refused when the file was read.
    assert condition is not None
    return condition


def _pieces(table: Table) -> list[tuple[Sample, ...]]:
    return [samples(column) for column in _columns(table)]


def _tried_at_all(table: Table) -> bool:
    return prod(len(column) for column in _pieces(table)) <= MAX_PIECES


def _tried(table: Table) -> Iterator[tuple[tuple[Sample, ...], tuple[int, ...]]]:
    """Each combination of pieces with the rows that fit it; nothing for an oversized table."""
    pieces, columns = _pieces(table), _columns(table)
    if prod(len(column) for column in pieces) > MAX_PIECES:
        return
    for values in product(*pieces):
        rows = tuple(
            number
            for number in range(len(table.rows))
            if all(
                holds(column[number], given, value)
                for column, given, value in zip(columns, table.of, values, strict=True)
            )
        )
        yield values, rows


def _row_place(table: Table, number: int) -> Origin:
    return place(table.rows[number][0])


def _example(table: Table, values: Sequence[Sample]) -> str:
    return "，".join(
        f"{say(given)}={_text(value)}" for given, value in zip(table.of, values, strict=True)
    )


def _text(value: Sample) -> str:
    if value is None:
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value
