"""`starrating rules list` and `rules freeze`: what is in force when, and what stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from starrating.cli import _faults
from starrating.cli._command import PATH, SETTINGS, Command, argument, json_option, reference
from starrating.cli._exits import Exit
from starrating.cli._refusal import refused
from starrating.cli._terminal import columns, say, show, show_document

if TYPE_CHECKING:
    from starrating.archive.canonical import Json
    from starrating.faults import Fault
    from starrating.rulebook.versions import Head, Shelf, Stretch

DEFAULT = Path("rules")
_SUFFIXES = (".yaml", ".yml")


@click.command(
    "list",
    cls=Command,
    context_settings=SETTINGS,
    help="列规则：编号、版本、名称、施行期、是否定稿和文件；各版本之间的空档和重叠。",
)
@argument(
    "folder", metavar="[规则]", type=PATH, default=DEFAULT, required=False,
    help="规则所在文件夹；不写为 rules。",
)  # fmt: skip
@json_option
def list_(*, folder: Path, as_json: bool) -> int:
    """List the versions of a folder, and the days with none or several."""
    from starrating.rulebook.versions import find_rulebooks

    shelf = find_rulebooks(folder, folder.as_posix())
    code = Exit.DONE if shelf.heads else Exit.RULES
    for line in _faults.message_lines(shelf.faults):
        say(line)
    if as_json:
        show_document(
            {
                "exit_code": code.value,
                "rulebooks": [_head_document(head) for head in shelf.heads],
                "in_force": {id_: _stretches_document(shelf, id_) for id_ in shelf.ids()},
                "faults": _faults.fault_documents(shelf.faults),
            }
        )
    elif shelf.heads:
        show("\n".join([*columns(_table(shelf), indent=""), *_unclear(shelf)]))
    return code


def _table(shelf: Shelf) -> list[tuple[str, ...]]:
    head = ("编号", "版本", "施行期", "定稿", "名称", "文件")
    return [
        head,
        *(
            (
                each.id,
                each.version,
                each.span,
                "已定稿" if _frozen(each) else "",
                each.title + "（供引用）" * each.library,
                each.shown,
            )
            for each in shelf.heads
        ),
    ]


def _frozen(head: Head) -> bool:
    from starrating.rulebook.freezing import record_path

    return record_path(head.path).exists()


def _unclear(shelf: Shelf) -> list[str]:
    """A line for each gap and each overlap."""
    lines = []
    for id_ in shelf.ids():
        for stretch in shelf.stretches(id_):
            versions = "、".join(head.version for head in stretch.heads)
            if not stretch.heads:
                lines.append(f"空档：{id_} {stretch.span} 没有施行中的版本")
            elif len(stretch.heads) > 1:
                lines.append(f"重叠：{id_} {stretch.span} 同时施行 {versions} 版")
    return lines


def _head_document(head: Head) -> dict[str, Json]:
    return {
        "id": head.id,
        "version": head.version,
        "title": head.title,
        "from": head.in_force_from.isoformat(),
        "until": head.in_force_until.isoformat() if head.in_force_until else None,
        "library": head.library,
        "extends": head.extends and "@".join(head.extends),
        "frozen": _frozen(head),
        "file": head.shown,
    }


def _stretches_document(shelf: Shelf, id_: str) -> list[Json]:
    return [_stretch_document(stretch) for stretch in shelf.stretches(id_)]


def _stretch_document(stretch: Stretch) -> dict[str, Json]:
    return {
        "from": stretch.begin.isoformat(),
        "until": stretch.until.isoformat() if stretch.until else None,
        "versions": [head.version for head in stretch.heads],
    }


# --- freeze -----------------------------------------------------------------------------------------


@click.command(
    "freeze",
    cls=Command,
    context_settings=SETTINGS,
    help="定稿：记下一个版本（连同它继承的内容）的含义，以后只能改注释和书写次序，不能改内容。\n\n"
    "记录写在规则文件旁边，名为 版本.frozen。定稿后改了内容的，查规则报错，评定不予采用（退出码 4）。",
)
@argument("book", metavar="编号[@版本]|文件", help="如 town-village@2024，或规则文件的路径。")
@click.option(
    "--rules", "folder", metavar="文件夹", type=PATH, default=DEFAULT, show_default=True,
    help="规则所在文件夹。",
)  # fmt: skip
@json_option
def freeze(*, book: str, folder: Path, as_json: bool) -> int:
    """Record the meaning of one version beside its file; Exit.RULES where it has errors."""
    from starrating.cli._describe import write_file
    from starrating.rulebook.checks import check
    from starrating.rulebook.freezing import record_of, record_path, record_text
    from starrating.rulebook.read import read_rulebook

    head, shelf, faults = _meant(book, folder)
    if head is None:
        return refused(faults, Exit.USAGE if shelf.heads else Exit.RULES, as_json=as_json)
    loaded = read_rulebook(head.path, head.shown, shelf.path)
    found = (*loaded.faults, *(check(loaded.book) if loaded.book is not None else ()))
    if loaded.book is None or _faults.has_errors(found):
        return refused(found, Exit.RULES, as_json=as_json)
    record, path = record_of(loaded.book), record_path(head.path)
    before = path.exists()
    if not before:
        write_file(path, record_text(record).encode())
    if as_json:
        show_document(
            {
                "exit_code": 0,
                "rulebook": head.reference,
                "meaning": record.meaning,
                "already_frozen": before,
                "file": path.as_posix(),
            }
        )
    else:
        done = "早已定稿，内容没有变" if before else "已定稿"
        show(
            f"{head.id} {head.version} 版{done}。内容指纹 {record.meaning[:16]}，记录在 {path.as_posix()}"
        )
    return Exit.DONE


def _meant(book: str, folder: Path) -> tuple[Head | None, Shelf, tuple[Fault, ...]]:
    """The version that `编号[@版本]` or a file names, and the shelf it stands on."""
    from starrating.cli._rulebook import find_head
    from starrating.rulebook.versions import find_rulebooks, read_head

    path = Path(book)
    if path.suffix.lower() not in _SUFFIXES:
        shelf = find_rulebooks(folder, folder.as_posix())
        head, faults = find_head(shelf, *reference(book))
        return head, shelf, faults
    root = path.parent.parent
    shelf = find_rulebooks(root, root.as_posix())
    head, faults = read_head(path, path.as_posix())
    return head, shelf, faults
