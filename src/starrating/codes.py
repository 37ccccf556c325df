"""All codes of faults in one list; `python -m starrating.codes` prints docs/codes.md."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from starrating.archive.codes import CODES as ARCHIVE
from starrating.batch.codes import BATCH
from starrating.engine.codes import CODES as ENGINE
from starrating.engine.tasks.codes import TASK_CODES
from starrating.faults import Code, CodeTable
from starrating.ledger.codes import CODES as LEDGER
from starrating.records.codes import CODES as RECORDS
from starrating.report.codes import CODES as REPORT
from starrating.report.words import LEVELS
from starrating.reviewing.codes import CODES as REVIEWING
from starrating.rulebook.checks.codes import CHECK_CODES
from starrating.rulebook.codes import CODES as RULEBOOK
from starrating.rulebook.layers.codes import LAYERS
from starrating.rulebook.syntaxcodes import SYNTAX
from starrating.rulebook.versioncodes import VERSIONS
from starrating.rulesheets.codes import RULESHEETS
from starrating.yamlcodes import YAML

TABLES: tuple[CodeTable, ...] = (
    YAML, SYNTAX, RULEBOOK, CHECK_CODES, VERSIONS, LAYERS, RECORDS, REVIEWING, ENGINE, TASK_CODES,
    REPORT, ARCHIVE, LEDGER, RULESHEETS, BATCH,
)  # fmt: skip
"""Every room's table; a test finds those that are forgotten."""

_KINDS = {
    "R": ("规则", "规则文件和规则目录里的问题。`starrating rules check` 会全部列出。"),
    "D": ("数据", "检查数据、评定方案和日历里的问题。`starrating check` 会全部列出。"),
    "E": ("评定", "评定和写出结果时发现的问题。"),
    "A": ("档案", "评定档案里的问题。"),
}
_HEAD = """\
# 问题代码

程序在您的文件里发现问题时，都带一个代码，例如 `D304`。代码一经使用不再改作他用。
每条都写明在哪里、是什么、怎么改；下表中的“……”处，程序会填上具体内容。

| 级别 | 含义 |
|---|---|
| 无法继续 | 不解决就做不下去，命令停止，什么也不写 |
| 错误 | 该处按未知处理，其余照常；受影响的得分显示为一个范围 |
| 提醒 | 照常处理，请核对 |
| 疑点提示 | 供人工复核，从不影响得分 |
| 说明 | 只是告知 |

本页由 `python -m starrating.codes` 生成。
"""
_FIELD = re.compile(r"\{\w+\}")


def all_codes() -> tuple[Code, ...]:
    """All codes in order of kind (R, D, E, A) and number; one id in two tables is an error."""
    found: dict[str, Code] = {}
    for code in (code for table in TABLES for code in iter(table)):
        if code.id in found:
            raise ValueError(f"code {code.id} is defined twice")
        found[code.id] = code
    order = "".join(_KINDS)
    return tuple(sorted(found.values(), key=lambda code: (order.index(code.id[0]), code.id)))


def page() -> str:
    """The page docs/codes.md."""
    return "\n".join([_HEAD, *_sections()])


def _sections() -> Iterator[str]:
    codes = all_codes()
    for letter, (title, about) in _KINDS.items():
        yield f"## {letter}：{title}\n\n{about}\n\n| 代码 | 级别 | 含义 | 怎么办 |\n|---|---|---|---|"
        yield from (_row(code) for code in codes if code.id.startswith(letter))
        yield ""


def _row(code: Code) -> str:
    level = LEVELS[code.level.value].partition("（")[0]
    return f"| {code.id} | {level} | {_shown(code.message)} | {_shown(code.remedy)} |"


def _shown(template: str) -> str:
    return _FIELD.sub("……", template).replace("|", "\\|") or "……"


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode())
