"""`starrating review`: one review from data and rules to the files of `--out`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

from starrating.cli import _faults
from starrating.cli._command import PATH, SETTINGS, Command, json_option, whole
from starrating.cli._exits import Exit
from starrating.cli._refusal import NOTHING_WRITTEN, refused
from starrating.cli._request import make_request, request_options
from starrating.cli._run import Run
from starrating.cli._terminal import say, show, show_document
from starrating.schema import ORGANISATIONS

if TYPE_CHECKING:
    from starrating.faults import Fault
    from starrating.report.moves import Content
    from starrating.report.workbook.view import View
    from starrating.reviewing import Outcome


@click.command(
    "review",
    cls=Command,
    context_settings=SETTINGS,
    help="评定：读数据、按规则打分定星，写出结果工作簿、数据文件和评定档案。\n\n例：starrating review fixtures/town-2023 --out out",
)
@request_options
@click.option(
    "--replaces",
    metavar="档案",
    type=PATH,
    help="本次更正的是哪一份评定档案；逐行列出更正前后，须同时写 --reason。",
)
@click.option("--reason", metavar="理由", help="更正的理由。")
@click.option(
    "--out",
    metavar="文件夹",
    type=PATH,
    required=True,
    help="结果写到哪个文件夹；全部写成才替换原有结果。",
)
@click.option(
    "--workers",
    metavar="个数",
    type=whole(1, 64),
    default=1,
    show_default=True,
    help="成批评定（分块的数据）同时用几个进程；结果一样。",
)
@click.option(
    "--on",
    metavar="方式",
    type=click.Choice(["processes", "spark"]),
    default="processes",
    show_default=True,
    help="成批评定由谁来做：processes 本机进程，spark 用 Spark（须装 pyspark 和 Java）；结果一样。",
)
@click.option(
    "--only",
    metavar="党组织",
    help="成批评定的数据里只评这一个（代码或名称）和与它相比的，明细、任务都写出文字和依据。",
)
@json_option
@click.pass_obj
def review(
    state: Run,
    /,
    *,
    out: Path,
    workers: int,
    on: str,
    only: str | None,
    as_json: bool,
    **options: Any,
) -> int:
    """Review, write all files or none, and print the summary."""
    state.report_folder = out.parent
    if (options["replaces"] is None) != (not (options["reason"] or "").strip()):
        raise click.UsageError("--replaces 和 --reason 要一起写：更正哪一份档案，为什么更正")
    request = make_request(**options)
    say(f"正在评定 {request.data} ……")
    if _holds_parts(request.data):
        from starrating.cli._batch import review_batch

        if only is None:
            return review_batch(request, out, workers, on, as_json=as_json)
        from starrating.batch.reading import review_one

        outcome = review_one(request, only)
    elif on != "processes" or only is not None:
        raise click.UsageError("--on spark 和 --only 只用于成批评定（分块的数据）")
    else:
        from starrating.reviewing import run

        outcome = run(request)
    if outcome.results is None or outcome.bundle is None:
        return refused(outcome.faults, outcome.exit_code, as_json=as_json, end=NOTHING_WRITTEN)
    return _write(outcome, out, as_json=as_json)


def _holds_parts(data: Path) -> bool:
    """Whether the data are partitioned: then the batch room is loaded, and only then."""
    try:
        if not (data / ORGANISATIONS).is_dir():
            return False
    except OSError:  # the review tells why it can not be read
        return False
    from starrating.batch import is_batch

    return is_batch(data)


def _write(outcome: Outcome, out: Path, *, as_json: bool) -> int:
    from starrating.archive.zipform import ArchiveErrors
    from starrating.report.output import was_written, write_files
    from starrating.report.workbook.view import View

    try:
        files, number = output_files(outcome)
    except ArchiveErrors as error:
        return refused(error.faults, Exit.DATA, as_json=as_json, end=NOTHING_WRITTEN)
    written = write_files(out, files)
    if not was_written(written):
        return refused(written, Exit.USAGE, as_json=as_json, end=NOTHING_WRITTEN)
    assert outcome.results is not None
    _tell(outcome, View(outcome.results, number), (out, tuple(files), written), as_json=as_json)
    return outcome.exit_code


def output_files(outcome: Outcome) -> tuple[dict[str, Content], str]:
    """Make all files of a review by name, and 结果编号.

    Input files of names that no archive can hold raise ArchiveErrors.
    """
    from starrating.archive.bundle import packed
    from starrating.report.workbook.book import results_workbook
    from starrating.results.tables import result_number, results_digest

    assert outcome.results is not None
    assert outcome.bundle is not None
    tables = outcome.bundle.results
    digest = results_digest(tables)
    files: dict[str, Content] = {
        "results.xlsx": results_workbook(outcome.results, digest),
        "review.zip": packed(outcome.bundle),
        **tables,
    }
    return files, result_number(digest)


def _tell(
    outcome: Outcome,
    view: View,
    written: tuple[Path, tuple[str, ...], tuple[Fault, ...]],
    *,
    as_json: bool,
) -> None:
    """Print the summary on stdout, and what else was noticed on stderr."""
    from starrating.cli._summary import summary_document, summary_lines

    out, names, notes = written
    results = view.results
    others = tuple(fault for fault in outcome.faults if fault not in set(results.faults))
    messages = (*others, *notes)
    for line in _faults.message_lines(messages):
        say(line)
    if as_json:
        document = summary_document(results, view, out.as_posix(), names)
        messages_document = _faults.fault_documents(messages)
        show_document({**document, "judge": outcome.judge, "exit_code": outcome.exit_code,
                       "faults": messages_document})  # fmt: skip
        return
    show("\n".join(summary_lines(results, view, f"{out.as_posix()}/", names)))
