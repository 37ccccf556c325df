"""Why an organisation should rather be looked at: simple risks, each with its printed weight."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from starrating.results.model import FindingRow, ItemRow, RatingRow, SubjectRow
from starrating.results.tables import Tables

BASE_WEIGHT = 1
_NEAR = Decimal(1)
_LARGE_RISE = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """One rated organisation: its stratum, and the risks that add to its weight."""

    row: SubjectRow
    risks: tuple[Risk, ...]

    @property
    def weight(self) -> int:
        """The base weight and those of its risks."""
        return BASE_WEIGHT + sum(risk.weight for risk in self.risks)

    @property
    def town(self) -> str:
        """The town it is counted under; empty where none is given."""
        return self.row.town or ""

    @property
    def star(self) -> int:
        """The star shown."""
        return self.row.star or 0


@dataclass(frozen=True, slots=True)
class _Own:
    """All that an archive says of one organisation."""

    row: SubjectRow
    items: list[ItemRow] = field(default_factory=list)
    findings: list[FindingRow] = field(default_factory=list)
    ratings: list[RatingRow] = field(default_factory=list)

    def human_share(self) -> tuple[Decimal, Decimal]:
        """The printed points of the items that a person rated, and of all items."""
        rated = {rating.item for rating in self.ratings if rating.used}
        points = {item.item: item.points or Decimal(0) for item in self.items}
        return sum((points.get(item, Decimal(0)) for item in rated), Decimal(0)), sum(
            points.values(), Decimal(0)
        )

    def edges(self) -> Iterator[Decimal]:
        """The edge that was reached and the next one above."""
        for finding in self.findings:
            if finding.kind == "band":
                detail = json.loads(finding.detail or "{}")
                yield from (Decimal(detail[key]) for key in ("edge", "next_edge") if key in detail)


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk: the words it is printed with, its weight, and when it holds."""

    words: str
    weight: int
    holds: Callable[[_Own], bool]


def _near_an_edge(own: _Own) -> bool:
    total = own.row.total_low
    return total is not None and any(abs(total - edge) <= _NEAR for edge in own.edges() if edge)


def _mostly_human(own: _Own) -> bool:
    part, whole = own.human_share()
    return whole > 0 and part * 2 >= whole


def _partly_human(own: _Own) -> bool:
    part, whole = own.human_share()
    return whole > 0 and part * 5 >= whole and not _mostly_human(own)


def _open(own: _Own) -> bool:
    return own.row.state in {"provisional", "undecided"}


def _rose(own: _Own) -> bool:
    last, star = own.row.last_star, own.row.star
    return last is not None and star is not None and star - last >= _LARGE_RISE


def _people_acted(own: _Own) -> bool:
    return bool(own.row.decided_star) or any(finding.set_aside for finding in own.findings)


RISKS = (
    Risk("总分距星级分数线不超过1分", 3, _near_an_edge),
    Risk("比上年升两星以上", 3, _rose),
    Risk("人工评分的项目占总分值一半以上", 2, _mostly_human),
    Risk("人工评分的项目占总分值五分之一以上", 1, _partly_human),
    Risk("星级暂定或待定", 2, _open),
    Risk("有审定或异议复核改变", 2, _people_acted),
)


def candidates_of(tables: Tables) -> tuple[Candidate, ...]:
    """The organisations that were given a star, in code order, each with its risks."""
    rows = [row for row in tables.subjects if row.rated and row.star is not None]
    own: Mapping[tuple[str, str], _Own] = {(row.rulebook, row.code): _Own(row) for row in rows}
    for item in tables.items:
        if (found := own.get((item.rulebook, item.code))) is not None:
            found.items.append(item)
    for finding in tables.findings:
        if (found := own.get((finding.rulebook, finding.code))) is not None:
            found.findings.append(finding)
    for rating in tables.ratings:
        if (found := own.get((rating.rulebook, rating.code))) is not None:
            found.ratings.append(rating)
    return tuple(
        Candidate(each.row, tuple(risk for risk in RISKS if risk.holds(each)))
        for each in sorted(own.values(), key=lambda each: each.row.code)
    )
