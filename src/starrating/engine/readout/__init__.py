"""Single subjects read out of the kernel's columns, with the story a person reads (step 14).

Every number comes from the columns. What is told beside them (cells, units missing, rows not
counted) is looked up for the one subject that is read; sentences are those of format 1.
"""

from starrating.engine.readout.results import evaluate, evaluation_of

__all__ = ["evaluate", "evaluation_of"]
