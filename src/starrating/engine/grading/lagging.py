"""倒排建议: the lowest of each group, listed and never changed (semantics.md step 12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil


@dataclass(frozen=True, slots=True)
class Placing:
    """A rated subject that the `where` of a lagging rule holds for, with its rounded low total."""

    code: str
    total: Fraction
    group: str | None = None


def lagging(placings: Iterable[Placing], at_least: Fraction) -> frozenset[str]:
    """The codes of the lowest ceil(`at_least` × group) of each group, ties at the edge included."""
    groups: dict[str | None, list[Placing]] = defaultdict(list)
    for placing in placings:
        groups[placing.group].append(placing)
    found: set[str] = set()
    for members in groups.values():
        count = min(len(members), ceil(at_least * len(members)))
        if count > 0:
            edge = sorted(each.total for each in members)[count - 1]
            found.update(each.code for each in members if each.total <= edge)
    return frozenset(found)
