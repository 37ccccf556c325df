"""整改要求: what is to be done about a loss or a judgement, by when, by whom (step 15)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starrating.rulebook.describe.judgements import case_text, limits
from starrating.rulebook.describe.model import Chapter, Row, Table
from starrating.rulebook.describe.words import span
from starrating.rulebook.fields import Span
from starrating.rulebook.model import Duty, Effect, Judgement, Rulebook

HEAD = ("问题", "整改任务", "期限", "责任人", "类别")
WIDTHS = (86, 80, 31, 32, 28)
_DEFAULT, _LASTING = "default", "长期坚持"


@dataclass(frozen=True, slots=True)
class _Task:
    """What is asked, as far as an entry says it."""

    task: str | None = None
    within: Span | None = None
    owner: str | None = None
    kind: str | None = None

    def general(self, default: _Task) -> _Task:
        """With the general entry below; what is 长期坚持 does not take its length, and what asks
        for no task takes nothing."""
        if Duty.NONE in (self.task, default.task):
            return self
        lasting = (self.kind or default.kind) == _LASTING
        return self.over(replace(default, within=None) if lasting else default)

    def over(self, below: _Task) -> _Task:
        """What this one does not say is said by `below`."""
        return _Task(
            self.task or below.task,
            self.within or below.within,
            self.owner or below.owner,
            self.kind or below.kind,
        )


def _task(entry: Duty | Effect) -> _Task:
    return _Task(entry.task, entry.within, entry.owner, entry.kind)


def duty_chapter(book: Rulebook) -> Chapter:
    """A row for each entry of `rectification`, and for judgements that ask for a task."""
    asked = {j.id: _task(j.then) for j in book.judgements if j.then.task is not None}
    written = {name: _task(duty) for name, duty in book.rectification.items()}
    default = written.pop(_DEFAULT, None)
    general = default or _Task()
    rows = [
        _row(
            _problem(book, name),
            written.get(name, _Task()).over(asked.get(name, _Task())).general(general),
            name,
        )
        for name in {**asked, **written}
    ]
    if default is not None:
        rows.append(_row("其他问题" if rows else "各项问题", default, _DEFAULT))
    if not rows:
        return Chapter("整改要求")
    table = Table(HEAD, WIDTHS, tuple(rows), centred=(2, 3, 4))
    after = ("期限从签发次日起算，以工作日计的从下一个工作日起算。",)
    return Chapter("整改要求", table=table, after=after)


def _problem(book: Rulebook, name: str) -> str:
    """The item, judgement, check point or flag that an entry answers."""
    titles = {item.id: f"{item.id} {item.title}" for _, item in book.items()}
    titles |= {j.id: _asking(book, j) for j in book.judgements}
    return titles.get(name, name)


def _asking(book: Rulebook, judgement: Judgement) -> str:
    """A judgement; one that asks for nothing but a task has its basis told here."""
    alone = next(iter(limits(book, judgement.then)), None) is None and judgement.then.flag is None
    basis = f"（{judgement.basis}）" if alone and judgement.basis is not None else ""
    return f"{judgement.id} {case_text(book, judgement)}的{basis}"


def _row(problem: str, asked: _Task, key: str) -> Row:
    if asked.task == Duty.NONE:
        return Row((problem, "不列入整改任务", "", "", ""), key)
    within = span(asked.within) if asked.within is not None else ""
    cells = (problem, asked.task or "完成整改", within, asked.owner or "", asked.kind or "")
    return Row(cells, key)
