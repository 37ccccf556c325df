"""What an item reads, and what a record may be a fault of: the same keys for both."""

from __future__ import annotations

from starrating.schema import CHECKS, COUNTS, SCORES

Key = tuple[str, ...]
"""A sheet, or one name on it: a check point, an item that people score, a measure counted."""

LISTED: Key = ("",)
"""Words looked up in a list of the rules, tables of which one row may hold, measures that look at
other organisations: no pass over an organisation's records tells whether they are in order, so that
they are looked up for every one."""


def rows_of(sheet: str) -> Key:
    """The rows of a sheet, for what makes any of them a fault."""
    return (sheet,)


def point(name: str) -> Key:
    """The rows of a check point."""
    return (CHECKS, name)


def rating(item: str) -> Key:
    """People's scores for an item."""
    return (SCORES, item)


def counted(measure: str) -> Key:
    """Counts written down for a measure."""
    return (COUNTS, measure)
