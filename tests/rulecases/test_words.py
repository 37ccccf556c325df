"""The words of a case are those of the rows that it is compared with."""

from dataclasses import fields

import pytest

from starrating.results.model import FindingRow, FlagRow, SubjectRow, TaskRow
from starrating.rulebook.casewords import FINDING, FLAG, ROW, TASK


@pytest.mark.parametrize(
    ("words", "row"), [(FINDING, FindingRow), (FLAG, FlagRow), (TASK, TaskRow)]
)
def test_lists(words, row):
    """A word of a list is a column of its rows, and every column may be named."""
    assert words == tuple(field.name for field in fields(row))


def test_subjects():
    """What is said of an organisation is a column of its row."""
    assert set(ROW) <= {field.name for field in fields(SubjectRow)}
