"""Rectification tasks in bulk: columns of codes for every organisation of a part (step 15)."""

from starrating.engine.kernel.tasks.columns import TaskColumns
from starrating.engine.kernel.tasks.losses import DIGITS
from starrating.engine.kernel.tasks.written import Issue, Losses, Tasks, losses_of, tasks_of

__all__ = ["DIGITS", "Issue", "Losses", "TaskColumns", "Tasks", "losses_of", "tasks_of"]
