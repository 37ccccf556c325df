"""Holds the kernel to the reference: facets of every subject, findings as columns, every result row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import zip_longest
from typing import Any

from engine.kernel.held import differences
from engine.kernel.whole import whole_differences
from equality.reading import read
from starrating.engine import readout, reference
from starrating.engine.evaluation import Evaluation
from starrating.engine.kernel.expressions.operations import Overflow
from starrating.results.model import Results
from starrating.reviewing.evaluate import review
from starrating.reviewing.ground import Ground
from starrating.rulecases import ground_of

TABLES = (
    "subjects", "items", "findings", "tasks", "flags", "ratings", "pending", "faults", "headroom",
    "decisions",
)  # fmt: skip


@dataclass
class Compared:
    """What the two evaluators were held to, and each difference."""

    lines: list[str] = field(default_factory=list)
    subjects: int = 0
    findings: int = 0
    tasks: int = 0
    refused: bool = False


def ground(document: Mapping[str, Any]) -> Ground:
    """The review that a drawn document stands for."""
    book = read(document)
    return ground_of(book, book.cases[0], "native")


def compared(document: Mapping[str, Any]) -> Compared:
    """Review a drawn document by both; `refused` where exact integers could pass 2⁶³."""
    return held(ground(document))


def held(on: Ground) -> Compared:
    """Review by the reference, and hold the kernel to it at each step and in every row."""
    found = Compared()
    made: list[tuple[Evaluation, Any]] = []

    def told(setting: Any, decided: Any, prefer: Any) -> Evaluation:
        made.append((reference.evaluate(setting, decided, prefer), decided))
        return made[-1][0]

    wanted = review(replace(on, evaluate=told)).results
    try:
        own = review(replace(on, evaluate=readout.evaluate)).results
        found.lines += row_differences(wanted, own)
        for evaluation, decided in made:
            found.lines += whole_differences(evaluation, decided)[1]
            # Last, for it asks the reference for measures that the review had no need of.
            found.lines += differences(evaluation)[1]
    except Overflow:
        return Compared(refused=True)
    found.subjects, found.findings = len(wanted.subjects), len(wanted.findings)
    found.tasks = len(wanted.tasks)
    return found


def row_differences(wanted: Results, own: Results) -> list[str]:
    """Lines that name the first row of each table in which two results differ."""
    found = []
    for table in TABLES:
        for row, other in zip_longest(getattr(wanted, table), getattr(own, table)):
            if row != other:
                found.append(f"{table}: {_told(row, other)}")
                break
    if (wanted.computed is None) != (own.computed is None):
        found.append("computed: only one has it")
    elif wanted.computed is not None and own.computed is not None:
        found += [f"computed {line}" for line in row_differences(wanted.computed, own.computed)]
    return found


def _told(row: Any, other: Any) -> str:
    if row is None or other is None or not hasattr(row, "__dataclass_fields__"):
        return f"{row}, kernel {other}"
    names = [
        each.name for each in fields(row) if getattr(row, each.name) != getattr(other, each.name)
    ]
    parts = [f"{name} {getattr(row, name)}, kernel {getattr(other, name)}" for name in names]
    return f"{'; '.join(parts)} of {row}"
