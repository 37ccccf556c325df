"""`starrating archive`: what can be done with a review.zip."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from starrating.cli import _faults
from starrating.cli._archives import examined, tell_failed
from starrating.cli._command import PATH, SETTINGS, Group, argument, json_option
from starrating.cli._exits import Exit
from starrating.cli._terminal import show, show_document

if TYPE_CHECKING:
    from starrating.archive.canonical import Json
    from starrating.results.compare import Difference


_APART = {
    "verify": "starrating.cli.archive_verify:verify",
    "sign": "starrating.cli.archive_sign:sign",
    "slim": "starrating.cli.archive_slim:slim",
    "sample": "starrating.cli.archive_sample:sample",
    "add": "starrating.cli.ledger:add",
    "list": "starrating.cli.ledger:list_",
    "find": "starrating.cli.ledger:find",
    "history": "starrating.cli.ledger:history",
}


@click.group(
    "archive",
    cls=Group,
    apart=_APART,
    context_settings=SETTINGS,
    help="评定档案：核验、复算、签名、精简、抽样，以及台账。",
)
def archive() -> None:
    """What can be done with an archive."""


@archive.command(
    "reproduce",
    context_settings=SETTINGS,
    help="复算：只用档案里的数据和规则重新评定，逐列比较每一处结果。\n\n有不同时逐条列出，退出码为 5；只是措辞不同的，列出但不算不同。",
)
@argument("path", metavar="档案", type=PATH, help="评定档案 review.zip。")
@click.option(
    "--independent",
    is_flag=True,
    help="独立复算：换一套算法，逐字解释规则，自带推理，另写一套定星和名额算法。",
)
@json_option
def reproduce(*, path: Path, independent: bool, as_json: bool) -> int:
    """Review again from the archive alone and compare every column of meaning."""
    data, faults, code = examined(path)
    if data is None:
        return tell_failed(path, faults, code, as_json=as_json)
    from starrating.archive.bundle import unpack
    from starrating.reviewing.reproduce import reproduce as again

    found = again(unpack(data, path.name), independent=independent, name=path.name)
    code = Exit.DONE if found.equal else Exit.UNVERIFIED
    if as_json:
        show_document(
            {
                "archive": path.as_posix(),
                "equal": found.equal,
                "exit_code": code.value,
                "judged": found.judged,
                "judge": found.judge,
                "independent": independent,
                "unchecked": list(found.unchecked),
                "differences": [_document(each) for each in found.differences],
                "wording": [_document(each) for each in found.wording],
                "faults": _faults.fault_documents(found.faults),
            }
        )
        return code
    show(f"{'√' if found.equal else '×'} {found}")
    return code


def _document(difference: Difference) -> dict[str, Json]:
    return {
        "file": difference.file,
        "row": list(difference.key),
        "subject": difference.subject or None,
        "item": difference.item or None,
        "clause": difference.clause or None,
        "column": difference.column,
        "then": difference.before,
        "now": difference.after,
        "text": str(difference),
    }
