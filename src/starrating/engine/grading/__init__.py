"""Star bands, gates, limits and quotas over a batch (semantics.md steps 10, 11, 12).

Pure: totals, conditions and groups come in as exact values, stars with their spans go out.
`ladder` is steps 10 and 11 for one subject, `contests` to `hull` step 12, `grades` joins readings.
"""

from starrating.engine.grading.grades import grade
from starrating.engine.grading.lagging import Placing, lagging
from starrating.engine.grading.model import (
    NO_STAR,
    Band,
    Candidate,
    Grade,
    Grader,
    LastStar,
    Moves,
    Quota,
    Standing,
    Step,
)

__all__ = [
    "NO_STAR",
    "Band",
    "Candidate",
    "Grade",
    "Grader",
    "LastStar",
    "Moves",
    "Placing",
    "Quota",
    "Standing",
    "Step",
    "grade",
    "lagging",
]
