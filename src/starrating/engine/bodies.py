"""Organisations followed through their changes, whatever codes they went by (step 17).

A body is one organisation over time. 更名, 改隶 and 升格 give it another name; 合并 and 拆分 make
other bodies, which take their last star by the rulebook's `after_merger`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from starrating.engine.codes import CODES
from starrating.engine.scope import roll_star
from starrating.engine.setting import Previous
from starrating.engine.values import NONE, UNKNOWN, Interval, Nothing, Unknown
from starrating.faults import Fault
from starrating.origin import Origin
from starrating.records.model import Row
from starrating.rulebook.model import Moves

KEEPING = frozenset(("更名", "改隶", "升格"))
MERGER, DIVISION = "合并", "拆分"

Last = Interval | Nothing | Unknown
"""A last star: known, none (not rated, or no limit), or not known."""


@dataclass(frozen=True, slots=True)
class Change:
    """One 原党组织 → 现党组织 of one day."""

    day: date
    kind: str
    old: str
    new: str
    origin: Origin


@dataclass(slots=True, eq=False)
class Body:
    """One organisation over time.

    `names` are the codes (or texts) it went by, the latest last; `last` its last star where an
    archive or a change tells it; `into` the body that it turned out to be; `heir` the one that
    takes over its open tasks; `recorded_by` the one that takes over its rows; `renamed` the day
    of its first change of name.
    """

    names: list[str]
    last: Last | None = None
    into: Body | None = None
    heir: Body | None = None
    recorded_by: Body | None = None
    renamed: date | None = None


@dataclass(slots=True)
class Bodies:
    """All bodies that archives or changes name; `roll` holds the rows of 党组织 by code.

    Changes up to the day `since` are in the archives' stars already.
    """

    roll: Mapping[str, Row]
    moves: Moves | None
    since: date | None
    faults: list[Fault] = field(default_factory=list)
    holders: dict[str, Body] = field(default_factory=dict)
    """Code → the body that has it now."""
    bearers: dict[str, list[Body]] = field(default_factory=dict)
    """Code → the bodies that have had it, in order of time."""

    def begin(self, previous: Previous) -> None:
        """Take what earlier archives say."""
        for code in sorted({*previous.stars, *previous.unknown_stars, *previous.flags}):
            body = self._body(code)
            if code in previous.unknown_stars:
                body.last = UNKNOWN
            elif code in previous.stars:
                star = previous.stars[code]
                body.last = NONE if star is None else Interval.at(star)
        for task in previous.tasks:
            self._body(task.code)

    def follow(self, changes: Iterable[Change]) -> None:
        """Go through the changes in order of their days; rows of one day have no order."""
        ordered = sorted(changes, key=lambda c: (c.day, c.kind, c.old, c.new))
        for _, of_day in groupby(ordered, key=lambda change: change.day):
            for changes_now in _rounds(list(of_day), frozenset(self.holders)):
                self._rename([c for c in changes_now if c.kind in KEEPING])
                self._join([c for c in changes_now if c.kind not in KEEPING])

    # --- what became of them ---

    def of(self, code: str) -> tuple[Body, ...]:
        """The bodies that went by a code, one where it has always meant the same."""
        return tuple(dict.fromkeys(self.real(body) for body in self.bearers.get(code, ())))

    def all(self) -> tuple[Body, ...]:
        """All bodies, each once, by their first codes."""
        return tuple(dict.fromkeys(each for code in sorted(self.bearers) for each in self.of(code)))

    def real(self, body: Body) -> Body:
        """The body itself, where two turned out to be one."""
        while body.into is not None:
            body = body.into
        return body

    def heir(self, body: Body) -> Body:
        """Who has the open tasks of a body in the end."""
        return self._end(body, lambda each: each.heir)

    def recorder(self, body: Body) -> Body:
        """Who has the rows of a body in the end."""
        return self._end(body, lambda each: each.recorded_by)

    def _end(self, body: Body, step: Callable[[Body], Body | None]) -> Body:
        body = self.real(body)
        passed = {id(body)}
        while (following := step(body)) is not None:
            body = self.real(following)
            if id(body) in passed:  # two that became each other on one day
                break
            passed.add(id(body))
        return body

    def code(self, body: Body) -> str:
        """The code a body goes by: its latest on the roll, else its latest."""
        own = (name for name in reversed(body.names) if self.holders.get(name, body) is body)
        return next((name for name in own if name in self.roll), body.names[-1])

    def last(self, body: Body) -> Last | None:
        """The last star of a body: the archive's, else 上年度星级; None where neither knows it."""
        if body.last is not None:
            return body.last
        rows = [self.roll[name] for name in reversed(body.names) if name in self.roll]
        filled = (star for row in rows if (star := roll_star(row)) is not NONE)
        return next(filled, NONE if rows else None)

    # --- changes ---

    def _body(self, code: str) -> Body:
        """The body a code means: who has it, else who had it last, else a new one."""
        if code in self.holders:
            return self.holders[code]
        if code in self.bearers:
            return self.real(self.bearers[code][-1])
        body = Body([code])
        self._name(body, code)
        return body

    def _name(self, body: Body, code: str) -> None:
        self.holders[code] = body
        self.bearers.setdefault(code, []).append(body)

    def _rename(self, changes: Sequence[Change]) -> None:
        """Give bodies their new names, all at once: codes may be handed on in a ring."""
        moving: dict[str, Change] = {}
        for change in changes:
            other = moving.setdefault(change.old, change)
            if other.new != change.new:
                news = f"{other.new}、{change.new}"
                self.faults.append(CODES.fault("E217", change.origin, old=change.old, new=news))
        moved = [(change, self._body(change.old)) for change in moving.values()]
        moved = [(change, body) for change, body in moved if body.names[-1] != change.new]
        for _, body in moved:
            self.holders.pop(body.names[-1], None)
        for change, body in moved:
            there = self.holders.get(change.new)
            if there is not None and there is not body:
                self._unite(change, body, there)
            body.names.append(change.new)
            body.renamed = body.renamed or change.day
            self._name(body, change.new)

    def _unite(self, change: Change, body: Body, there: Body) -> None:
        """The archive knows the new code already: what it says of that one goes before."""
        one, other = body.last, there.last
        if isinstance(one, Interval) and isinstance(other, Interval) and one != other:
            stars = {"old_star": int(one.number), "new_star": int(other.number)}
            names = {"old": change.old, "new": change.new}
            self.faults.append(CODES.fault("E214", change.origin, **names, **stars))
        if there.last is not None and there.last is not NONE:
            body.last = there.last
        body.last = body.last if body.last is not None else there.last
        body.names = [*there.names, *body.names]
        there.into = body

    def _join(self, changes: Sequence[Change]) -> None:
        """Mergers and divisions: last stars first, from what was before, then who succeeds."""
        news = sorted({change.new for change in changes})
        stars = [(new, self._star_of(new, changes)) for new in news]
        for new, star in stars:
            body = self._body(new)
            body.heir = body.recorded_by = None
            body.last = star
        for change in changes:
            if change.old != change.new:
                self._succeed(change, changes)

    def _succeed(self, change: Change, changes: Sequence[Change]) -> None:
        """Tasks stay with a body that goes on; else they pass to its first successor by code."""
        body = self._body(change.old)
        news = sorted(c.new for c in changes if c.old == change.old)
        if change.old not in news:
            body.heir = self._body(news[0])
        succeeds = self.moves.succeeds if self.moves else None
        if succeeds == "records" and change.kind == MERGER and change.old not in news:
            body.recorded_by = self._body(news[0])

    def _star_of(self, new: str, changes: Sequence[Change]) -> Last | None:
        """The last star of a body after a merger or division; None leaves it to the roll."""
        own, successor = [c for c in changes if c.new == new], self._body(new)
        if self.since is not None and own[0].day <= self.since:
            return successor.last
        olds = [self._body(change.old) for change in own]
        if self._lived(successor, own[0].day) and successor not in olds:
            olds.append(successor)
        rule = self.moves.after_merger if self.moves else "unknown"
        told = any(old.last is not None for old in olds)
        if successor not in olds and rule != "none" and not (told and rule != "unknown"):
            row = self.roll.get(new)
            if row is not None and roll_star(row) is not NONE:
                return successor.last
        if rule in {"none", "unknown"}:
            return NONE if rule == "none" else UNKNOWN
        stars = [self.last(old) for old in olds]
        self._tell_absent(own)
        return _chosen(rule, stars)

    def _lived(self, body: Body, day: date) -> bool:
        """Whether a body is known to have been there before that day."""
        if body.last is not None and body.last is not NONE:
            return True
        row = next((self.roll[name] for name in body.names if name in self.roll), None)
        founded = row.value("成立日期") if row is not None else None
        return isinstance(founded, date) and founded < day

    def _tell_absent(self, changes: Iterable[Change]) -> None:
        for change in changes:
            if self.last(self._body(change.old)) is None:
                self.faults.append(CODES.fault("E212", change.origin, old=change.old))


def _chosen(rule: str, stars: Sequence[Last | None]) -> Last:
    """The lowest or highest star; those that were not rated are left out, no star counts as 0."""
    if any(star is None or isinstance(star, Unknown) for star in stars):
        return UNKNOWN
    numbers = [star.number for star in stars if isinstance(star, Interval)]
    if not numbers:
        return NONE
    return Interval.at(min(numbers) if rule == "lowest" else max(numbers))


def _rounds(changes: list[Change], known: frozenset[str]) -> Iterator[list[Change]]:
    """The changes of one day in the order that follows from them.

    A change waits for those that make its old body, unless that code had a body before: then
    codes are handed on, not chained. What waits in a ring goes together.
    """
    while changes:
        made = {change.new for change in changes if change.new != change.old}
        ready = [c for c in changes if c.old in known or c.old not in made] or changes
        yield ready
        changes = [change for change in changes if change not in ready]
