"""`starrating archive`: what can be done with a review.zip."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from starrating.cli import _faults
from starrating.cli._command import PATH, SETTINGS, Group, argument, json_option
from starrating.cli._exits import Exit
from starrating.cli._terminal import columns, say, show, show_document

if TYPE_CHECKING:
    from starrating.archive.bundle import Bundle
    from starrating.faults import Fault


@click.group("archive", cls=Group, context_settings=SETTINGS, help="评定档案：核验、复算。")
def archive() -> None:
    """What can be done with an archive."""


@archive.command(
    "verify",
    context_settings=SETTINGS,
    help="核验：重算档案中每个文件的校验码，按规范重新打包，并要求逐字节相同。\n\n通过只说明档案自洽，不说明没有人整份换过；不通过时退出码为 5。",
)
@argument("path", metavar="档案", type=PATH, help="评定档案 review.zip。")
@json_option
def verify(*, path: Path, as_json: bool) -> int:
    """Verify an archive: digests, canonical form, equal bytes when packed again."""
    data, faults = bytes_of(path)
    if data is None:
        return _tell_failed(path, faults, Exit.DATA, as_json=as_json)
    from starrating.archive.bundle import unpack
    from starrating.archive.bundle import verify as found_wrong

    wrong = found_wrong(data, path.name)
    if wrong:
        return _tell_failed(path, tuple(wrong), Exit.UNVERIFIED, as_json=as_json)
    _tell_verified(path, data, unpack(data, path.name), as_json=as_json)
    return Exit.DONE


@archive.command(
    "reproduce",
    context_settings=SETTINGS,
    help="复算：只用档案里的数据和规则重新评定，逐列比较每一处结果。\n\n有不同时逐条列出，退出码为 5；只是措辞不同的，列出但不算不同。",
)
@argument("path", metavar="档案", type=PATH, help="评定档案 review.zip。")
@click.option(
    "--independent", is_flag=True, help="独立复算：限制情形改用本程序自带的推理，不用当时那一种。"
)
@json_option
def reproduce(*, path: Path, independent: bool, as_json: bool) -> int:
    """Review again from the archive alone and compare every column of meaning."""
    data, faults = bytes_of(path)
    if data is None:
        return _tell_failed(path, faults, Exit.DATA, as_json=as_json)
    from starrating.archive.bundle import unpack, verify
    from starrating.reviewing.reproduce import reproduce as again

    wrong = verify(data, path.name)
    if wrong:
        return _tell_failed(path, tuple(wrong), Exit.UNVERIFIED, as_json=as_json)
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
                "differences": [str(each) for each in found.differences],
                "wording": [str(each) for each in found.wording],
                "faults": _faults.fault_documents(found.faults),
            }
        )
        return code
    show(f"{'√' if found.equal else '×'} {found}")
    return code


def bytes_of(path: Path) -> tuple[bytes | None, tuple[Fault, ...]]:
    """Read the bytes of a file, or None with the fault that says why not."""
    from starrating.archive.codes import CODES as ARCHIVES
    from starrating.limits import MAX_ARCHIVE_BYTES
    from starrating.origin import Origin
    from starrating.records.codes import CODES as DATA

    at = Origin(path.as_posix())
    try:
        if path.stat().st_size > MAX_ARCHIVE_BYTES:
            what = f"{MAX_ARCHIVE_BYTES} 字节"
            return None, (ARCHIVES.fault("A102", at, what=what),)
        return path.read_bytes(), ()
    except FileNotFoundError:
        return None, (DATA.fault("D101", at, path=path.as_posix()),)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, (DATA.fault("D117", at, reason=reason),)


def _tell_failed(path: Path, faults: tuple[Fault, ...], code: Exit, *, as_json: bool) -> int:
    for line in _faults.message_lines(faults):
        say(line)
    say(f"核验没有通过：{path.as_posix()}")
    if as_json:
        show_document(
            {
                "archive": path.as_posix(),
                "consistent": False,
                "exit_code": code.value,
                "faults": _faults.fault_documents(faults),
            }
        )
    return code


def _tell_verified(path: Path, data: bytes, bundle: Bundle, *, as_json: bool) -> None:
    from starrating.archive.bundle import content_digest
    from starrating.results.tables import result_number, results_digest

    facts = bundle.facts
    digest, number = content_digest(data, path.name), result_number(results_digest(bundle.results))
    books = [f"{book}@{version}" for book, version in facts.rulebooks]
    if as_json:
        show_document(
            {
                "archive": path.as_posix(),
                "consistent": True,
                "exit_code": 0,
                "title": facts.title,
                "period": facts.period,
                "stage": facts.stage,
                "rulebooks": books,
                "content_digest": digest,
                "result_number": number,
                "faults": [],
            }
        )
        return
    show(f"√ 自洽：{path.as_posix()}")
    lines = [
        ("评定", facts.title),
        ("周期", f"{facts.period}，截止日 {facts.cut_off}"),
        ("阶段", facts.stage),
        ("规则", "、".join(books)),
        ("结果编号", number),
        ("内容校验码", digest),
    ]
    show("\n".join(columns(line for line in lines if line[1])))
    say("自洽是指档案内部一致；要确认没有整份换过，请与当时公布的结果编号核对。")
