"""The ground two books stand on: what names, sheets, lists and check points are to both of them.

Whatever a lower layer declares anew may take a name away from what the superior reads under it (a
measure called like a column, an alias that catches a header); such a name no longer means the
same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from starrating.origin import Origin
from starrating.rulebook.fields import Mean, Raters
from starrating.rulebook.layers.movement import (
    DOWN,
    MIXED,
    SAME,
    UP,
    Cause,
    Movement,
    Sense,
    by,
    together,
)
from starrating.rulebook.meaning import part
from starrating.rulebook.model import ColumnDecl, Measure, Rulebook
from starrating.schema import CHECKS, SCORES, STANDARD, DateKind


class Ground:
    """The names of the superior's book (`base`) and how they fare in the merged one (`own`)."""

    def __init__(self, base: Rulebook, own: Rulebook) -> None:
        self.base = base
        self.own = own

    def word(self, name: str, kind: str = "name") -> Movement:
        """A name that expressions read, or that of a `sheet`, a `list` or a `term`: the same, unless
        something of its kind took it."""
        taken = self._taken.get((kind, name))
        return SAME if taken is None else by(Sense.MIXED, taken)

    def sheets(self, *names: str) -> Movement:
        """The sheets of these names, where there are such."""
        return together(self.word(name, "sheet") for name in names)

    def list(self, name: str) -> Movement:
        """A list: UP where it has grown; a word that names no list stays one."""
        before, after = self.base.lists.get(name), self.own.lists.get(name)
        if before is None:
            return self.word(name, "list")
        assert after is not None
        cause = Cause(
            self.base.origin, self.own.origin, f"lists/{name}", f"清单“{name}”由“{'、'.join(before)}”改为“{'、'.join(after)}”"
        )  # fmt: skip
        if set(before) == set(after):
            moved = SAME
        elif set(before) < set(after):
            moved = UP
        else:
            moved = DOWN if set(after) < set(before) else MIXED
        return moved.blame(cause)

    def elements(self, name: str) -> Movement:
        """How many elements of a list are there, or lack: UP where the list has grown."""
        points = together(self.point(each) for each in self.base.lists.get(name, ()))
        policy = self._checks("unrecorded_elements")
        return self.list(name) & points & policy

    def point(self, name: str) -> Movement:
        """A check point: the same, unless what a missing row means or how it counts changed."""
        counted = (name in self.base.checks.count, name in self.own.checks.count)
        cause = self._cause("checks", f"“{name}”按不按数量累计改了")
        summed = SAME if counted[0] == counted[1] else by(Sense.MIXED, cause)
        return self._checks("unrecorded") & summed & self.sheets(CHECKS)

    def raters(self) -> Movement:
        """Whose figures count."""
        before, after = self.base.raters, self.own.raters
        words = f"打分以谁为准由“{_said(before)}”改为“{_said(after)}”"
        changed = SAME if before == after else by(Sense.MIXED, self._cause("raters", words))
        return changed & self.sheets(SCORES)

    def _checks(self, word: str) -> Movement:
        before, after = getattr(self.base.checks, word), getattr(self.own.checks, word)
        cause = self._cause("checks", f"checks 的 {word} 由 {before} 改为 {after}")
        return SAME if before == after else by(Sense.MIXED, cause)

    def _cause(self, word: str, what: str) -> Cause:
        return Cause(self.base.origin, self.own.origin, word, what)

    @cached_property
    def cut_off(self) -> Movement:
        """The day up to which facts count: it lies behind the period by the longest grace of any
        `missing` or `short` measure, so a changed grace may move it (semantics.md step 1)."""
        before, after = _longest_grace(self.base), _longest_grace(self.own)
        if before[0] == after[0]:
            return SAME
        name, measure = after[1] or before[1] or ("", None)
        inherited = self.base.measures.get(name)
        place = measure.origin if measure is not None else self.own.origin
        what = f"指标“{name}”的宽限改变了截止日（截止日＝考核期末日＋最长的宽限）"
        base = inherited.origin if inherited is not None else None
        return by(Sense.MIXED, Cause(base, place, _units_word(measure), what))

    @cached_property
    def dated(self) -> frozenset[str]:
        """The names of columns whose later dates are taken as not happened yet, and 截止日."""
        found = {"截止日"}
        for sheet in STANDARD.sheets.values():
            found.update(each.name for each in sheet.columns if each.date_kind is DateKind.EVENT)
        declared = [*self.base.columns.values(), *(t.columns for t in self.base.tables.values())]
        for columns in declared:
            found.update(name for name, column in columns.items() if column.type == "date")
        return frozenset(found)

    @cached_property
    def _taken(self) -> Mapping[tuple[str, str], Cause]:
        """The names that no longer are what they were to the superior's book."""
        found: dict[tuple[str, str], Cause] = {}
        for kind, what, name, origin in _new_names(self.base, self.own):
            found.setdefault((kind, name), Cause(None, origin, "", f"新的{what}占用了“{name}”"))
        return found


def _longest_grace(book: Rulebook) -> tuple[tuple[int, str], tuple[str, Measure] | None]:
    """The longest grace as days and as written, and the measure that has it."""
    found: list[tuple[tuple[int, str], tuple[str, Measure]]] = []
    for name, measure in book.measures.items():
        units = measure.missing or measure.short
        if units is not None and units.grace is not None and units.grace.count:
            length = units.grace.count * _DAYS[units.grace.unit]
            found.append(((length, f"{units.grace.count} {units.grace.unit}"), (name, measure)))
    return max(found, key=lambda each: each[0]) if found else ((0, ""), None)


_DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "half": 184, "year": 366}


def _units_word(measure: Measure | None) -> str:
    return "" if measure is None else "missing" if measure.missing is not None else "short"


def _new_names(base: Rulebook, own: Rulebook) -> Iterator[tuple[str, str, str, Origin]]:
    for name, measure in own.measures.items():
        if name not in base.measures:
            yield "name", f"指标“{name}”", name, measure.origin
    for name in sorted(own.lists.keys() - base.lists.keys()):
        yield "list", f"清单“{name}”", name, own.origin
    titles = {section.title for section in base.sections}
    for section in own.sections:
        if section.title not in titles:
            yield "name", f"部分“{section.title}”", section.title, section.origin
    for name, term in own.terms.items():
        if part(term) != _part(base.terms.get(name)):
            yield "term", f"时段“{name}”", name, term.origin
    for name, table in own.tables.items():
        if part(table) != _part(base.tables.get(name)):
            caught = _caught((name, *table.aliases), _sheet_names(base))
            yield from (("sheet", f"表“{name}”", each, table.origin) for each in caught)
            yield from (("name", f"表“{name}”", each, table.origin) for each in table.columns)
    for sheet, columns in own.columns.items():
        for name, column in columns.items():
            if part(column) != _part(base.columns.get(sheet, {}).get(name)):
                yield from (
                    ("name", f"列“{name}”", each, column.origin) for each in _column_names(base, sheet, name, column)
                )  # fmt: skip


def _part(block: object) -> object:
    return None if block is None else part(block)


def _column_names(base: Rulebook, sheet: str, name: str, column: ColumnDecl) -> Iterator[str]:
    """The names that a new or changed column of a sheet may take away."""
    known: dict[str, tuple[str, ...]] = {
        each.name: each.aliases
        for own in STANDARD.sheets.values()
        if own.name == sheet
        for each in own.columns
    }
    known.update((other, decl.aliases) for other, decl in base.columns.get(sheet, {}).items())
    return _caught((name, *column.aliases), known)


def _sheet_names(base: Rulebook) -> dict[str, tuple[str, ...]]:
    known = {name: sheet.aliases for name, sheet in STANDARD.sheets.items()}
    known.update((name, table.aliases) for name, table in base.tables.items())
    return known


def _caught(names: tuple[str, ...], known: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield names[0]
    for name, aliases in known.items():
        if set(names) & {name, *aliases}:
            yield name


def _said(raters: Raters) -> str:
    mean = isinstance(raters, Mean)
    return f"{'、'.join(raters.of if isinstance(raters, Mean) else raters)}{'的平均' * mean}"
