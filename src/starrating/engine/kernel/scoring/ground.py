"""What clauses ask of the subjects of a part: the columns below scoring (steps 4 and 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from starrating.engine.kernel.arrays import Bools, Exact, Ints, Numbers, Truths
from starrating.engine.kernel.facts import Facts
from starrating.records.model import Cell
from starrating.rulebook.raters import Seat


class Point(Protocol):
    """One check point of all subjects, where yes or no is asked."""

    @property
    def found(self) -> Truths:
        """Whether it was found."""

    @property
    def quantity(self) -> Numbers:
        """How many were found."""

    @property
    def not_applicable(self) -> Bools:
        """Where the inspector answered 不适用."""


@dataclass(frozen=True, eq=False)
class Cells:
    """One cell a subject, encoded: `vocabulary` holds the different cells, `code` says which
    (-1: there is no row, or nothing that can be used)."""

    vocabulary: Sequence[Cell]
    code: Ints


@dataclass(frozen=True, eq=False)
class Figures:
    """A person's number of all subjects: `row` is the place of his row in the sheet's rows (-1
    where nobody wrote one), `usable` where it is a number that nothing contradicts."""

    number: Exact
    row: Ints
    usable: Bools

    @property
    def there(self) -> Bools:
        """Where somebody wrote one."""
        return self.row >= 0


@dataclass(frozen=True, eq=False)
class PickedRows:
    """The rows of a sheet that a clause counts, in the order of the table: the subject of each,
    whether it surely counts, and its cell. `absent` is where no row tells nothing."""

    subject: Ints
    sure: Bools
    cells: Cells
    absent: Bools


class Ground(Facts, Protocol):
    """The facts of all subjects, and what people wrote of them."""

    def as_credit(self) -> Ground:
        """The same facts for what gives (step 4)."""

    def due(self, measure: str) -> Bools:
        """Where a measure has a due unit (step 2)."""

    def point(self, name: str) -> Point:
        """A check point where yes or no is asked."""

    def answer(self, name: str) -> tuple[Cells, Bools]:
        """The answers of a check point that may be level words; where one is 不适用."""

    def cell(self, column: str) -> Cells | None:
        """The cells of a 党组织 column; None where there is no such column."""

    def seats(self, item: str) -> tuple[Seat, ...]:
        """The seats whose figures for an item are averaged."""

    def rating(self, item: str, column: str, seat: Seat) -> Figures:
        """The number of 考核评分 that counts for an item's seat."""

    def level(self, item: str, seat: Seat) -> tuple[Cells, Bools]:
        """The 等次 of 考核评分 that counts for an item's seat, and where there is one."""

    def point_figure(self, point: str) -> Figures:
        """检查记录.分值 of a check point."""

    def picked_rows(self, per: str, by: str) -> PickedRows:
        """The rows of a sheet, or of a count measure, with their cells of a column."""

    def set_aside(self, item: str, clause: str) -> Bools | None:
        """Where people set a clause aside (step 16); None is nowhere."""
