"""What documents are made of: an archive's results with the words of its plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from starrating.archive.bundle import Bundle
from starrating.explain.plan import Plan, plan_of
from starrating.records import Calendar
from starrating.records.plan import plan_from_bytes
from starrating.report.words import UNKNOWN
from starrating.results.tables import Tables, read_tables
from starrating.reviewing.restored import calendar_in


@dataclass(frozen=True, slots=True)
class Matter:
    """An archive as documents read it: its plan, its tables, how results are made public, and the
    working days that it keeps."""

    plan: Plan
    tables: Tables
    publicity: Mapping[str, str] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)

    def of_office(self, fact: str) -> str:
        """A fact of the office (name, contact, phone) as it is printed."""
        return self.plan.office.get(fact) or UNKNOWN

    @property
    def dated(self) -> str:
        """The day of issue as it is printed."""
        return day_word(self.plan.issued)


def matter_of(bundle: Bundle, number: str | None = None) -> Matter:
    """The matter of an archive, under another 结果编号 if one is given; MalformedPlan or
    MalformedTable where no writer of ours made it."""
    plan = plan_of(bundle)
    if number is not None:
        plan = replace(plan, number=number)
    written, _ = plan_from_bytes(bundle.plan.get("plan.yaml", b""))
    return Matter(
        plan,
        read_tables(bundle.results),
        dict(written.publicity) if written is not None else {},
        calendar_in(bundle),
    )


def day_word(day: date | None) -> str:
    """A day as it is printed: 2024年1月8日; one that is not known as blanks to fill in."""
    if day is None:
        return f"{UNKNOWN}年___月___日"
    return f"{day.year}年{day.month}月{day.day}日"
