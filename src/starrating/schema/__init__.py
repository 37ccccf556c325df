"""The sheets that come in: their columns, types and what a blank or absent row means.

This is the model that rulebook, records and engine share (semantics.md
steps 1 and 4). A rulebook adds columns and sheets through `Schema.extended`.
"""

from starrating.schema.columns import ORGANISATION
from starrating.schema.model import Blank, Column, ColumnType, DateKind, Sheet
from starrating.schema.names import (
    ACTIVITIES,
    CHANGES,
    CHECKS,
    CORRECTIONS,
    COUNTS,
    DECISIONS,
    EVIDENCE,
    HONOURS,
    LEDGER,
    LEVELS,
    NEGATIVES,
    OBJECTIONS,
    ORGANISATIONS,
    PARENT,
    PEOPLE_SHEETS,
    POLLS,
    PROBLEMS,
    SCORES,
    STAGES,
)
from starrating.schema.whole import STANDARD, Schema

__all__ = [
    "ACTIVITIES",
    "CHANGES",
    "CHECKS",
    "CORRECTIONS",
    "COUNTS",
    "DECISIONS",
    "EVIDENCE",
    "HONOURS",
    "LEDGER",
    "LEVELS",
    "NEGATIVES",
    "OBJECTIONS",
    "ORGANISATION",
    "ORGANISATIONS",
    "PARENT",
    "PEOPLE_SHEETS",
    "POLLS",
    "PROBLEMS",
    "SCORES",
    "STAGES",
    "STANDARD",
    "Blank",
    "Column",
    "ColumnType",
    "DateKind",
    "Schema",
    "Sheet",
]
