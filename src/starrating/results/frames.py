"""Results as pandas DataFrames, for notebooks (interfaces.md, "Python").

Scores, points and quantities are Decimal objects, never binary floats; stars are Int64;
texts, dates and missing values stay what they are (None, not NaN).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from starrating.faults import Fault
from starrating.results import columns
from starrating.results.columns import File, Kind
from starrating.results.model import Results
from starrating.results.tables import fault_place

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {Kind.WHOLE: "Int64", Kind.TRUTH: "bool"}


def subjects_frame(results: Results) -> pd.DataFrame:
    """The subjects, columns as subjects.csv."""
    return _frame(columns.SUBJECTS, results.subjects)


def items_frame(results: Results) -> pd.DataFrame:
    """The items, columns as items.csv."""
    return _frame(columns.ITEMS, results.items)


def findings_frame(results: Results) -> pd.DataFrame:
    """The findings, columns as findings.csv."""
    return _frame(columns.FINDINGS, results.findings)


def tasks_frame(results: Results) -> pd.DataFrame:
    """The rectification tasks, columns as tasks.csv."""
    return _frame(columns.TASKS, results.tasks)


def flags_frame(results: Results) -> pd.DataFrame:
    """The flags, columns as flags.csv."""
    return _frame(columns.FLAGS, results.flags)


def ratings_frame(results: Results) -> pd.DataFrame:
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
