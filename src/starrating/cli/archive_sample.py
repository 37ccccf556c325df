"""`starrating archive sample`: who is looked at on site, drawn so that anybody can draw again."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from starrating.cli._archives import examined, tell_failed
from starrating.cli._command import PATH, SETTINGS, Command, argument, json_option, whole
from starrating.cli._exits import Exit
from starrating.cli._terminal import say, show, show_document
from starrating.oserrors import why

_SUFFIXES = (".csv", ".xlsx")


@click.command(
    "sample",
    cls=Command,
    context_settings=SETTINGS,
    help="抽样：为实地核查抽取党组织，按乡镇和星级分层，按风险加权；同一种子任何人、任何时候抽出同样的名单。\n\n种子请当众确定（例如当天日期），写在纪要里。",
)
@argument("path", metavar="档案", type=PATH, help="评定档案 review.zip，或精简档案。")
@click.option(
    "--seed",
    metavar="数字",
    type=whole(0),
    required=True,
    help="抽样种子，如 20240115。",
)
@click.option("--size", metavar="个数", type=whole(1), required=True, help="抽多少个。")
@click.option("--out", metavar="文件", type=PATH, help="另写一份核查名单：.csv 或 .xlsx。")
@json_option
def sample(*, path: Path, seed: int, size: int, out: Path | None, as_json: bool) -> int:
    """Draw a stratified sample of the organisations of an archive."""
    if out is not None and out.suffix.lower() not in _SUFFIXES:
        raise click.UsageError("--out 请写成 .csv 或 .xlsx 文件")
    data, faults, code = examined(path)
    if data is None:
        return tell_failed(path, faults, code, as_json=as_json)
    from starrating.archive.bundle import number_of, unpack
    from starrating.report.moves import write_whole
    from starrating.results.tables import read_tables
    from starrating.sampling import candidates_of, draw, told

    bundle = unpack(data, path.name)
    number = number_of(bundle, path.name)
    found = draw(candidates_of(read_tables(bundle.results)), seed, size)
    if out is not None:
        facts = bundle.facts
        written = (
            told.list_csv(found)
            if out.suffix.lower() == ".csv"
            else told.list_xlsx(found, facts.title, facts.cut_off, number)
        )
        try:
            write_whole(out, written)
        except OSError as error:
            raise click.UsageError(f"写不了 {out.as_posix()}：{why(error)}") from error
    if as_json:
        show_document({"exit_code": 0, "result_number": number, **told.document_of(found)})
        return Exit.DONE
    show(told.text_of(found))
    if out is not None:
        say(f"已写出 {out.as_posix()}")
    return Exit.DONE
