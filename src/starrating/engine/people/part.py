"""The people's part: what was corrected, decided, and set aside on review (step 16).

核查更正 and 异议复核 act before the steps are run again; 审定结果 comes last. Nothing here changes
a score: the review layer takes these values and runs the steps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from starrating.engine.codes import CODES
from starrating.engine.people.corrections import corrected
from starrating.engine.people.objections import (
    Objection,
    SetAside,
    aside,
    set_aside,
    unknown_targets,
)
from starrating.engine.scope import read_star
from starrating.faults import Fault, in_order
from starrating.origin import Origin
from starrating.records.model import Records, Row
from starrating.records.near import near
from starrating.schema import DECISIONS

__all__ = [
    "Decision",
    "Decisions",
    "Objection",
    "SetAside",
    "aside",
    "corrected",
    "decisions",
    "set_aside",
    "unknown_targets",
]

STAR = "星级"
"""The 审定事项 that decides a star; every other one is the name of a flag."""
_FLAG_RESULTS = {"认定": True, "不认定": False, "不予认定": False}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of 审定结果 on one organisation.

    `result` is as written; a star decision has `star` (0: 不定星) and `confirmed` None, a flag's
    has `confirmed` and no `star`. `second` is the person who checked it (复核人).
    """

    code: str
    matter: str
    result: str
    star: int | None
    confirmed: bool | None
    reason: str | None
    authority: str | None
    document: str | None
    date: date | None
    second: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided, by organisation: its star, and its flags by their names (in order)."""

    stars: Mapping[str, Decision] = field(default_factory=dict)
    flags: Mapping[str, Mapping[str, Decision]] = field(default_factory=dict)

    def of(self, code: str) -> tuple[Decision, ...]:
        """An organisation's decisions: the star's first, then flags by name."""
        star = (self.stars[code],) if code in self.stars else ()
        return (*star, *self.flags.get(code, {}).values())


def decisions(
    records: Records, known_flags: Collection[str], second_person: Collection[str] = ()
) -> tuple[Decisions, tuple[Fault, ...]]:
    """The decisions of 审定结果, whatever the order of its rows, and their faults.

    The latest date of one matter counts (a row without a date comes first); different results of
    one date are a fault (E203) and the matter stays undecided. Results that can not be read
    (E115), matters that are neither 星级 nor one of `known_flags` (E204), and decisions on one of
    `second_person` without a 复核人 (E206) do not count.
    """
    faults: list[Fault] = []
    gathered: dict[tuple[str, str], list[Decision]] = {}
    for row in records.rows(DECISIONS):
        decision = _decision(row, known_flags, faults)
        if decision is None:
            continue
        if decision.matter in second_person and decision.second is None:
            faults.append(CODES.fault("E206", row.place("复核人"), matter=decision.matter))
        else:
            gathered.setdefault((decision.code, decision.matter), []).append(decision)
    stars: dict[str, Decision] = {}
    flags: dict[str, dict[str, Decision]] = {}
    for (code, matter), several in sorted(gathered.items()):
        chosen = _latest(several, faults)
        if chosen is not None and matter == STAR:
            stars[code] = chosen
        elif chosen is not None:
            flags.setdefault(code, {})[matter] = chosen
    return Decisions(MappingProxyType(stars), MappingProxyType(flags)), in_order(faults)


def _decision(row: Row, known_flags: Collection[str], faults: list[Fault]) -> Decision | None:
    matter, result = _text(row, "审定事项"), _text(row, "结果")
    if not row.organisation or matter is None or result is None:
        return None  # the records' faults say so
    if matter != STAR and matter not in known_flags:
        close = near(matter, (STAR, *known_flags))
        faults.append(CODES.fault("E204", row.place("审定事项"), matter=matter, near=close))
        return None
    star = read_star(result) if matter == STAR else None
    confirmed = None if matter == STAR else _FLAG_RESULTS.get(result)
    if star is None and confirmed is None:
        faults.append(CODES.fault("E115", row.place("结果"), result=result))
        return None
    day = row.value("日期")
    return Decision(
        code=row.organisation,
        matter=matter,
        result=result,
        star=star,
        confirmed=confirmed,
        reason=_text(row, "理由"),
        authority=_text(row, "审定机关"),
        document=_text(row, "文号"),
        date=day if isinstance(day, date) else None,
        second=_text(row, "复核人"),
        origin=row.origin,
    )


def _text(row: Row, column: str) -> str | None:
    value = row.value(column)
    return value if isinstance(value, str) else None


def _latest(several: Sequence[Decision], faults: list[Fault]) -> Decision | None:
    """The decision of the latest date; None where that date has different ones."""
    day = max(each.date or date.min for each in several)
    last = sorted(_on(several, day), key=lambda each: each.origin.sort_key())
    if len({(each.star, each.confirmed) for each in last}) == 1:
        return last[0]
    results = "、".join(sorted({each.result for each in last}))
    faults.extend(
        CODES.fault("E203", each.origin, matter=each.matter, results=results) for each in last
    )
    return None


def _on(several: Iterable[Decision], day: date) -> Iterator[Decision]:
    return (each for each in several if (each.date or date.min) == day)
