"""`starrating check`: the data faults alone, all at once."""

from __future__ import annotations

from typing import Any

import rich_click as click

from starrating.cli import _faults
from starrating.cli._command import SETTINGS, Command, json_option
from starrating.cli._exits import Exit
from starrating.cli._request import make_request, request_options
from starrating.cli._terminal import say, show, show_document


@click.command(
    "check",
    cls=Command,
    context_settings=SETTINGS,
    help="查数据：列出全部数据问题，写明文件、工作表、单元格和改法，不评分。\n\n查出错误时退出码为 1。",
)
@request_options
@json_option
def check(*, as_json: bool, **options: Any) -> int:
    """List all data faults; Exit.FOUND where there are errors."""
    from starrating.reviewing import check_data

    outcome = check_data(make_request(**options))
    faults = outcome.faults
    code = outcome.exit_code or (Exit.FOUND if _faults.has_errors(faults) else Exit.DONE)
    if as_json:
        show_document(
            {
                "exit_code": int(code),
                "counts": _faults.count_document(faults),
                "faults": _faults.fault_documents(faults),
            }
        )
        return code
    if not faults:
        say("没有发现数据问题。")
        return code
    show("\n".join(_faults.grouped_lines(faults)))
    say("")
    say(f"共 {len(faults)} 处：{_faults.counted(faults)}。")
    return code
