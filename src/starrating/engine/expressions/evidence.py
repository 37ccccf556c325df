"""The story behind expressions: what they rest on, what lacks, what is not known (step 14)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from starrating.engine.values import OPEN, YES, Unknown, known
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Measure

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts
    from starrating.engine.measures import Measured

_DIVIDED = ("ratio", "share", "average", "best")


class Evidence:
    """What some expressions read of one subject."""

    def __init__(self, subject: SubjectFacts, *exprs: ex.Expr | None) -> None:
        self._subject = subject
        self._parts = [part for expr in exprs if expr is not None for part in ex.walk(expr)]
        names = dict.fromkeys(part.name for part in self._parts if isinstance(part, ex.Name))
        self._measures = [name for name in names if name in subject.setting.book.measures]

    def _measured(self) -> Iterator[Measured]:
        return (self._subject.measured(name) for name in self._measures)

    def applies(self) -> bool:
        """Whether every measure that is read has a due unit (step 2)."""
        return all(measured.applies for measured in self._measured())

    def divided(self) -> bool:
        """Whether a division is read: a ratio, a share, an average, a `/` (step 8)."""
        if any(isinstance(part, ex.Arith) and part.op == "/" for part in self._parts):
            return True
        rules = [self._subject.setting.book.measures[name] for name in self._measures]
        return any(
            _divides(rule) or Evidence(self._subject, *_formulas(rule)).divided() for rule in rules
        )

    def sources(self) -> tuple[str, ...]:
        """The cells that were read."""
        found = [source for measured in self._measured() for source in measured.sources]
        for part in self._parts:
            found.extend(self._sources(part))
        return tuple(dict.fromkeys(found))

    def _sources(self, part: ex.Expr) -> tuple[str, ...]:
        if isinstance(part, ex.Found):
            return self._subject.point(part.point).sources
        if isinstance(part, (ex.Present, ex.Lacking)):
            states = self._subject.elements(part.list).values()
            return tuple(source for state in states for source in state.sources)
        row = self._subject.organisation.row
        if isinstance(part, ex.Name) and part.name not in self._measures and part.name in row.cells:
            return (str(row.place(part.name)),)
        return ()

    def unknown(self) -> tuple[str, ...]:
        """What would have to be known, as a person would say it."""
        found: list[str] = []
        for name in self._measures:
            measured = self._subject.measured(name)
            if not known(measured.value):
                found.extend(f"{name}：{why}" for why in measured.unknown or ("未知",))
        for part in self._parts:
            found.extend(self._unknown(part))
        return tuple(dict.fromkeys(found))

    def _unknown(self, part: ex.Expr) -> Iterator[str]:
        if isinstance(part, ex.Found):
            if self._subject.point(part.point).found is OPEN:
                yield f"检查项目“{part.point}”没有结果"
        elif isinstance(part, (ex.Present, ex.Lacking)):
            for name, state in self._subject.elements(part.list).items():
                if state.found is OPEN:
                    yield f"检查项目“{name}”没有结果"
        elif isinstance(part, ex.Name) and part.name not in self._measures:
            value = self._subject.recorded(part.name)
            yield from (f"“{part.name}”未填或无法识别",) if isinstance(value, Unknown) else ()

    def lacking(self) -> tuple[str, ...]:
        """The units, and the elements of lists, that were found lacking."""
        found = [unit for measured in self._measured() for unit in measured.lacking]
        for part in self._parts:
            if isinstance(part, ex.Lacking):
                elements = self._subject.elements(part.list).items()
                found.extend(name for name, state in elements if state.lacking is YES)
        return tuple(dict.fromkeys(found))

    def not_counted(self) -> tuple[str, ...]:
        """The rows that were not counted, with the reasons."""
        return tuple(
            dict.fromkeys(gone for measured in self._measured() for gone in measured.not_counted)
        )


def _divides(rule: Measure) -> bool:
    taken, earlier = rule.together, rule.review
    return (
        rule.form in _DIVIDED
        or (taken is not None and taken.take in ("mean", "share"))
        or (earlier is not None and earlier.take == "average")
    )


def _formulas(rule: Measure) -> tuple[ex.Expr | None, ...]:
    taken = rule.together.of if rule.together is not None else None
    return (rule.value, rule.sum_, rule.min_, rule.max_, rule.latest, taken)
