"""Writing the rows of tasks.csv: text, owner, deadline and status of each draft (step 15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from starrating.engine.tasks.codes import DEADLINE_CHANGED, NOT_APPROVED, UNKNOWN_HOLIDAYS
from starrating.engine.tasks.deadlines import Calendar, Length, deadline, length_text, unknown_year
from starrating.engine.tasks.drafts import PROBLEM, Draft, Ledger, Subject
from starrating.engine.tasks.model import DEFAULT, Duty, TaskWarning
from starrating.engine.tasks.status import LedgerEntry, Status, extended_limit, status_of
from starrating.results.model import TaskRow


@dataclass(slots=True)
class _Terms:
    """What a task asks, before its ledger row is looked at."""

    task: str
    owner: str | None
    kind: str | None
    within: Length | None
    due: date | None
    issued: date | None


@dataclass(slots=True, kw_only=True)
class TaskWriter:
    """Writes the rows of one rulebook's drafts, and gathers warnings on the way."""

    duties: Mapping[str, Duty]
    book: Ledger
    issued: date | None
    as_of: date
    calendar: Calendar
    prefix: str
    items: set[Subject]
    warnings: list[TaskWarning] = field(default_factory=list)

    def rows(self, draft: Draft) -> list[TaskRow]:
        """Write one task, or one for each part into which the ledger has split it."""
        number, before = self._numbers(draft)
        parts = () if draft.part else self.book.parts((number, before or number))
        return [
            self._row(replace(draft, part=draft.part or part), number + part, before, part)
            for part in parts or ("",)
        ]

    def _numbers(self, draft: Draft) -> tuple[str, str | None]:
        """Give the task's number, and the one it had in the review before."""
        subject = draft.subject
        clash = subject.of_problem and replace(subject, of_problem=False) in self.items
        key = f"{PROBLEM if clash else ''}{subject.key}{draft.part}"
        number = f"{self.prefix}-{subject.code}-{key}"
        old = draft.earlier
        if old is None:
            return number, None
        return number, old.carried_from if old.number == number else old.number

    def _row(self, draft: Draft, number: str, before: str | None, split: str) -> TaskRow:
        known_as = {number, before + split if before else number}
        entry = self.book.entry(known_as, draft.subject)
        terms = self._terms(draft)
        if draft.part and entry:
            terms.task = entry.task or terms.task
            terms.owner = entry.owner or terms.owner
            terms.due = entry.due or terms.due
        elif draft.earlier and entry:
            terms.due = terms.due or entry.due
        due, due_text = self._due(terms, entry, number)
        self._look_at(entry, due, number)
        return TaskRow(
            task=number,
            code=draft.subject.code,
            item=_item(draft),
            problem=_problem(draft),
            findings=_findings(draft),
            task_text=terms.task,
            owner=terms.owner,
            kind=terms.kind,
            issued=terms.issued,
            due=due_text,
            status=self._status(draft, entry, due, terms),
            carried_from=before,
            repeated=draft.repeated,
        )

    def _terms(self, draft: Draft) -> _Terms:
        """Ask the duty of the key, then the loss, then the default; an earlier task leads."""
        duty, default, old = self._duty(draft), self.duties.get(DEFAULT, Duty()), draft.earlier
        losses = draft.losses
        problem = _problem(draft)
        own = next((loss.task_kind for loss in losses if loss.task_kind), None)
        kind = (old and old.kind) or duty.kind or own or default.kind
        general = None if kind == Status.LONG_TERM else default.within
        lengths = (duty.within, *(loss.within for loss in losses), general)
        return _Terms(
            task=(old and old.task)
            or duty.task
            or _joined(loss.task for loss in losses)
            or default.task
            or (f"针对“{problem}”整改" if problem else "整改"),
            owner=(old and old.owner)
            or duty.owner
            or _joined(loss.owner for loss in losses)
            or default.owner,
            kind=kind,
            within=next((length for length in lengths if length), None),
            due=(old and old.due) or min((loss.due for loss in losses if loss.due), default=None),
            issued=(old and old.issued) or self.issued,
        )

    def _duty(self, draft: Draft) -> Duty:
        names = [draft.subject.key.removeprefix("point:").removeprefix("judgement:")]
        names.extend(loss.flag for loss in draft.losses if loss.flag)
        if draft.subject.of_problem:
            return Duty()
        return next((self.duties[name] for name in names if name in self.duties), Duty())

    def _due(
        self, terms: _Terms, entry: LedgerEntry | None, number: str
    ) -> tuple[date | None, str | None]:
        """Find the first deadline, as a day where there is one, and as printed."""
        due = terms.due
        if due is None and terms.within and terms.issued:
            due = deadline(terms.issued, terms.within, self.calendar)
            if due is None:
                year = str(unknown_year(terms.issued, self.calendar))
                self.warnings.append((UNKNOWN_HOLIDAYS, (("year", year), ("task", number))))
        if due is None and entry:
            due = entry.due
        if due is not None:
            return due, due.isoformat()
        return None, length_text(terms.within) if terms.within else None

    def _look_at(self, entry: LedgerEntry | None, due: date | None, number: str) -> None:
        """Warn of a deadline changed by hand, and of an extension without approval."""
        if entry is None:
            return
        if due is not None and entry.due not in {None, due}:
            parts = (("task", number), ("written", str(entry.due)), ("due", str(due)))
            self.warnings.append((DEADLINE_CHANGED, parts))
        limit = extended_limit(entry, due)
        if limit != due and not entry.approved:
            self.warnings.append((NOT_APPROVED, (("task", number), ("date", str(limit)))))

    def _status(
        self, draft: Draft, entry: LedgerEntry | None, due: date | None, terms: _Terms
    ) -> Status:
        if draft.earlier and not draft.earlier.open:
            return Status(draft.earlier.status)
        return status_of(entry, due=due, kind=terms.kind, issued=terms.issued, as_of=self.as_of)


def _item(draft: Draft) -> str | None:
    """Name the item of a task; tasks of problems have none, which tells them apart later."""
    if draft.subject.of_problem:
        return None
    old = draft.earlier.item if draft.earlier else None
    return next((loss.item for loss in draft.losses if loss.item), old)


def _problem(draft: Draft) -> str | None:
    """Say what is wrong: by this review's losses, else as the earlier task said."""
    old = draft.earlier.problem if draft.earlier else None
    return _joined(loss.problem for loss in draft.losses) or old


def _findings(draft: Draft) -> str | None:
    """List the findings of a task, once each, in the order of its losses."""
    ids = (finding for loss in draft.losses for finding in loss.findings)
    return "; ".join(dict.fromkeys(ids)) or None


def _joined(texts: Iterable[str | None]) -> str | None:
    return "；".join(dict.fromkeys(text for text in texts if text)) or None
