"""Single subjects read out of the kernel's columns, with the story a person reads (step 14).

Every number comes from the columns. What is told beside them (cells, units missing, rows not
counted) is looked up for the one subject that is read; sentences are those of format 1.
"""

from starrating.engine.readout.results import evaluate, evaluation_of
from starrating.engine.readout.shared import evaluate_in_bulk

__all__ = ["evaluate", "evaluate_in_bulk", "evaluation_of"]
