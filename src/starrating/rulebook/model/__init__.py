"""What the rules are: the surface model of format 1, as written, with the place of every part.

Each class is one block of the rule language (docs/language.md); the evaluators interpret it
directly. Blocks refuse unknown words; numbers are exact fractions.
"""

from __future__ import annotations

from starrating.rulebook.model.block import Block, Forms
from starrating.rulebook.model.book import (
    Case,
    CasePlan,
    Changes,
    Rulebook,
    Superior,
    Waiver,
    as_written,
)
from starrating.rulebook.model.clauses import (
    Bands,
    Clause,
    PointsTable,
    Table,
    TruthTable,
    truth_condition,
)
from starrating.rulebook.model.columns import (
    CheckPolicy,
    ColumnDecl,
    ColumnEntry,
    Defaults,
    Extends,
    InForce,
    Issued,
    Points,
    RowCheck,
    Subjects,
    TableDecl,
    Term,
)
from starrating.rulebook.model.items import Item, Section, Variant, Variants
from starrating.rulebook.model.judgements import Duty, Effect, Judgement
from starrating.rulebook.model.measures import (
    GroupDecl,
    Late,
    Measure,
    RankDecl,
    ReviewDecl,
    SubordinatesDecl,
    Units,
)
from starrating.rulebook.model.stars import UNREACHABLE, AtMost, Lagging, Moves, PerSection, Star

__all__ = [
    "UNREACHABLE",
    "AtMost",
    "Bands",
    "Block",
    "Case",
    "CasePlan",
    "Changes",
    "CheckPolicy",
    "Clause",
    "ColumnDecl",
    "ColumnEntry",
    "Defaults",
    "Duty",
    "Effect",
    "Extends",
    "Forms",
    "GroupDecl",
    "InForce",
    "Issued",
    "Item",
    "Judgement",
    "Lagging",
    "Late",
    "Measure",
    "Moves",
    "PerSection",
    "Points",
    "PointsTable",
    "RankDecl",
    "ReviewDecl",
    "RowCheck",
    "Rulebook",
    "Section",
    "Star",
    "Subjects",
    "SubordinatesDecl",
    "Superior",
    "Table",
    "TableDecl",
    "Term",
    "TruthTable",
    "Units",
    "Variant",
    "Variants",
    "Waiver",
    "as_written",
    "truth_condition",
]
