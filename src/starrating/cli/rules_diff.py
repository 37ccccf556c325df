"""`starrating rules diff`: what changed between two versions, in Chinese sentences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from starrating.cli._books import NAMED, Unusable, rules_option, usable_book
from starrating.cli._command import PATH, SETTINGS, Command, argument, json_option
from starrating.cli._exits import Exit
from starrating.cli._terminal import say, show, show_document

if TYPE_CHECKING:
    from starrating.archive.canonical import Json
    from starrating.rulebook.model import Rulebook
    from starrating.rulediff import Comparison

FORMATS = ("text", "markdown", "docx")
_ENDINGS = {".txt": "text", ".md": "markdown", ".docx": "docx"}
_NO_WORD = (
    "写 Word 文档需要另装 python-docx：pip install 'starrating[documents]'；"
    "也可以写成 Markdown：--format markdown"
)


@click.command(
    "diff",
    cls=Command,
    context_settings=SETTINGS,
    help="修订对照：两个版本有哪些不同，逐条说明，影响大的在前。\n\n"
    "比的是意思，连同继承的内容；次序、注释、写法不同不算。有不同时退出码为 1。\n\n"
    "例：starrating rules diff town-village@2023 town-village@2024",
)
@argument("old", metavar="旧版", help="如 town-village@2023，或规则文件的路径。")
@argument("new", metavar="新版", help=f"写法相同：{NAMED}。")
@rules_option
@click.option(
    "--format", "form", metavar="形式", type=click.Choice(FORMATS),
    help="text 文字，markdown，docx（Word）；不写时看 --out 的后缀，默认 text。",
)  # fmt: skip
@click.option("--out", metavar="文件", type=PATH, help="写到哪个文件；不写时显示在屏幕上。")
@json_option
def diff(
    *, old: str, new: str, folder: Path, form: str | None, out: Path | None, as_json: bool
) -> int:
    """Compare two versions; Exit.FOUND where they differ."""
    from starrating.rulediff import compare
    from starrating.rulediff.document import diff_document
    from starrating.rulediff.text import counted

    form = _form(form, out)
    try:
        before, after = usable_book(old, folder), usable_book(new, folder)
    except Unusable as error:
        return error.tell(as_json=as_json)
    comparison = compare(before, after)
    code = Exit.DONE if comparison.equal else Exit.FOUND
    data = _bytes(comparison, after, form)
    if out is not None:
        _write(out, data)
    if as_json:
        files: Json = [out.as_posix()] if out is not None else []
        show_document({**diff_document(comparison), "exit_code": code.value, "files": files})
    elif out is None:
        show(data.decode().rstrip("\n"))
    else:
        say(counted(comparison))
    if out is not None:
        say(f"已写：{out}")
    return code


def _form(form: str | None, out: Path | None) -> str:
    """The form asked for, by name or by the ending of the file."""
    ending = _ENDINGS.get(out.suffix.lower()) if out is not None else None
    chosen = form or ending or "text"
    if chosen == "docx" and out is None:
        raise click.UsageError("Word 文档要写到文件里：--out 修订对照.docx")
    return chosen


def _bytes(comparison: Comparison, after: Rulebook, form: str) -> bytes:
    from starrating.rulediff.text import to_markdown, to_text

    if form != "docx":
        return (to_markdown if form == "markdown" else to_text)(comparison).encode()
    from starrating.report.diffsheet import diff_sheet
    from starrating.report.wordfile import available

    if not available():
        raise click.UsageError(_NO_WORD)
    return diff_sheet(comparison, after.in_force.from_)


def _write(out: Path, data: bytes) -> None:
    from starrating.cli._describe import write_file

    write_file(out, data)
