"""Which tasks there are: losses joined with the tasks of the previous review (step 15)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from starrating.engine.tasks.model import Duty, EarlierTask, Loss, LossKind
from starrating.engine.tasks.status import ENDINGS, LedgerEntry, Status, merged, status_of

_PART = re.compile(r"(.+)(\(\d{1,3}\))")
PROBLEM = "problem:"
"""Put before a 问题编号 that is also an item's id, so that numbers of tasks stay apart."""


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What a task is about: an organisation and a key; problems are apart from items."""

    code: str
    of_problem: bool
    key: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One task to be written: its losses, and the earlier task that it carries on.

    `part` is "(1)" and so on where the ledger has split the task, else empty.
    """

    subject: Subject
    losses: tuple[Loss, ...] = ()
    earlier: EarlierTask | None = None
    repeated: bool = False
    part: str = ""

    @property
    def order(self) -> tuple[str, float, Subject, int, str]:
        """Organisation, then the rulebook's order; what no longer has a loss comes after."""
        place = min((float(loss.order) for loss in self.losses), default=float("inf"))
        return (self.subject.code, place, self.subject, len(self.part), self.part)


class Ledger:
    """The ledger's rows by task number, and the rows of 问题清单 by organisation and number."""

    def __init__(self, entries: Iterable[LedgerEntry]) -> None:
        self._rows: dict[str, list[LedgerEntry]] = defaultdict(list)
        self._problems: dict[tuple[str, str], list[LedgerEntry]] = defaultdict(list)
        self._parts: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            if entry.problem_of is not None:
                self._problems[entry.problem_of, entry.number].append(entry)
                continue
            self._rows[entry.number].append(entry)
            if split := _PART.fullmatch(entry.number):
                self._parts[split[1]].add(split[2])

    def entry(self, numbers: Iterable[str], subject: Subject | None = None) -> LedgerEntry | None:
        """Find what is told of a task known under any of these numbers."""
        rows = [row for number in set(numbers) for row in self._rows.get(number, ())]
        if subject is not None and subject.of_problem:
            rows.extend(self._problems.get((subject.code, subject.key), ()))
        return merged(rows)

    def parts(self, numbers: Iterable[str]) -> tuple[str, ...]:
        """List the parts into which a task known under any of these numbers was split."""
        parts = {part for number in numbers for part in self._parts.get(number, ())}
        return tuple(sorted(parts, key=lambda part: (len(part), part)))


def drafts(
    losses: Iterable[Loss],
    duties: Mapping[str, Duty],
    earlier: Iterable[EarlierTask],
    ledger: Ledger,
    *,
    as_of: date,
    period: str,
) -> Iterator[Draft]:
    """Tell which tasks there are, one for each subject or open part of one, in no order."""
    lost = _by_subject(losses, duties)
    before = _before(earlier, lost)
    for subject in lost.keys() | before.keys():
        own, then = lost.get(subject, ()), _latest(before.get(subject, ()))
        endings = {_ending(task, subject, ledger, as_of) for task in then}
        if then and then[0].period == period:
            yield from _of_this_review(subject, own, then)
        elif own and None not in endings:
            yield Draft(subject, own, repeated=Status.CLOSED in endings)
        else:
            carried = (task for task in then if task.open)
            yield from (_carried(subject, own, task) for task in carried)


def _of_this_review(
    subject: Subject, losses: tuple[Loss, ...], then: tuple[EarlierTask, ...]
) -> Iterator[Draft]:
    """Keep tasks of an earlier stage of this review: those with a loss, and those carried."""
    for task in then:
        if losses or task.carried_from is not None:
            yield _carried(subject, losses, task)


def _carried(subject: Subject, losses: tuple[Loss, ...], task: EarlierTask) -> Draft:
    part = task.key.removeprefix(PROBLEM)[len(subject.key) :]
    return Draft(subject, losses, task, task.repeated, part)


def _ending(task: EarlierTask, subject: Subject, ledger: Ledger, as_of: date) -> Status | None:
    """Tell how an earlier task has ended by now, closed or cancelled; None if it is open."""
    if not task.open:
        return Status(task.status)
    entry = ledger.entry((task.number,), subject)
    status = status_of(entry, due=None, kind=None, issued=None, as_of=as_of)
    return status if status in ENDINGS else None


def _by_subject(
    losses: Iterable[Loss], duties: Mapping[str, Duty]
) -> dict[Subject, tuple[Loss, ...]]:
    """Gather losses by key; a check point without a duty of its own is its item's."""
    gathered: dict[Subject, list[Loss]] = defaultdict(list)
    for loss in set(losses):
        of_item = loss.kind is LossKind.POINT and loss.name not in duties and loss.item is not None
        key = loss.item if of_item and loss.item is not None else loss.key
        gathered[Subject(loss.code, loss.kind is LossKind.PROBLEM, key)].append(loss)
    return {subject: _in_order(own) for subject, own in gathered.items()}


def _in_order(own: list[Loss]) -> tuple[Loss, ...]:
    if len(own) > 1:  # one loss a task is the rule
        own.sort(key=lambda loss: (loss.order, loss.findings, repr(loss)))
    return tuple(own)


def _before(
    earlier: Iterable[EarlierTask], lost: Mapping[Subject, tuple[Loss, ...]]
) -> dict[Subject, list[EarlierTask]]:
    """Gather earlier tasks by the key of the whole task, unless a loss has the full key."""
    gathered: dict[Subject, list[EarlierTask]] = defaultdict(list)
    for task in set(earlier):
        subject = Subject(task.code, task.of_problem, task.key.removeprefix(PROBLEM))
        split = _PART.fullmatch(subject.key)
        if split and subject not in lost:
            subject = Subject(task.code, task.of_problem, split[1])
        gathered[subject].append(task)
    return gathered


def _latest(tasks: Iterable[EarlierTask]) -> tuple[EarlierTask, ...]:
    """Keep the tasks of the latest period, one a number, in order."""
    newest = max((task.period for task in tasks), default="")
    by_number = {task.number: task for task in sorted(tasks, key=repr) if task.period == newest}
    return tuple(by_number[number] for number in sorted(by_number))


def whole_number(number: str) -> str:
    """Take the number of the whole task from the number of a part, or of itself."""
    split = _PART.fullmatch(number)
    return split[1] if split else number
