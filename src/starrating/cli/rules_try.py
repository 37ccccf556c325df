"""`starrating rules try`: other values tried on past reviews without editing a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from starrating.cli import _faults
from starrating.cli._books import NAMED, Unusable, rules_option, usable_book
from starrating.cli._command import PATH, SETTINGS, Command, argument, json_option
from starrating.cli._exits import Exit
from starrating.cli._past import on_option, opened, reruns, runs_of
from starrating.cli._terminal import say, show, show_document
from starrating.cli.rules_impact import check_out, tell

if TYPE_CHECKING:
    from starrating.archive.canonical import Json
    from starrating.impact.model import Impact
    from starrating.impact.sweep import Sweep
    from starrating.rulebook.model import Rulebook


@click.command(
    "try",
    cls=Command,
    context_settings=SETTINGS,
    help="试算：不改文件，把规则里的几个数换一换，看以往的评定会怎样。\n\n"
    "位置照规则文件的词写：stars.5.from、items.2.1.clauses.1.deduct、measures.党课到会率.where。\n\n"
    "例：starrating rules try town-village@2024 --set stars.5.from=92 --on out/review.zip",
)
@argument("book", metavar="规则", help=f"{NAMED}，如 town-village@2024。")
@click.option(
    "--set", "settings", metavar="位置=值", multiple=True,
    help="把一处改成别的值；可写多次。值空着是取消这一处。",
)  # fmt: skip
@click.option(
    "--sweep", "swept", metavar="位置=起..止:步长", help="一处逐个取值，列成表和图，如 stars.5.from=85..95:1。"
)  # fmt: skip
@on_option
@rules_option
@click.option(
    "--out",
    metavar="文件.xlsx|文件.txt",
    type=PATH,
    help="写成表格（带图）或文字；不写时显示在屏幕上。",
)
@json_option
def try_(
    *,
    book: str,
    settings: tuple[str, ...],
    swept: str | None,
    archives: tuple[Path, ...],
    folder: Path,
    out: Path | None,
    as_json: bool,
) -> int:
    """Try settings, or a sweep over one word, on past reviews."""
    if not settings and swept is None:
        raise click.UsageError("请写 --set 位置=值，或 --sweep 位置=起..止:步长")
    check_out(out)
    try:
        base = usable_book(book, folder)
        changed = _changed(base, _pairs(settings))
        if swept is None:
            tell(_tried(base, changed, archives), out, as_json=as_json, trial=True)
        else:
            _tell_sweeps(_swept(changed, swept, archives), out, as_json=as_json)
    except Unusable as error:
        return error.tell(as_json=as_json)
    return Exit.DONE


def _pairs(settings: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in settings:
        path, equals, text = each.partition("=")
        if not equals:
            raise click.BadParameter(f"“{each}”应写成 位置=值，如 stars.5.from=92")
        found[path.strip()] = text
    return found


def _changed(book: Rulebook, settings: dict[str, str]) -> Rulebook:
    """The rulebook with the settings; a usage error where one cannot be made, and Unusable where
    the rules that come of them have errors."""
    from starrating.impact.settings import Refused, with_settings
    from starrating.rulebook.checks import check

    try:
        changed = with_settings(book, settings)
    except Refused as refused:
        raise click.UsageError(str(refused)) from None
    faults = check(changed) if settings else []
    if _faults.has_errors(faults):
        raise Unusable(tuple(faults), Exit.RULES)
    return changed


def _tried(base: Rulebook, changed: Rulebook, archives: tuple[Path, ...]) -> list[Impact]:
    from starrating.impact.run import impact

    with reruns():
        return [impact(runs_of(past, base), base, changed) for past in opened(archives)]


def _swept(book: Rulebook, swept: str, archives: tuple[Path, ...]) -> list[Sweep]:
    from starrating.impact.settings import Refused
    from starrating.impact.sweep import sweep, sweep_range

    try:
        path, values = sweep_range(swept)
    except Refused as refused:
        raise click.UsageError(str(refused)) from None
    changed = [(value, _changed(book, {path: value})) for value in values]
    with reruns():
        return [sweep(runs_of(past, book), book, path, changed) for past in opened(archives)]


def _tell_sweeps(found: list[Sweep], out: Path | None, *, as_json: bool) -> None:
    from starrating.cli._describe import write_file
    from starrating.impact.sweeptext import sweep_document, sweep_text, sweep_workbook

    said = "\n".join(sweep_text(each) for each in found)
    text_file = out is not None and out.suffix.lower() == ".txt"
    if out is not None:
        write_file(out, said.encode() if text_file else sweep_workbook(found))
    if as_json:
        files: Json = [out.as_posix()] if out is not None else []
        documents = [sweep_document(each) for each in found]
        show_document({"exit_code": 0, "files": files, "sweeps": documents})
    elif not text_file:
        show(said.rstrip("\n"))
    if out is not None:
        say(f"已写：{out}")
