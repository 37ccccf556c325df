"""`starrating rules export` and `rules import`: a rulebook as a workbook, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from starrating.cli import _faults
from starrating.cli._books import NAMED, rules_option
from starrating.cli._command import PATH, SETTINGS, Command, argument, json_option, reference
from starrating.cli._exits import Exit
from starrating.cli._refusal import refused
from starrating.cli._terminal import say, show, show_document
from starrating.oserrors import why

if TYPE_CHECKING:
    from starrating.faults import Fault
    from starrating.rulebook.read import Loaded
    from starrating.rulesheets.transfer import Imported

_SUFFIXES = (".yaml", ".yml")


@click.command(
    "export",
    cls=Command,
    context_settings=SETTINGS,
    help="规则转成 Excel 表：按印发的评分细则排列，整份规则都在里面，改好后用 import 转回。\n\n"
    "灰色的“评分标准”一列只供人看，导入时不读。规则文件里的注释带不过去，逐条列出。\n\n"
    "例：starrating rules export town-village@2023 --out 细则.xlsx",
)
@argument("book", metavar=NAMED, help="如 town-village@2023，或规则文件的路径。")
@click.option("--out", metavar="文件.xlsx", type=PATH, required=True, help="写到哪个文件。")
@rules_option
@json_option
def export_(*, book: str, folder: Path, out: Path, as_json: bool) -> int:
    """Write the workbook of one rule file."""
    from starrating.cli._describe import write_file
    from starrating.rulesheets.transfer import export

    if out.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"“{out}”应以 .xlsx 结尾")
    loaded, faults, code = _loaded(book, folder)
    if loaded is None or not loaded.usable or loaded.book is None:
        return refused(faults if loaded is None else loaded.faults, code, as_json=as_json)
    shown, text = next(iter(loaded.texts.items()))
    made = export(text, shown, loaded.book)
    if made.data is None:
        return refused(made.faults, Exit.RULES, as_json=as_json)
    write_file(out, made.data)
    if as_json:
        show_document({"exit_code": 0, "files": [out.as_posix()], "lost": list(made.lost)})
    elif made.lost:
        show(f"注释 {len(made.lost)} 条没有带过去，列在表“未带入的注释”里。")
    say(f"已写：{out}")
    return Exit.DONE


@click.command(
    "import",
    cls=Command,
    context_settings=SETTINGS,
    help="把 Excel 表转成规则：读 export 写出、又由人改过的表，有错的指出在哪张表哪一格。\n\n"
    "不是本程序列式的评分细则，转成草稿：只取部分、项目、分值、依据，评分标准的原文作注释，标“待人工”，不猜。\n\n"
    "例：starrating rules import 细则.xlsx --out rules/town-village/2025.yaml",
)
@argument("sheet", metavar="文件.xlsx", type=PATH, help="要转的表。")
@click.option(
    "--out", metavar="文件.yaml", type=PATH, required=True, help="写到哪个文件；已有的文件不覆盖。"
)
@rules_option
@click.option("--replace", is_flag=True, help="已有的文件也覆盖。")
@json_option
def import_(*, sheet: Path, out: Path, folder: Path, replace: bool, as_json: bool) -> int:
    """Write the rule file of a workbook; nothing is written where it has errors."""
    from starrating.cli._describe import write_file
    from starrating.rulebook.versions import find_rulebooks
    from starrating.rulesheets.transfer import import_ as read_sheet

    if out.suffix.lower() not in _SUFFIXES:
        raise click.BadParameter(f"“{out}”应以 .yaml 结尾")
    if out.exists() and not replace:
        raise click.UsageError(f"“{out}”已经有了；换一个文件名，或加 --replace 覆盖")
    try:
        data = sheet.read_bytes()
    except OSError as error:
        raise click.UsageError(f"“{sheet}”读不到：{why(error)}") from None
    found = read_sheet(data, sheet.name, find_rulebooks(folder, folder.as_posix()).path)
    text = found.draft.text if found.draft is not None else found.text
    if text is None:
        return refused(found.faults, Exit.RULES, as_json=as_json)
    write_file(out, text.encode())
    _told(found, out, as_json=as_json)
    return Exit.DONE


def _told(found: Imported, out: Path, *, as_json: bool) -> None:
    for line in _faults.message_lines(found.faults):
        say(line)
    waiting = found.draft.waiting if found.draft is not None else 0
    items = found.draft.items if found.draft is not None else len(list(_items(found)))
    if as_json:
        show_document(
            {
                "exit_code": 0,
                "files": [out.as_posix()],
                "draft": found.draft is not None,
                "items": items,
                "waiting": waiting,
                "faults": _faults.fault_documents(found.faults),
            }
        )
    elif found.draft is not None:
        show(f"草稿：项目 {items} 个，待人工补写 {waiting} 处。")
    else:
        show(f"规则：项目 {items} 个。下一步：starrating rules check {out}")
    say(f"已写：{out}")


def _items(found: Imported) -> list[str]:
    return [item.id for _, item in found.book.items()] if found.book is not None else []


def _loaded(named: str, folder: Path) -> tuple[Loaded | None, tuple[Fault, ...], Exit]:
    from starrating.cli._rulebook import find_head
    from starrating.rulebook.read import read_rulebook
    from starrating.rulebook.versions import find_rulebooks, folder_of

    path = Path(named)
    if path.suffix.lower() in _SUFFIXES:
        root = folder_of(path.absolute())
        find = find_rulebooks(root, root.name).path
        return read_rulebook(path, path.as_posix(), find), (), Exit.RULES
    shelf = find_rulebooks(folder, folder.as_posix())
    head, faults = find_head(shelf, *reference(named))
    if head is None:
        return None, faults, Exit.USAGE if shelf.heads else Exit.RULES
    return read_rulebook(head.path, head.shown, shelf.path), (), Exit.RULES
