"""Cycles in small directed graphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def cycles(edges: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """One cycle through each group of nodes that reach each other, in the order of `edges`.

    A cycle begins with its first node in that order; each node stands in one cycle at most.
    """
    found: list[tuple[str, ...]] = []
    taken: set[str] = set()
    for start in edges:
        if start in taken:
            continue
        path = _way_back(start, edges)
        if path is not None and not taken & set(path):
            found.append(path)
            taken.update(path)
    return found


def _way_back(start: str, edges: Mapping[str, Iterable[str]]) -> tuple[str, ...] | None:
    """The shortest way from a node back to itself."""
    seen: set[str] = set()
    waiting: list[tuple[str, ...]] = [(start,)]
    while waiting:
        path = waiting.pop(0)
        for following in edges.get(path[-1], ()):
            if following == start:
                return path
            if following not in seen:
                seen.add(following)
                waiting.append((*path, following))
    return None
