"""What is to be put right: sure losses, points not earned, open problems, sure judgements (15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from starrating.engine.evaluation import Evaluation, SubjectResult
from starrating.engine.format1.words import loss_words
from starrating.engine.scoring.effect import Effect
from starrating.engine.scoring.items import Scored
from starrating.engine.scoring.roles import Role
from starrating.engine.setting import Setting
from starrating.engine.tasks.ledgers import length_of
from starrating.engine.tasks.model import Loss, LossKind
from starrating.engine.values import YES
from starrating.records.model import Row
from starrating.results.model import FindingRow
from starrating.rulebook.model import Item, Rulebook
from starrating.schema import PROBLEMS


def losses(
    evaluation: Evaluation,
    findings: Mapping[str, Iterable[FindingRow]],
    *,
    problems: bool,
) -> Iterator[Loss]:
    """All losses of a rulebook's review; `findings` are its rows by organisation.

    `problems` is true for the one rulebook of a plan that also answers for 问题清单.
    """
    for result in evaluation.subjects:
        by_clause: dict[tuple[str | None, str | None], FindingRow] = {
            (row.item, row.clause): row for row in findings[result.code] if row.clause is not None
        }
        book = evaluation.setting.book
        yield from (
            loss for loss in _item_losses(book, result, by_clause) if book.raises_task(loss.name)
        )
        yield from _judgement_losses(evaluation, result)
        if problems:
            yield from _problem_losses(evaluation.setting, result)


# --- items ----------------------------------------------------------------------------------------


def _item_losses(
    book: Rulebook,
    result: SubjectResult,
    rows: Mapping[tuple[str | None, str | None], FindingRow],
) -> Iterator[Loss]:
    for order, ((_, item), scored) in enumerate(zip(book.items(), result.final_items, strict=True)):
        if not _surely_lost(scored):
            continue
        rest: list[FindingRow] = []
        for effect in scored.parts:
            row = rows.get((item.id, effect.number))
            if row is None or not _loses(effect):
                continue
            if effect.point is not None and effect.point in book.rectification:
                yield _of_point(result.code, item, effect.point, row, order)
            else:
                rest.append(row)
        if rest or not any(_loses(part) for part in scored.parts):
            yield _of_item(result.code, item, rest, order)


def _surely_lost(scored: Scored) -> bool:
    """Whether points are lost however the missing facts turn out."""
    if scored.role is Role.BASE:
        high = scored.score.high
        return scored.state != "not_applicable" and high is not None and high < scored.points
    if scored.role is Role.DEDUCTION:
        return scored.score.low is not None and scored.score.low > 0
    if scored.role is Role.ON_SECTION:
        return scored.score.high is not None and scored.score.high < 0
    return False


def _loses(effect: Effect) -> bool:
    """Whether the clause surely takes points, or sets fewer than it could."""
    if not effect.applies or effect.set_aside:
        return False
    if effect.sets is not None:
        return effect.when is YES
    return effect.gain.high is not None and effect.gain.high < 0


def _of_point(code: str, item: Item, point: str, row: FindingRow, order: int) -> Loss:
    return Loss(
        code,
        LossKind.POINT,
        point,
        order,
        item=item.id,
        problem=loss_words(item.title, (row,)),
        findings=(row.finding,),
    )


def _of_item(code: str, item: Item, rows: list[FindingRow], order: int) -> Loss:
    return Loss(
        code,
        LossKind.ITEM,
        item.id,
        order,
        item=item.id,
        problem=loss_words(item.title, rows),
        findings=tuple(row.finding for row in rows),
    )


# --- judgements -----------------------------------------------------------------------------------


def _judgement_losses(evaluation: Evaluation, result: SubjectResult) -> Iterator[Loss]:
    first = len(list(evaluation.setting.book.items()))
    every = [*evaluation.stages[0], *evaluation.stages[1]]
    sure = result.judged.first.sure | result.judged.second.sure
    rejected = result.judged.flags.rejected
    for order, judgement in enumerate(every, start=first):
        then = judgement.then
        if judgement.id not in sure or then.task is None or then.flag in rejected:
            continue
        yield Loss(
            result.code,
            LossKind.JUDGEMENT,
            judgement.id,
            order,
            problem=then.case or judgement.title or judgement.basis or judgement.id,
            task=then.task,
            within=length_of(then.within),
            owner=then.owner,
            flag=then.flag,
            task_kind=then.kind,
        )


# --- problems -------------------------------------------------------------------------------------


def _problem_losses(setting: Setting, result: SubjectResult) -> Iterator[Loss]:
    """Problems found up to the cut-off and not closed by then."""
    base = 10**6
    for order, row in enumerate(setting.rows(PROBLEMS, result.code), start=base):
        found, closed = row.value("发现日期"), row.value("销号日期")
        if isinstance(found, date) and found > setting.cut_off:
            continue
        if closed is not None and not (isinstance(closed, date) and closed > setting.cut_off):
            continue
        due = row.value("整改时限")
        yield Loss(
            result.code,
            LossKind.PROBLEM,
            _text(row, "问题编号") or str(row.origin),
            order,
            problem=_text(row, "问题内容"),
            task=_text(row, "整改措施"),
            owner=_text(row, "责任人"),
            due=due if isinstance(due, date) else None,
        )


def _text(row: Row, column: str) -> str | None:
    cell = row.value(column)
    return cell if isinstance(cell, str) else None
