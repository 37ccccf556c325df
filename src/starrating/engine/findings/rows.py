"""Makes the rows of findings.csv: exact numbers, canonical details, a sentence of format 1."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from starrating.engine.format1 import render
from starrating.number import plain, round_half_up, to_decimal
from starrating.origin import Origin
from starrating.results.model import FindingRow

Detail = dict[str, str | list[str]]
"""What a sentence of format 1 is made of; what is empty is left out."""

Points = tuple[Fraction, Fraction]
"""The points of a row as they act on the total: when facts are low, and when they are high."""


@dataclass(frozen=True, slots=True)
class RowMaker:
    """Makes the rows of one subject under one rulebook."""

    rulebook: str
    code: str

    def row(
        self,
        tail: str,
        kind: str,
        message: str,
        detail: Detail,
        *,
        item: str | None = None,
        clause: str | None = None,
        quantity: Fraction | None = None,
        points: Fraction | None = None,
        set_aside: bool = False,
        rule: Origin | None = None,
        sources: Iterable[str] = (),
    ) -> FindingRow:
        """One row; `tail` names it among the subject's."""
        told, text = _told(message, tuple(_kept(detail)))
        return FindingRow(
            finding=f"{self.code}-{tail}",
            rulebook=self.rulebook,
            code=self.code,
            item=item,
            clause=clause,
            kind=kind,
            quantity=_short(quantity),
            points=_short(points),
            detail=told,
            set_aside=set_aside,
            rule=f"{rule.file}:{rule.line}" if rule is not None and rule.file else None,
            sources="; ".join(dict.fromkeys(sources)) or None,
            message=message,
            text=text,
        )


canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""A detail as it stands in findings.csv."""


def _kept(detail: Detail) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """What of a detail is not empty, in the order of its keys."""
    for key, value in sorted(detail.items()):
        if value:
            yield key, value if isinstance(value, str) else tuple(value)


@lru_cache(maxsize=4096)
def _told(
    message: str, detail: tuple[tuple[str, str | tuple[str, ...]], ...]
) -> tuple[str | None, str]:
    """A detail as it stands in findings.csv, and its sentence: many organisations share both."""
    kept = {key: value if isinstance(value, str) else list(value) for key, value in detail}
    return canonical(kept) if kept else None, render(message, kept)


def _short(number: Fraction | None) -> Decimal | None:
    """A number as it stands in a csv: exact up to 12 decimals, an endless ratio rounded to 4."""
    if number is None:
        return None
    if 10**12 % number.denominator:
        number = round_half_up(number, 4)
    return to_decimal(number)


def signed(number: Fraction) -> str:
    """A number with its sign."""
    return f"+{plain(number)}" if number > 0 else plain(number)


def high_reading(points: Points) -> str:
    """The high reading of a row where it differs from the low one."""
    return signed(points[1]) if points[0] != points[1] else ""


def numbered(rows: Sequence[FindingRow]) -> tuple[FindingRow, ...]:
    """The rows with unique ids: a second row of one id gets `.2`, and so on."""
    seen: dict[str, int] = {}
    kept = []
    for row in rows:
        count = seen[row.finding] = seen.get(row.finding, 0) + 1
        kept.append(row if count == 1 else replace(row, finding=f"{row.finding}.{count}"))
    return tuple(kept)
