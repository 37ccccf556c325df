"""The table of indicators, made from the rulebook: what every peer's rules are generated from.

Points are whole ten-thousandths (`UNIT`). Keys of figures are ASCII, so that every peer can use
them as names. The table travels as JSON, for a peer may live in an environment of its own.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

UNIT = 10_000
MONTHS = {"month": 12, "quarter": 4, "half": 2, "year": 1}


@dataclass(frozen=True)
class Figure:
    """One number of a branch that indicators read: `key`, what to count (`kind`) and of what.

    missing: periods of `units` a year without a meeting `of` that kind; sum: `column` over such
    meetings; noted: such meetings with minutes; rows: such meetings; found: check point `of`; score:
    hundredths of points that a person gave for item `of`; problems: `of` overdue or 严重; column: a
    column of 党组织; lacking: check points not found.
    """

    key: str
    kind: str
    of: str
    column: str = ""
    units: int = 0


@dataclass(frozen=True)
class Indicator:
    """One item, and how its points follow from its figures.

    less: points − step × n, at least 0; bands: the first edge (numerator, denominator, points) that
    n / d reaches, else 0, all points where d is 0; share: points × n / d to four digits, all points
    where d is 0; found: points, less step where n is 0; given: n hundredths. `applies` is the figure
    that must not be 0 for the item to count.
    """

    id: str
    section: str
    points: int
    form: str
    figures: tuple[str, ...]
    step: int = 0
    edges: tuple[tuple[int, int, int], ...] = ()
    applies: str = ""


@dataclass(frozen=True)
class Verdict:
    """A judgement: the figure, and from what number on it holds."""

    id: str
    case: str
    figure: str
    at_least: int


@dataclass(frozen=True)
class Table:
    """All of it. The total is the sections' sum in percent of `whole`, to four digits, with the
    bonus, to two; a section of which items do not apply is scaled up to its points, to four."""

    figures: tuple[Figure, ...]
    items: tuple[Indicator, ...]
    bonus: tuple[Indicator, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def whole(self) -> int:
        """The printed points of all sections."""
        return sum(item.points for item in self.items)

    @property
    def sections(self) -> dict[str, tuple[Indicator, ...]]:
        """The items of each section."""
        names = dict.fromkeys(item.section for item in self.items)
        return {name: tuple(i for i in self.items if i.section == name) for name in names}

    def save(self, path: Path) -> None:
        """Write the table as JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), "utf-8")

    @classmethod
    def read(cls, path: Path) -> Table:
        """The table that `save` wrote."""
        told = json.loads(path.read_text("utf-8"))
        return cls(
            tuple(Figure(**each) for each in told["figures"]),
            *(tuple(map(_indicator, told[name])) for name in ("items", "bonus")),
            tuple(Verdict(**each) for each in told["verdicts"]),
        )


def _indicator(told: dict[str, Any]) -> Indicator:
    edges = tuple(tuple(edge) for edge in told.pop("edges"))
    return Indicator(**{**told, "figures": tuple(told["figures"]), "edges": edges})


def of_rulebook(path: Path) -> Table:
    """The table of a rulebook that uses only the forms above; anything else is an error."""
    from starrating.rulebook.read import parse_rulebook

    book, faults = parse_rulebook(path.read_bytes(), path.name)
    assert book is not None, faults
    return _Maker(book).table()


class _Maker:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.figures: dict[Figure, str] = {}

    def key(self, kind: str, of: str, column: str = "", units: int = 0) -> str:
        """The key of a figure, new or known."""
        asked = Figure("", kind, of, column, units)
        return self.figures.setdefault(asked, f"n{len(self.figures) + 1}")

    def table(self) -> Table:
        items, bonus = [], []
        for number, section in enumerate(self.book.sections, 1):
            for item in section.items:
                (bonus if section.kind == "bonus" else items).append(self._item(f"s{number}", item))
        verdicts = tuple(map(self._verdict, self.book.judgements))
        figures = tuple(
            Figure(key, each.kind, each.of, each.column, each.units)
            for each, key in self.figures.items()
        )
        table = Table(figures, tuple(items), tuple(bonus), verdicts)
        from starrating.rulebook import expressions as ex

        numbers = [part.value for part in ex.walk(self.book.total) if isinstance(part, ex.Num)]
        assert numbers == [100, Fraction(table.whole, UNIT)], numbers
        return table

    def _item(self, section: str, item: Any) -> Indicator:
        (clause,) = item.clauses
        points = _units(item.points or clause.amount.high)
        form, figures, step, edges = self._form(item.id, clause)
        applies = "" if item.applies_when is None else self._column(item.applies_when)
        return Indicator(item.id, section, points, form, figures, step, edges, applies)

    def _form(self, item: str, clause: Any) -> tuple[str, tuple[str, ...], int, Any]:
        if clause.bands is not None:
            marks = [(number(edge), points) for edge, points in clause.bands.from_.items()]
            edges = tuple((m.numerator, m.denominator, _units(points)) for m, points in marks)
            return "bands", self._measure(clause.bands.of.name), 0, edges
        if clause.by_person:
            return "given", (self.key("score", item),), 0, ()
        step = _units(clause.amount)
        if clause.if_ is not None:
            return "found", (self.key("found", clause.if_.of.point),), step, ()
        form = "less" if clause.form == "deduct" else "share"
        return form, self._measure(clause.per.name), step, ()

    def _column(self, expr: Any) -> str:
        """`是否设支委会`, or `党小组数 > 0`: the column is not 0."""
        return self.key("column", expr.name if hasattr(expr, "name") else expr.left.name)

    def _measure(self, name: str) -> tuple[str, ...]:
        rule = self.book.measures[name]
        if rule.sheet == "问题清单":
            return (self.key("problems", name),)
        meeting = rule.where.text.value
        if rule.missing is not None:
            units = MONTHS[rule.missing.every.unit]
            return (self.key("missing", meeting, units=units),)
        if rule.ratio is not None:
            return tuple(self.key("sum", meeting, each.name) for each in rule.ratio)
        return self.key("noted", meeting), self.key("rows", meeting)

    def _verdict(self, judgement: Any) -> Verdict:
        """`measure >= n`, `measure > n` or `lacking list >= n`."""
        left, right = judgement.if_.left, judgement.if_.right
        least = int(right.value) + (judgement.if_.op == ">")
        listed = getattr(left, "list", None)
        figure = self.key("lacking", listed) if listed else self._measure(left.name)[0]
        return Verdict(judgement.id, judgement.then.case or judgement.id, figure, least)


def number(text: str) -> Fraction:
    """A number or a percentage as the rulebook writes it."""
    return Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)


def _units(points: Fraction) -> int:
    units = points * UNIT
    assert units.denominator == 1
    return int(units)
