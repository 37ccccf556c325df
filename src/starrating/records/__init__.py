"""The records room: what was inspected, the plan, and the calendar."""

from __future__ import annotations

from starrating.records.calendar import Calendar, YearCalendar, read_calendar
from starrating.records.folder import read_records
from starrating.records.frames import records_from_frames
from starrating.records.given import records_from_rows
from starrating.records.model import (
    UNREADABLE,
    Answer,
    AnswerCell,
    Cell,
    Organisation,
    Records,
    Row,
    Table,
    Unreadable,
    Unused,
)
from starrating.records.period import Period
from starrating.records.plan import Plan, find_plan, plan_from_bytes, read_plan

__all__ = [
    "UNREADABLE",
    "Answer",
    "AnswerCell",
    "Calendar",
    "Cell",
    "Organisation",
    "Period",
    "Plan",
    "Records",
    "Row",
    "Table",
    "Unreadable",
    "Unused",
    "YearCalendar",
    "find_plan",
    "plan_from_bytes",
    "read_calendar",
    "read_plan",
    "read_records",
    "records_from_frames",
    "records_from_rows",
]
