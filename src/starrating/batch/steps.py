"""What is asked of the parts of a batch, and what they leave for the steps after."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from starrating.batch.counts import Counts
from starrating.batch.outcome import Base, StarColumns
from starrating.batch.shelf import Shelf
from starrating.batch.tasks import Notes, Owed
from starrating.engine.kernel.arrays import Bools
from starrating.engine.kernel.judging import Outcomes
from starrating.faults import Fault
from starrating.reviewing import Request

TABLES = ("subjects", "findings", "flags", "tasks")
"""The folders of a batch's results, each with a Parquet file a part."""
SHELF = "shelf"
"""The folder beside them in which parts leave what later steps read."""
GROUND = "ground"
"""The name on the shelf of the rules and the parts that all steps work with."""
OTHERS = "others"
"""The name on a shelf of what rulebooks that ran before gave organisations."""
Step = Literal["tell", "whole", "score", "finish", "bind"]


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked of every part: a step of one batch, written under the folder `work`, by the
    rulebook of number `book`.

    `tells` are the measures that the step `tell` is for.
    """

    request: Request
    work: Path
    step: Step
    book: int = 0
    tells: tuple[str, ...] = ()

    @property
    def shelf(self) -> Shelf:
        """Where parts leave what later steps read."""
        return shelf_of(self.work, self.book)

    def done(self, number: int) -> str:
        """The name on the shelf of what the step came to for a part."""
        return f"{self.step}-{number}"


def shelf_of(work: Path, book: int) -> Shelf:
    """Where parts leave what later steps by a rulebook read."""
    return Shelf(work / SHELF / str(book))


@dataclass(slots=True)
class Done(Counts):
    """One step of one part: counts for the summary, what is to be told of its tasks, and the faults
    met."""

    number: int
    notes: Notes = field(default_factory=Notes)
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, eq=False)
class Waiting:
    """A part that was scored and waits for its stars; `graded` are those who surely get any."""

    base: Base
    owed: Owed
    first: Outcomes
    graded: frozenset[str]
    done: Done


@dataclass(frozen=True, eq=False)
class Settled:
    """What grading over all parts found of one of them; `later` is what stage 2 found, if that was
    judged over all parts too."""

    stars: StarColumns | None
    lagging: Bools
    later: Outcomes | None = None
