"""The faults of an evaluation without evaluating what can bring none: what `check` runs.

Most of what is recorded is in order. One pass over every sheet finds what is not (`marks`); what an
item reads is known from the rules alone (`reads`); the reference evaluator then scores only those
items of those organisations where both meet (`screen`), so that a fault is told by the same code,
in the same words, as in a review.
"""

from starrating.engine.screening.screen import Screened, screen

__all__ = ["Screened", "screen"]
"""Screen the records of a review for the faults its evaluation would report."""
