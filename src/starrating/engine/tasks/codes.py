"""The fault codes of rectification, and faults made from its warnings."""

from __future__ import annotations

from collections.abc import Iterable

from starrating.engine.codes import CODES
from starrating.engine.tasks.model import TaskWarning
from starrating.faults import Code, CodeTable, Fault, Level, in_order
from starrating.origin import Origin

UNKNOWN_HOLIDAYS = "E114"
UNKNOWN_TASKS = "E120"
DEADLINE_CHANGED = "E151"
NOT_APPROVED = "E152"

TASK_CODES = CodeTable(
    (
        Code(
            DEADLINE_CHANGED,
            Level.WARNING,
            "任务 {task} 在整改台账中的整改时限为 {written}，原期限为 {due}，按原期限计",
            "确需推迟的请填“延期至”和“延期批准”",
        ),
        Code(
            NOT_APPROVED,
            Level.WARNING,
            "任务 {task} 延期至 {date}，没有写明由谁批准",
            "请补填“延期批准”",
        ),
    )
)
_OWN = frozenset({DEADLINE_CHANGED, NOT_APPROVED})


def warning_faults(warnings: Iterable[TaskWarning], origin: Origin) -> tuple[Fault, ...]:
    """Make faults of warnings; `origin` is the ledger or the file that the office must mend."""
    return in_order(
        (TASK_CODES if code in _OWN else CODES).fault(code, origin, **dict(parts))
        for code, parts in warnings
    )
