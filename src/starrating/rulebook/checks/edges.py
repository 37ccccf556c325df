"""Edges: of bands inside items, and of the stars."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from starrating.faults import Fault
from starrating.number import exact, plain
from starrating.rulebook.checks._amounts import most_total
from starrating.rulebook.checks._uses import clauses
from starrating.rulebook.checks.codes import CHECK_CODES
from starrating.rulebook.model import Bands, Rulebook


def _all_bands(book: Rulebook) -> Iterator[tuple[str, Bands, list[Fraction]]]:
    """The bands of all clauses with their place in Chinese and their edges as written."""
    for item, number, clause in clauses(book):
        if clause.bands is None:
            continue
        written = clause.bands.from_ or clause.bands.over or clause.bands.upto or {}
        edges = [edge for edge in map(exact, written) if edge is not None]
        yield f"项目 {item.id} 第 {number} 条", clause.bands, edges


def bands_out_of_order(book: Rulebook) -> list[Fault]:
    """R325: lower edges are written from high to low, upper edges from low to high."""
    found = []
    for where, bands, edges in _all_bands(book):
        rising = bands.upto is not None
        steps = list(pairwise(edges))
        if any((high < low) if rising else (high > low) for low, high in steps):
            hint = "upto 的界线由低到高写" if rising else "from、over 的界线由高到低写"
            found.append(CHECK_CODES.fault("R325", bands.origin, where=where, hint=hint))
    return found


def equal_edges(book: Rulebook) -> list[Fault]:
    """R326: no edge stands twice (100 and 100.0)."""
    found = []
    for where, bands, edges in _all_bands(book):
        twice = dict.fromkeys(edge for edge in edges if edges.count(edge) > 1)
        found += [
            CHECK_CODES.fault("R326", bands.origin, edge=plain(edge), where=where) for edge in twice
        ]
    return found


def open_bands(book: Rulebook) -> list[Fault]:
    """R327: every value falls into a band, or `otherwise` says what it gets."""
    found = []
    for where, bands, edges in _all_bands(book):
        if bands.otherwise is None and edges:
            outside = max(edges) + 1 if bands.upto is not None else min(edges) - 1
            example = plain(outside)
            found.append(CHECK_CODES.fault("R327", bands.origin, where=where, example=example))
    return found


def stars_out_of_order(book: Rulebook) -> list[Fault]:
    """R328: a higher star has a higher edge."""
    by_total = [star for star in book.stars if star.from_ is not None]
    ranked = sorted(by_total, key=lambda star: star.star, reverse=True)
    return [
        CHECK_CODES.fault(
            "R328",
            high.origin,
            high=high.star,
            edge=plain(high.edge),
            low=low.star,
            lower=plain(low.edge),
        )
        for high, low in pairwise(ranked)
        if high.star != low.star and high.edge <= low.edge
    ]


def stars_out_of_reach(book: Rulebook) -> list[Fault]:
    """R329: some total reaches every star."""
    most = most_total(book)
    if most is None or not book.sections or book.one_per_section is not None:
        return []
    return [
        CHECK_CODES.fault(
            "R329", star.origin, star=star.star, edge=plain(star.edge), most=plain(most)
        )
        for star in book.stars
        if star.from_ is not None and star.from_ > most
    ]
