"""Grading in bulk: stars of all subjects of a part from columns of whole integers (10–12).

The meaning is that of `engine.grading`, to the last step told. Columns are sorted, counted and
compared; only fields in which a tie crosses from one contest into another go through its search.
"""

from starrating.engine.kernel.grading.columns import (
    LAST_NONE,
    LAST_NOT_RATED,
    LAST_UNKNOWN,
    NO_CAP,
    NO_GRANT,
    Groups,
    Ladder,
    Standings,
)
from starrating.engine.kernel.grading.grades import STATES, Candidates, Grades, grade
from starrating.engine.kernel.grading.lagging import lagging
from starrating.engine.kernel.grading.steps import GradeReader

__all__ = [
    "LAST_NONE",
    "LAST_NOT_RATED",
    "LAST_UNKNOWN",
    "NO_CAP",
    "NO_GRANT",
    "STATES",
    "Candidates",
    "GradeReader",
    "Grades",
    "Groups",
    "Ladder",
    "Standings",
    "grade",
    "lagging",
]
