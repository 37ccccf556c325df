"""Measures and check points: unused, circular, or almost the same."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from starrating.faults import Fault
from starrating.rulebook import expressions as ex
from starrating.rulebook.checks._cycles import cycles
from starrating.rulebook.checks._uses import inherited, points, uses
from starrating.rulebook.checks.codes import CHECK_CODES
from starrating.rulebook.model import Rulebook

_OPPOSITES = frozenset("不未无非没")
_SHORTEST = 4


def unused_measures(book: Rulebook) -> list[Fault]:
    """R351: every measure of the file is read somewhere; a library's are there for others."""
    if book.library:
        return []
    read = {name.name for use in uses(book) for name in ex.names(use.expr)}
    for star in book.stars:
        if star.at_most is not None and not isinstance(star.at_most.on_tie, str):
            read.update(star.at_most.on_tie)
    return [
        CHECK_CODES.fault("R351", measure.origin, name=name)
        for name, measure in book.measures.items()
        if name not in read and not inherited(book, measure.origin)
    ]


def unused_sections(book: Rulebook) -> list[Fault]:
    """R356: a `total:` reads every section, or something else of the rulebook reads what it leaves
    out: a gate of a star, a judgement, an item's score."""
    if book.total is None or book.one_per_section is not None:
        return []
    read = [node for use in uses(book) for node in ex.walk(use.expr)]
    names = {node.name for node in read if isinstance(node, ex.Name)}
    scores = {node.item for node in read if isinstance(node, ex.ItemScore)}
    gated = any(star.each_section is not None for star in book.stars)
    return [
        CHECK_CODES.fault("R356", book.total.origin, section=section.title)
        for section in book.sections
        if section.title not in names
        and not any(item.id in scores for item in section.items)
        and not (gated and section.kind == "base")
    ]


def circular_measures(book: Rulebook) -> list[Fault]:
    """R352: no measure is computed from itself (step 5)."""
    reads = {
        name: [
            read.name
            for expr in measure.formulas
            for read in ex.names(expr)
            if read.name in book.measures
        ]
        for name, measure in book.measures.items()
    }
    return [
        CHECK_CODES.fault(
            "R352", book.measures[chain[0]].origin, chain=" → ".join((*chain, chain[0]))
        )
        for chain in cycles(reads)
    ]


def reads_its_own_results(book: Rulebook) -> list[Fault]:
    """R352: no measure reads what the same rulebook gives only later (step 5)."""
    found = []
    for name, measure in book.measures.items():
        below = measure.subordinates
        if below is not None and below.rulebook == book.id:
            chain = f"{name} → {book.id} 的结果 → {name}"
            found.append(CHECK_CODES.fault("R352", measure.origin, chain=chain))
    return found


def compares_strangers(book: Rulebook) -> list[Fault]:
    """R306: a subordinate graded by another rulebook is not compared under this one."""
    return [
        CHECK_CODES.fault(
            "R306",
            below.where.origin,
            name=read,
            where=f"指标 {name}的 where",
            hint=f"下级由规则 {below.rulebook} 评定，不一定在本规则的范围内，不参加本规则的比较和汇总",
        )
        for name, measure in book.measures.items()
        if (below := measure.subordinates) is not None
        and below.rulebook is not None
        and below.where is not None
        for read in _all_read(book, below.where)
        if book.measures[read].form in ("rank", "best", "subordinates", "group")
    ]


def _all_read(book: Rulebook, expr: ex.Expr) -> list[str]:
    """The measures that an expression reads, itself or through others, each once."""
    waiting = [name.name for name in ex.names(expr)]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop(0)
        if name in book.measures and name not in found:
            found[name] = None
            waiting.extend(
                read.name for expr in book.measures[name].formulas for read in ex.names(expr)
            )
    return list(found)


def near_equal_points(book: Rulebook) -> list[Fault]:
    """R353: two check points that differ by a slip of the hand are one."""
    named = points(book)
    return [
        CHECK_CODES.fault("R353", named[second], name=second, other=first)
        for first, second in combinations(named, 2)
        if _nearly(first, second)
    ]


def _nearly(one: str, other: str) -> bool:
    """Whether two names differ by one character more, or only by their order."""
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST:
        return False
    if len(short) == len(long):
        return Counter(short) == Counter(long) and sum(map(str.__ne__, short, long)) == 2
    if len(long) != len(short) + 1:
        return False
    return any(
        long[:cut] + long[cut + 1 :] == short and long[cut] not in _OPPOSITES
        for cut in range(len(long))
    )
