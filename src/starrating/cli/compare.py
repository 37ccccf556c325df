"""`starrating compare`: two archives, who changed, and by what."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from starrating.cli._archives import examined, tell_failed
from starrating.cli._command import PATH, SETTINGS, Command, argument, json_option
from starrating.cli._exits import Exit
from starrating.cli._terminal import say, show, show_document
from starrating.oserrors import why


@click.command(
    "compare",
    cls=Command,
    context_settings=SETTINGS,
    help="对比：两份评定档案之间谁变了，变了多少，是因为数据、规则、人工，还是名额连带。\n\n数据＝新数据按旧规则－旧结果；规则＝新结果－新数据按旧规则；换个次序不一样的，两种都列。",
)
@argument("old", metavar="旧档案", type=PATH, help="较早的 review.zip。")
@argument("new", metavar="新档案", type=PATH, help="较晚的 review.zip。")
@click.option("--out", metavar="文件.xlsx", type=PATH, help="另写一份 Excel 工作簿。")
@json_option
def compare(*, old: Path, new: Path, out: Path | None, as_json: bool) -> int:
    """Compare two archives; both are run again, and each one's data under the other's rules."""
    if out is not None and out.suffix.lower() != ".xlsx":
        raise click.UsageError("--out 请写成 .xlsx 文件")
    from starrating.archive.bundle import Bundle, unpack
    from starrating.comparing import NotComparable, crossed
    from starrating.comparing import compare as compared
    from starrating.comparing.document import document_of, workbook_of
    from starrating.comparing.words import text_of
    from starrating.report.moves import write_whole

    bundles: list[Bundle] = []
    for path in (old, new):
        data, faults, code = examined(path)
        if data is None:
            return tell_failed(path, faults, code, as_json=as_json)
        bundles.append(unpack(data, path.name))
    say("正在重新评定两份档案……")
    try:
        runs = crossed(bundles[0], bundles[1], old.name, new.name)
    except NotComparable as error:
        return tell_failed(new, error.faults, Exit.UNVERIFIED, as_json=as_json, said="不能对比")
    found = compared(bundles[0], bundles[1], runs, (old.name, new.name))
    if out is not None:
        try:
            write_whole(out, workbook_of(found))
        except OSError as error:
            raise click.UsageError(f"写不了 {out.as_posix()}：{why(error)}") from error
    if as_json:
        show_document({"exit_code": 0, **document_of(found)})
        return Exit.DONE
    show(text_of(found))
    if out is not None:
        say(f"已写出 {out.as_posix()}")
    return Exit.DONE
