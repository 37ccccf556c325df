"""The facts of one subject as its story is looked up: measures over rows come from the columns."""

from __future__ import annotations

from collections.abc import Callable

from starrating.engine.facts import SubjectFacts
from starrating.engine.kernel.values.decode import decoded
from starrating.engine.measures import Measured
from starrating.engine.readout.measures import MeasureStories
from starrating.engine.rows.facts import RowReadings
from starrating.engine.scope import Scope
from starrating.engine.setting import Setting
from starrating.engine.values import Value, known
from starrating.faults import Fault
from starrating.rulebook.model import Measure


class ReadFacts(SubjectFacts):
    """The reference's facts of one subject, but that a measure whose story is clear in the columns
    is not measured again. `place` is the subject's among the columns.
    """

    def __init__(
        self,
        setting: Setting,
        scope: Scope,
        report: Callable[[Fault], None],
        batch: Callable[[SubjectFacts, Measure], Measured],
        columns: tuple[MeasureStories, MeasureStories],
        place: int,
        readings: RowReadings,
        *,
        credit: bool = False,
    ) -> None:
        super().__init__(setting, scope, report, batch, readings, credit=credit)
        self._columns, self._place = columns, place

    def as_credit(self) -> SubjectFacts:
        """The same facts for what gives."""
        if self._credit or self.setting.book.checks.unrecorded == "unknown":
            return self
        if self._twin is None:
            self._twin = ReadFacts(
                self.setting,
                self.scope,
                self.report,
                self.batch,
                self._columns,
                self._place,
                self.readings,
                credit=True,
            )
            self._twin.reached = self.reached
        return self._twin

    def measured(self, name: str) -> Measured:
        """A measure with its story."""
        if name not in self._measures:
            told = self.told(name)
            if told is None:
                return super().measured(name)
            self._measures[name] = told
        return self._measures[name]

    def told(self, name: str) -> Measured | None:
        """A measure as the columns alone tell it; None where they do not."""
        columns, place = self._columns[self._credit], self._place
        story = columns.story(name)
        if story is None or not story.clear[place]:
            return None
        found = columns.ground.measured(name)
        value = decoded(found.value, place)
        applies = found.applies is None or bool(found.applies[place])
        if not known(value):
            return self._of_no_row(name, value, applies) if story.empty[place] else None
        lacking = story.units[story.lacking[place]] if applies else ()
        cells = story.cells.cells[place]
        return Measured(value, applies, lambda: cells, lacking)

    def _of_no_row(self, name: str, value: Value, applies: bool) -> Measured | None:
        """What is not known because there is no row."""
        sheet = self.setting.book.measures[name].sheet
        assert sheet is not None
        if not self.setting.records.supplied(sheet):
            return None
        unknown = f"“{sheet}”没有 {self.organisation.name} 可用的记录"
        return Measured(value, applies, unknown=(unknown,))
