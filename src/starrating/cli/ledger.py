"""`starrating archive add|list|history|find`: the ledger (档案台账)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from starrating.cli import _faults
from starrating.cli._archives import bytes_of
from starrating.cli._command import PATH, SETTINGS, Command, Made, argument, json_option
from starrating.cli._exits import Exit
from starrating.cli._ledger import (
    entry_document,
    entry_line,
    entry_pairs,
    event_document,
    standing_document,
    standing_line,
)
from starrating.cli._terminal import columns, say, show, show_document

if TYPE_CHECKING:
    from starrating.archive.canonical import Json
    from starrating.faults import Fault
    from starrating.ledger import Examined

_ABSENT = "A401"
_BUSY = {"A410", "A411"}
_NO_HEAD = "没有给出 --head：台账末尾是否被截去，要用以往抄存的校验码才能看出。"


def _ledger_options(command: Made) -> Made:
    """Give a command the options that name a ledger and the head its reader has kept."""
    command = click.option(
        "--head",
        metavar="校验码",
        help="以往抄存的台账校验码（至少前 16 位），用来发现末尾被截去。",
    )(command)
    return click.option(
        "--ledger", "folder", metavar="文件夹", type=PATH, required=True, help="台账所在文件夹。"
    )(command)


@click.command(
    "add",
    cls=Command,
    context_settings=SETTINGS,
    help="登记：先核验档案，再整份存入台账；每一号登记都与前一号环环相扣。\n\n例：starrating archive add out/review.zip --ledger 台账",
)
@argument("path", metavar="档案", type=PATH, help="评定档案 review.zip。")
@_ledger_options
@json_option
def add(*, path: Path, folder: Path, head: str | None, as_json: bool) -> int:
    """Enter an archive into a ledger."""
    data, faults = bytes_of(path)
    if data is None:
        return _refused(faults, Exit.DATA, as_json=as_json)
    from starrating.ledger import add as enter

    added = enter(folder, data, path.name, head)
    if added.entry is None or added.ledger is None:
        busy = any(fault.code in _BUSY for fault in added.faults)
        return _refused(added.faults, Exit.USAGE if busy else Exit.UNVERIFIED, as_json=as_json)
    notes = added.ledger.notes_on(added.entry.number)
    if as_json:
        _document(
            added.ledger, notes, entry=entry_document(added.ledger, added.entry), known=added.known
        )
        return Exit.DONE
    verb = "已在台账中，没有重复登记" if added.known else "已登记"
    show(f"√ {verb}：第 {added.entry.number} 号  {added.entry.title}")
    _show_pairs(
        [("结果编号", added.entry.result_number), ("存为", f"{added.ledger.path(added.entry)}")]
    )
    _tell_notes(notes)
    _show_head(added.ledger)
    return Exit.DONE


@click.command(
    "list",
    cls=Command,
    context_settings=SETTINGS,
    help="列台账：逐号核对登记和档案，列出全部登记。\n\n登记或档案被改动、替换、抽走、打乱次序时逐处指出，退出码为 5。",
)
@_ledger_options
@json_option
def list_(*, folder: Path, head: str | None, as_json: bool) -> int:
    """Check a ledger and list its entries."""
    from starrating.ledger import examine

    ledger = examine(folder, head)
    code = _code_of(ledger.faults)
    if as_json:
        entries = [entry_document(ledger, entry) for entry in ledger.entries]
        _document(ledger, (*ledger.faults, *ledger.notes), code=code, entries=entries)
        return code
    if ledger.entries:
        head_line = ("号", "周期", "阶段", "结果编号", "日期", "名称", "说明")
        lines = [head_line, *(entry_line(ledger, entry) for entry in ledger.entries)]
        show("\n".join(columns(lines, indent="", right="0")))
    if ledger.faults:
        return _refused(ledger.faults, code, as_json=False)
    _tell_notes(ledger.notes)
    show(f"√ 台账自洽：登记 {len(ledger.entries)} 份，档案齐全，环环相扣。")
    _show_head(ledger)
    say(_NO_HEAD if head is None else "给出的校验码在台账中：此前的登记没有被截去或改写。")
    return Exit.DONE


@click.command(
    "find",
    cls=Command,
    context_settings=SETTINGS,
    help="按结果编号找档案：印在封面和页脚上的 12 位编号是哪一次评定，档案存在哪里。",
)
@argument("number", metavar="结果编号", help="12 位结果编号，可只写前几位（至少 6 位）。")
@_ledger_options
@json_option
def find(*, number: str, folder: Path, head: str | None, as_json: bool) -> int:
    """Find the entries with a result number."""
    from starrating.ledger import examine
    from starrating.ledger.chain import MIN_NUMBER
    from starrating.ledger.codes import CODES
    from starrating.origin import Origin

    if len(number.strip()) < MIN_NUMBER:
        raise click.UsageError(f"结果编号至少写前 {MIN_NUMBER} 位")
    ledger = examine(folder, head)
    if ledger.faults:
        return _refused(ledger.faults, _code_of(ledger.faults), as_json=as_json)
    found = ledger.find(number)
    if not found:
        fault = CODES.fault("A417", Origin(str(folder)), number=number)
        return _refused((fault,), Exit.USAGE, as_json=as_json)
    if as_json:
        _document(ledger, (), entries=[entry_document(ledger, entry) for entry in found])
        return Exit.DONE
    for entry in found:
        show(f"第 {entry.number} 号  {entry.title}")
        _show_pairs(entry_pairs(ledger, entry))
        _tell_notes(ledger.notes_on(entry.number))
    return Exit.DONE


@click.command(
    "history",
    cls=Command,
    context_settings=SETTINGS,
    help="历年星级：一个党组织在台账各次评定中的总分和星级；更名、合并、拆分的，按档案所载一并列出。\n\n例：starrating archive history 0101 --ledger 台账",
)
@argument("subject", metavar="党组织", help="代码，或现在、过去的完整名称。")
@_ledger_options
@json_option
def history(*, subject: str, folder: Path, head: str | None, as_json: bool) -> int:
    """Tell an organisation's totals and stars through the years."""
    from starrating.explain import UnknownName
    from starrating.ledger import examine, history_of

    ledger = examine(folder, head)
    if ledger.faults:
        return _refused(ledger.faults, _code_of(ledger.faults), as_json=as_json)
    try:
        found = history_of(ledger, subject)
    except UnknownName as error:
        return _refused((error.fault,), Exit.USAGE, as_json=as_json)
    if as_json:
        _document(
            ledger, (), codes=list(found.codes),
            standings=[standing_document(each) for each in found.standings],
            events=[event_document(each) for each in found.events],
        )  # fmt: skip
        return Exit.DONE
    heads = (
        "周期",
        "阶段",
        "代码",
        "名称",
        "细则",
        "总分",
        "测算",
        "审定",
        "最终",
        "台账号",
        "说明",
    )
    lines = [heads, *(standing_line(each) for each in found.standings)]
    show("\n".join(columns(lines, indent="", right="59")))
    if found.events:
        show("\n组织变更")
        show("\n".join(columns((e.date, e.kind, f"{e.old} → {e.new}") for e in found.events)))
    return Exit.DONE


"""What the group `archive` gets of this module."""


# --- telling ---------------------------------------------------------------------------------------


def _code_of(faults: Iterable[Fault]) -> Exit:
    codes = {fault.code for fault in faults}
    if not codes:
        return Exit.DONE
    return Exit.DATA if codes == {_ABSENT} else Exit.UNVERIFIED


def _show_pairs(pairs: Iterable[tuple[str, str]]) -> None:
    show("\n".join(columns(pair for pair in pairs if pair[1])))


def _show_head(ledger: Examined) -> None:
    show("台账校验码（请抄存在台账之外）")
    show(f"  {ledger.head}")


def _tell_notes(notes: Iterable[Fault]) -> None:
    for note in notes:
        say(f"请注意：{note.message}（{note.remedy}）")


def _refused(faults: tuple[Fault, ...], code: int, *, as_json: bool) -> int:
    for fault in faults:
        say(f"× {fault}")
    if code == Exit.UNVERIFIED:
        say("核验没有通过。")
    if as_json:
        show_document({"exit_code": int(code), "faults": _faults.fault_documents(faults)})
    return code


def _document(
    ledger: Examined, faults: tuple[Fault, ...], *, code: int = Exit.DONE, **more: Json
) -> None:
    show_document(
        {
            "exit_code": int(code),
            "ledger": ledger.folder.as_posix(),
            "head": ledger.head,
            "count": len(ledger.entries),
            "faults": _faults.fault_documents(faults),
            **more,
        }
    )
