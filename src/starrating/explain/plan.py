"""What a story tells of the review as a whole: from plan/plan.json and the manifest of an archive."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from starrating.archive.bundle import Bundle, number_of
from starrating.results.model import ItemHead, RulebookHead


class MalformedPlan(ValueError):
    """A plan/plan.json that no writer of ours can have written."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A review as carried out: its head, its rulebooks, the items of their sheets in order.

    `number` is 结果编号, the first 12 hex digits of the results digest.
    """

    title: str
    period: str
    period_from: date
    period_until: date
    cut_off: date
    stage: str
    number: str
    level: str | None = None
    issued: date | None = None
    rulebooks: tuple[RulebookHead, ...] = ()
    items: tuple[ItemHead, ...] = ()
    office: Mapping[str, str] = field(default_factory=dict)

    def names(self, rulebook: str) -> Mapping[int, str | None]:
        """A rulebook's own names of its stars."""
        return next((dict(book.stars) for book in self.rulebooks if book.id == rulebook), {})


def plan_of(bundle: Bundle) -> Plan:
    """The plan of an archive; one that cannot be read raises MalformedPlan."""
    facts = bundle.facts
    try:
        document = json.loads(bundle.plan["plan.json"])
        books = tuple(_book(each) for each in document["rulebooks"])
        items = tuple(_item(each) for each in document["items"])
        office = {str(fact): str(said) for fact, said in document["office"].items()}
    except (
        KeyError,
        TypeError,
        ValueError,
        ArithmeticError,
        AttributeError,
        RecursionError,
    ) as error:
        raise MalformedPlan(f"plan/plan.json: {error}") from error
    return Plan(
        facts.title,
        facts.period,
        facts.period_from,
        facts.period_until,
        facts.cut_off,
        facts.stage,
        number_of(bundle),
        facts.level,
        facts.issued,
        books,
        items,
        office,
    )


def _book(entry: Mapping[str, Any]) -> RulebookHead:
    return RulebookHead(
        str(entry["id"]),
        str(entry["version"]),
        str(entry["title"]),
        str(entry["why"]),
        str(entry["path"]),
        bool(entry.get("stars")),
        tuple((int(star), name) for star, name in entry.get("stars", ())),
        tuple((int(star), str(by)) for star, by in entry.get("named_by", ())),
    )


def _item(entry: Mapping[str, Any]) -> ItemHead:
    points = entry.get("points")
    return ItemHead(
        str(entry["rulebook"]),
        str(entry["id"]),
        str(entry["title"]),
        str(entry["section"]),
        None if points is None else Decimal(points),
        entry.get("basis"),
    )
