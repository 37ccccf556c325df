"""整改通知书: what one organisation has to put right, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from starrating.documents.matter import Matter, day_word
from starrating.report.wordfile import HEAD, fill, new_document, new_table, paragraph, to_bytes
from starrating.results.model import TaskRow

_WIDTHS = (12, 56, 44, 24, 34)
_HEADS = ("序号", "问题", "整改任务", "责任人", "整改时限")
_ENDED = frozenset(("已销号", "已撤销"))


def open_tasks(matter: Matter) -> dict[str, list[TaskRow]]:
    """The tasks of each organisation that are not ended, in the order of the codes."""
    found: dict[str, list[TaskRow]] = {}
    for task in matter.tables.tasks:
        if task.status not in _ENDED:
            found.setdefault(task.code, []).append(task)
    return found


def notice(matter: Matter, name: str, tasks: Sequence[TaskRow]) -> bytes:
    """The document of one organisation."""
    plan = matter.plan
    document = new_document(f"整改通知书：{name}", plan.cut_off, landscape=False)
    paragraph(document, "整改通知书", font=HEAD, size=22, centred=True, after=12)
    paragraph(document, f"{name}：", size=14)
    told = f"经{plan.title}，你单位有下列 {len(tasks)} 个问题需要整改。请按期完成，并将整改情况和佐证材料报送{matter.of_office('name')}。"
    paragraph(document, told, size=14, indent=True, after=8)
    made = new_table(document, _WIDTHS, len(tasks) + 1)
    for cell, word in zip(made.rows[0].cells, _HEADS, strict=True):
        fill(cell, word, font=HEAD, centred=True)
    for number, task in enumerate(tasks, start=1):
        cells = made.rows[number].cells
        fill(cells[0], str(number), centred=True)
        fill(cells[1], f"{task.problem or ''}\n（{task.task}）")
        fill(cells[2], f"{task.task_text}{'（反复出现）' if task.repeated else ''}")
        fill(cells[3], task.owner or "", centred=True)
        fill(cells[4], _until(task.due), centred=True)
    told = f"联系人：{matter.of_office('contact')}　电话：{matter.of_office('phone')}"
    paragraph(document, told, size=12, before=12)
    paragraph(document, matter.of_office("name"), size=14, right=True, before=12)
    paragraph(document, matter.dated, size=14, right=True)
    return to_bytes(document)


def _until(due: str | None) -> str:
    """A deadline as it is printed; what is no day is printed as it stands (签发后30日内)."""
    try:
        return day_word(date.fromisoformat(due)) if due else ""
    except ValueError:
        return due or ""
