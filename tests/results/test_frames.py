"""DataFrames of results: exact numbers, no floats."""

import subprocess
import sys
from decimal import Decimal

import pandas as pd
import pytest

from results.sample import EMPTY, results
from starrating.results import columns, frames

FRAMES = (
    (frames.subjects_frame, columns.SUBJECTS),
    (frames.items_frame, columns.ITEMS),
    (frames.findings_frame, columns.FINDINGS),
    (frames.tasks_frame, columns.TASKS),
    (frames.flags_frame, columns.FLAGS),
    (frames.ratings_frame, columns.RATINGS),
)


@pytest.mark.parametrize("sample", [results(), EMPTY], ids=["town", "empty"])
@pytest.mark.parametrize(("frame", "file"), FRAMES)
def test_columns_and_no_floats(sample, frame, file):
    """Columns are those of the csv, and no cell anywhere is a binary float."""
    table = frame(sample)
    assert list(table.columns) == [column.name for column in file.columns]
    for column in table.columns:
        assert not pd.api.types.is_float_dtype(table[column])
        assert not any(isinstance(value, float) for value in table[column])


def test_scores_are_decimals():
    """Totals are Decimal objects and add up exactly."""
    table = frames.subjects_frame(results())
    rated = table[table["rulebook"] == "town-village"]
    assert all(isinstance(value, Decimal) for value in rated["total_low"])
    assert isinstance(rated["total_low"].sum(), Decimal)


def test_faults():
    """Faults have the columns of faults.csv."""
    table = frames.faults_frame(results().faults)
    assert list(table.columns) == [column.name for column in columns.FAULTS.columns]
    assert table["cell"][0] == "B4"


def test_pandas_is_imported_late():
    """Importing the module does not import pandas."""
    code = "import sys, starrating.results.frames; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
