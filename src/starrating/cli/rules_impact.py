"""`starrating rules impact`: what a change of rules would have done to past reviews."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from starrating.cli._books import Unusable, rules_option, usable_book
from starrating.cli._command import PATH, SETTINGS, Command, argument, json_option
from starrating.cli._exits import Exit
from starrating.cli._past import on_option, opened, reruns, runs_of
from starrating.cli._terminal import say, show, show_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starrating.archive.canonical import Json
    from starrating.impact.model import Impact


@click.command(
    "impact",
    cls=Command,
    context_settings=SETTINGS,
    help="影响测算：用以往的评定档案，看改了规则谁升谁降、因为哪一条。\n\n"
    "只写一个版本时，与档案当时所用的规则相比；写两个时，前一个是旧版。\n\n"
    "例：starrating rules impact town-village@2024 --on out/review.zip",
)
@argument(
    "books",
    metavar="[旧版] 新版",
    nargs=-1,
    required=True,
    help="如 town-village@2024，或规则文件的路径。",
)
@on_option
@rules_option
@click.option(
    "--out",
    metavar="文件.xlsx|文件.txt",
    type=PATH,
    help="写成表格（带图）或文字；不写时显示在屏幕上。",
)
@json_option
def impact(
    *,
    books: tuple[str, ...],
    archives: tuple[Path, ...],
    folder: Path,
    out: Path | None,
    as_json: bool,
) -> int:
    """Re-run past reviews under two versions and tell the differences."""
    if len(books) > 2:
        raise click.UsageError("最多写两个版本：旧版和新版")
    check_out(out)
    try:
        found = list(_impacts(books, archives, folder))
    except Unusable as error:
        return error.tell(as_json=as_json)
    tell(found, out, as_json=as_json)
    return Exit.DONE


def check_out(out: Path | None) -> None:
    """Refuse a file of another kind before anything is computed."""
    if out is not None and out.suffix.lower() not in (".xlsx", ".txt"):
        raise click.BadParameter(f"“{out}”应以 .xlsx 或 .txt 结尾")


def _impacts(books: tuple[str, ...], archives: tuple[Path, ...], folder: Path) -> Iterator[Impact]:
    from starrating.impact.run import impact as compute

    new = usable_book(books[-1], folder)
    old = usable_book(books[0], folder) if len(books) == 2 else None
    for past in opened(archives):
        runs = runs_of(past, new)
        with reruns():
            found = compute(runs, past.own_book(runs.place) if old is None else old, new)
        yield found


def tell(found: list[Impact], out: Path | None, *, as_json: bool, trial: bool = False) -> None:
    """Say what was found: on the screen, into a file, or as JSON."""
    from starrating.impact.document import impact_document
    from starrating.impact.text import to_text

    said = "\n".join(to_text(each, trial=trial) for each in found)
    if out is not None:
        _write(out, found, said)
    if as_json:
        files: Json = [out.as_posix()] if out is not None else []
        documents = [impact_document(each) for each in found]
        show_document({"exit_code": 0, "files": files, "impacts": documents})
    elif out is None or out.suffix.lower() == ".xlsx":
        show(said.rstrip("\n"))
    if out is not None:
        say(f"已写：{out}")


def _write(out: Path, found: list[Impact], said: str) -> None:
    from starrating.cli._describe import write_file
    from starrating.impact.workbook import impact_workbook

    if out.suffix.lower() == ".txt":
        write_file(out, said.encode())
        return
    write_file(out, impact_workbook(found, max(each.day for each in found)))
