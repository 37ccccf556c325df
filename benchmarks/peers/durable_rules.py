"""durable_rules alone: an event a branch and indicator, a rule an indicator, points in its consequent.

The engine compares whole numbers and calls Python; arithmetic is Python's, in whole ten-thousandths.
One session, for the 1,025th ends in a MemoryError; its host runs no timers of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pandas as pd
from durable import engine
from durable.lang import m, ruleset, when_all

from benchmarks.peers import EXACT, Answer
from benchmarks.peers.figures import load
from benchmarks.peers.loop import half_up, points_of
from benchmarks.peers.table import UNIT, Indicator, Table

__all__ = ["LIMIT", "TRACE", "grade", "load"]
TRACE = ""
LIMIT = EXACT


class _Host(engine.Host):
    """A host without the timer threads, which walk sessions that are gone."""

    def _run(self) -> None:
        return


class _Heard:
    """What the consequents gathered of one branch."""

    def __init__(self) -> None:
        self.facts: dict[str, int] = {}
        self.sections: dict[str, list[int]] = {}
        self.verdicts: set[str] = set()


def grade(table: Table, data: pd.DataFrame) -> Iterator[Answer]:
    """A branch at a time, its events in one batch."""
    heard = _Heard()
    host = _Host()
    host.register_rulesets(_rules(table, heard))
    for code, facts in zip(data.index, data.to_dict("records"), strict=True):
        heard.facts, heard.sections, heard.verdicts = facts, {}, set()
        events = [
            {"item": item.id}
            for item in (*table.items, *table.bonus)
            if not item.applies or facts[item.applies]
        ]
        events += [{"verdict": v.id, "n": facts[v.figure]} for v in table.verdicts]
        host.post_batch("sixty", events)
        yield Answer(code, _total(table, heard), frozenset(heard.verdicts))


def _rules(table: Table, heard: _Heard) -> dict[str, Any]:
    """The rule set; an event that no rule wants would raise, so that a verdict has two rules."""
    rules = ruleset("sixty")
    with rules:
        for item in (*table.items, *table.bonus):
            when_all(m.item == item.id)(_giving(heard, item))
        for verdict in table.verdicts:
            own = m.verdict == verdict.id
            when_all(own & (m.n >= verdict.at_least))(_holding(heard, verdict.id))
            when_all(own & (m.n < verdict.at_least))(_nothing)
    name, definition = rules.define()
    return {name: definition}


def _giving(heard: _Heard, item: Indicator) -> Callable[[Any], None]:
    """A consequent takes one argument; a second would be a callback of its own."""

    def give(_: Any) -> None:
        held = heard.sections.setdefault(item.section, [0, 0])
        held[0] += points_of(item, heard.facts)
        held[1] += item.points

    return give


def _holding(heard: _Heard, verdict: str) -> Callable[[Any], None]:
    def hold(_: Any) -> None:
        heard.verdicts.add(verdict)

    return hold


def _nothing(_: Any) -> None:
    return


def _total(table: Table, heard: _Heard) -> Decimal:
    base = 0
    bonus, _ = heard.sections[table.bonus[0].section]
    for name, items in table.sections.items():
        points, printed = heard.sections[name]
        base += half_up(points * sum(item.points for item in items), printed)
    return Decimal(half_up(half_up(base * 100 * UNIT, table.whole) + bonus, 100)) / 100
