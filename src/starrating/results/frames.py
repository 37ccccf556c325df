"""Results as pandas DataFrames, for notebooks (docs/python.md).

Scores, points and quantities are Decimal objects, never binary floats; stars are Int64;
texts, dates and missing values stay what they are (None, not NaN).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from starrating.faults import Fault
from starrating.results import columns
from starrating.results.columns import File, Kind
from starrating.results.model import Results
from starrating.results.tables import Tables, fault_place

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {Kind.WHOLE: "Int64", Kind.TRUTH: "bool"}


Rows = Results | Tables
"""The rows of a review as made, or as read from its files."""


class Frames(ABC):
    """A review's rows as DataFrames, each made when it is first asked for.

    Scores, points and quantities are Decimal, never floats.
    """

    @abstractmethod
    def rows(self) -> Rows:
        """The rows that the frames show."""

    @cached_property
    def subjects(self) -> pd.DataFrame:
        """The organisations, columns as subjects.csv."""
        return subjects_frame(self.rows())

    @cached_property
    def items(self) -> pd.DataFrame:
        """The items, columns as items.csv."""
        return items_frame(self.rows())

    @cached_property
    def findings(self) -> pd.DataFrame:
        """Every step of the arithmetic and of the way to the star, columns as findings.csv."""
        return findings_frame(self.rows())

    @cached_property
    def tasks(self) -> pd.DataFrame:
        """The rectification tasks, columns as tasks.csv."""
        return tasks_frame(self.rows())

    @cached_property
    def flags(self) -> pd.DataFrame:
        """The flags (proposals), columns as flags.csv."""
        return flags_frame(self.rows())

    @cached_property
    def ratings(self) -> pd.DataFrame:
        """The raters' figures, columns as ratings.csv."""
        return ratings_frame(self.rows())

    @cached_property
    def faults(self) -> pd.DataFrame:
        """The data faults, columns as faults.csv."""
        return faults_frame(self.rows().faults)

    @cached_property
    def computed(self) -> Computed | None:
        """The frames without people's part; None where people took no part (step 16)."""
        computed = self.rows().computed
        return None if computed is None else Computed(computed)


@dataclass(frozen=True)
class Computed(Frames):
    """The DataFrames of results without people's part."""

    results: Rows = field(repr=False)

    def rows(self) -> Rows:
        """The rows that the frames show."""
        return self.results


def subjects_frame(results: Rows) -> pd.DataFrame:
    """The subjects, columns as subjects.csv."""
    return _frame(columns.SUBJECTS, results.subjects)


def items_frame(results: Rows) -> pd.DataFrame:
    """The items, columns as items.csv."""
    return _frame(columns.ITEMS, results.items)


def findings_frame(results: Rows) -> pd.DataFrame:
    """The findings, columns as findings.csv."""
    return _frame(columns.FINDINGS, results.findings)


def tasks_frame(results: Rows) -> pd.DataFrame:
    """The rectification tasks, columns as tasks.csv."""
    return _frame(columns.TASKS, results.tasks)


def flags_frame(results: Rows) -> pd.DataFrame:
    """The flags, columns as flags.csv."""
    return _frame(columns.FLAGS, results.flags)


def ratings_frame(results: Rows) -> pd.DataFrame:
    """The raters' figures, columns as ratings.csv."""
    return _frame(columns.RATINGS, results.ratings)


def faults_frame(faults: Iterable[Fault]) -> pd.DataFrame:
    """Data faults, columns as faults.csv."""
    rows = [
        (
            f.code,
            f.level.value,
            f.origin.file,
            f.origin.sheet,
            fault_place(f.origin),
            f.message,
            f.remedy,
        )
        for f in faults
    ]
    return _from_rows(columns.FAULTS, rows)


def _frame(file: File, rows: Iterable[object]) -> pd.DataFrame:
    names = [column.name for column in file.columns]
    return _from_rows(file, [[getattr(row, name) for name in names] for row in rows])


def _from_rows(file: File, rows: Sequence[Sequence[object]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            column.name: pd.Series(
                [row[number] for row in rows],
                dtype=_DTYPES.get(column.kind, "object"),
            )
            for number, column in enumerate(file.columns)
        }
    )
