"""异议复核: findings that were set aside on review, and take and give nothing (step 16)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from starrating.engine.codes import CODES
from starrating.faults import Fault, in_order
from starrating.origin import Origin
from starrating.records.model import Records, Row
from starrating.rulebook.model import Clause, Rulebook
from starrating.schema import OBJECTIONS

ADJUSTED, UPHELD = "调整", "维持"
NOT_FINDINGS = frozenset(("星级", "总分"))
"""What an objection may be about that is no finding: the star is decided by 审定结果."""
_SEVERAL = re.compile(r"[、,;]")


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection that was upheld: 结论 is 调整.

    `target` is a finding without its organisation (`2.1-1`) or a whole item (`2.1`); `number` is
    the objection's own; `origin` the cell that names the target.
    """

    target: str
    number: str
    reason: str
    authority: str | None
    date: date | None
    origin: Origin

    def concerns(self, item: str, clause: str) -> bool:
        """Whether a clause is set aside: itself, or the clause it is a part of, or its item."""
        if self.target == item:
            return True
        own = self.target.removeprefix(f"{item}-")
        return own != self.target and f"{clause}.".startswith(f"{own}.")


@dataclass(frozen=True, slots=True)
class SetAside:
    """All that was set aside of one organisation, in order of target."""

    code: str
    objections: tuple[Objection, ...]

    def objection(self, item: str, clause: str) -> Objection | None:
        """The objection that sets a clause of an item aside, or None."""
        found = (each for each in self.objections if each.concerns(item, clause))
        return next(found, None)


def set_aside(records: Records) -> tuple[Mapping[str, SetAside], tuple[Fault, ...]]:
    """What 异议复核 sets aside, by organisation: the rows whose 结论 is 调整.

    针对 is a finding (`0001-2.1-1`, or `2.1-1` beside its organisation), a 项目 (all its
    clauses), or several joined by 、. 针对 星级, 维持 and 不予受理 set nothing aside. Where one
    target was both 维持 and 调整, the latest reply counts; both on one date are a fault (E205)
    and it is not set aside. The order of rows does not matter.
    """
    faults: list[Fault] = []
    gathered: dict[tuple[str, str], list[Row]] = {}
    for row in records.rows(OBJECTIONS):
        if row.organisation and row.value("结论") in {ADJUSTED, UPHELD}:
            for target in _targets(row):
                gathered.setdefault((row.organisation, target), []).append(row)
    found: dict[str, list[Objection]] = {}
    for (code, target), rows in sorted(gathered.items()):
        last = _latest(target, rows, faults)
        if last is not None and last.value("结论") == ADJUSTED:
            found.setdefault(code, []).append(_objection(target, last))
    asides = {code: SetAside(code, tuple(each)) for code, each in found.items()}
    return MappingProxyType(asides), in_order(faults)


def _targets(row: Row) -> Iterator[str]:
    """The targets of a row, without the organisation's code; a code may hold hyphens itself."""
    text = row.value("针对")
    for part in _SEVERAL.split(text) if isinstance(text, str) else ():
        target = part.strip().removeprefix(f"{row.organisation}-")
        if target and target not in NOT_FINDINGS:
            yield target


def _latest(target: str, rows: Sequence[Row], faults: list[Fault]) -> Row | None:
    latest = max(_day(row) or date.min for row in rows)
    last = [row for row in rows if (_day(row) or date.min) == latest]
    if len({row.value("结论") for row in last}) == 1:
        return min(last, key=lambda row: row.origin.sort_key())
    faults.extend(CODES.fault("E205", row.place("结论"), target=target) for row in last)
    return None


def _day(row: Row) -> date | None:
    """The day of the reply, else that of the objection."""
    for column in ("答复日期", "收到日期"):
        day = row.value(column)
        if isinstance(day, date):
            return day
    return None


def _objection(target: str, row: Row) -> Objection:
    texts = {
        column: value if isinstance(value := row.value(column), str) else ""
        for column in ("编号", "核查情况", "异议内容", "复核机关")
    }
    return Objection(
        target,
        texts["编号"],
        texts["核查情况"] or texts["异议内容"],
        texts["复核机关"] or None,
        _day(row),
        row.place("针对"),
    )


def aside(
    asides: Mapping[str, SetAside], book: Rulebook
) -> Mapping[str, Mapping[tuple[str, str], str]]:
    """Why clauses of one rulebook are set aside: code → (item, clause) → the words.

    Clauses are numbered as findings number them: parts and entries of maps are `1.1`, `1.2` ….
    """
    numbers = [(item.id, number) for _, item in book.items() for number in _numbers(item.clauses)]
    return {
        code: {
            (item, clause): _why(objection)
            for item, clause in numbers
            if (objection := each.objection(item, clause)) is not None
        }
        for code, each in asides.items()
    }


def _numbers(clauses: Iterable[Clause], prefix: str = "") -> Iterator[str]:
    """The numbers that the parts of these clauses may have."""
    for place, clause in enumerate(clauses, start=1):
        number = f"{prefix}{place}"
        yield number
        if isinstance(clause.amount, Mapping):
            yield from (f"{number}.{entry}" for entry in range(1, len(clause.amount) + 1))
        yield from _numbers(clause.inner(), f"{number}.")


def _why(objection: Objection) -> str:
    """The words of a finding: the objection's number and what the check found."""
    return "：".join(part for part in (objection.number, objection.reason) if part) or ADJUSTED


def unknown_targets(
    asides: Mapping[str, SetAside], finding_ids: Iterable[str]
) -> tuple[Fault, ...]:
    """The faults (E118) of objections against what no finding of the review answers to.

    `finding_ids` are those of all rulebooks of the review (`code-item-clause`).
    """
    if not asides:
        return ()
    known = {part for finding in finding_ids for part in _beginnings(finding)}
    return in_order(
        CODES.fault("E118", each.origin, target=each.target)
        for code, own in asides.items()
        for each in own.objections
        if f"{code}-{each.target}" not in known
    )


def _beginnings(finding: str) -> Iterator[str]:
    """What an objection may call a finding: its item, its id, and the clauses it is part of.

    A step such as `2.1-clamp`, which follows from others, has no id of its own here.
    """
    head, _, clause = finding.rpartition("-")
    yield head
    parts = clause.split(".")
    if all(part.isdecimal() for part in parts):
        yield from (f"{head}-{'.'.join(parts[:count])}" for count in range(1, len(parts) + 1))
