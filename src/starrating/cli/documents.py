"""`starrating documents`: what an office prints and sends out of an archive."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from starrating.cli._archives import examined, tell_failed
from starrating.cli._command import PATH, SETTINGS, Command, argument, as_day, json_option
from starrating.cli._exits import Exit
from starrating.cli._refusal import NOTHING_WRITTEN, refused
from starrating.cli._terminal import say, show, show_document

if TYPE_CHECKING:
    from starrating.documents import Made
    from starrating.reviewing import Outcome

_MISSING = "写 Word 文档需要另装 python-docx：pip install 'starrating[documents]'"


@click.command(
    "documents",
    cls=Command,
    context_settings=SETTINGS,
    help="文书：由评定档案生成公示和整改通知书（Word，A4）。\n\n种类：公示、整改通知书；不写是全部。单位、联系人、公示天数取自评定方案，没有写的印成空格，不编造。",
)
@argument("path", metavar="档案", type=PATH, help="评定档案 review.zip。")
@argument("kinds", metavar="[种类]…", nargs=-1, help="公示、整改通知书。")
@click.option(
    "--issued",
    metavar="日期",
    callback=as_day,
    help="签发日期：印在文书上，公示期和整改期限从这天起算。",
)
@click.option("--out", metavar="文件夹", type=PATH, required=True, help="文书写到哪个文件夹。")
@json_option
def documents(
    *, path: Path, kinds: tuple[str, ...], issued: date | None, out: Path, as_json: bool
) -> int:
    """Write the documents of an archive, all or none."""
    from starrating.documents import KINDS, documents_of
    from starrating.faults import Level
    from starrating.report.output import write_files
    from starrating.report.wordfile import available

    for kind in kinds:
        if kind not in KINDS:
            raise click.UsageError(f"没有“{kind}”这种文书，可写：{'、'.join(KINDS)}")
    if not available():
        raise click.UsageError(_MISSING)
    data, faults, code = examined(path)
    if data is None:
        return tell_failed(path, faults, code, as_json=as_json)
    from starrating.archive.bundle import number_of, unpack
    from starrating.explain.plan import MalformedPlan
    from starrating.origin import Origin
    from starrating.results.tables import MalformedTable
    from starrating.reviewing.codes import CODES

    bundle = unpack(data, path.name)
    # The number by which everybody finds the archive, whatever day the documents are issued.
    number = number_of(bundle, path.name)
    if issued is not None and issued != bundle.facts.issued:
        again = _issued(path, issued)
        if again.bundle is None:
            return refused(again.faults, again.exit_code, as_json=as_json, end=NOTHING_WRITTEN)
        bundle = again.bundle
    try:
        made = documents_of(bundle, kinds or KINDS, number)
    except (MalformedPlan, MalformedTable) as error:
        fault = CODES.fault("A301", Origin(path.name), name=path.name, reason=str(error))
        return refused((fault,), Exit.DATA, as_json=as_json, end=NOTHING_WRITTEN)
    written = write_files(out, made.files, "documents")
    if any(fault.level is Level.FATAL for fault in written):
        return refused(written, Exit.USAGE, as_json=as_json, end=NOTHING_WRITTEN)
    if as_json:
        show_document({
            "exit_code": 0, "files": sorted(made.files), "public": made.public,
            "left_out": list(made.left_out),
        })  # fmt: skip
        return Exit.DONE
    _tell(made, out)
    return Exit.DONE


def _issued(path: Path, issued: date) -> Outcome:
    """The archive's review issued on that day: its deadlines run from then."""
    from starrating.reviewing import Request, run

    say("正在按签发日期推算期限……")
    return run(Request(path, Path("rules"), issued=issued))


def _tell(made: Made, out: Path) -> None:
    from starrating.faults import few

    notices = sum(name.startswith("整改通知书/") for name in made.files)
    if "公示.docx" in made.files:
        show(f"公示.docx      拟评定星级 {made.public} 个")
    if notices:
        show(f"整改通知书/    {notices} 份，每个有整改任务的党组织一份")
    if made.left_out:
        say(f"未列入公示（星级暂定、待定）{len(made.left_out)} 个：{few(made.left_out)}")
    show(f"已写到 {out.as_posix()}/")
