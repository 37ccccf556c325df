"""`starrating review` of a batch folder: parts one by one, and a short summary."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starrating.cli import _faults
from starrating.cli._exits import Exit
from starrating.cli._refusal import NOTHING_WRITTEN, refused
from starrating.cli._terminal import say, show, show_document
from starrating.engine.tasks.status import Status

if TYPE_CHECKING:
    from starrating.archive.canonical import Json
    from starrating.batch import Batch
    from starrating.reviewing import Request
    from starrating.reviewing.chosen import Chosen


def review_batch(request: Request, out: Path, workers: int, on: str, *, as_json: bool) -> int:
    """Review a batch folder into `out`; `workers` processes at once, or as many of Spark's."""
    from starrating.batch import run_batch
    from starrating.batch.runners import Runner

    runner: Runner | None = None
    if on == "spark":
        from starrating.batch.spark import Spark

        runner = Spark(workers=workers)
    found = run_batch(request, out, workers=workers, runner=runner)
    if found.exit_code:
        return refused(found.faults, found.exit_code, as_json=as_json, end=NOTHING_WRITTEN)
    for line in _faults.message_lines(found.faults):
        say(line)
    if as_json:
        show_document(_document(found, out))
    else:
        show("\n".join(_lines(found, out)))
    return Exit.DONE


def _lines(found: Batch, out: Path) -> list[str]:
    assert found.ground is not None
    setting = found.ground.setting
    lines = [
        *(line for each in found.ground.chosen for line in _chosen(each)),
        f"周期 {setting.period}，截止日 {setting.cut_off.isoformat()}",
        "",
        f"党组织 {found.subjects} 个，分 {found.parts} 块；参评 {found.rated} 个",
    ]
    lines += [
        f"  {star}星 {found.stars[star]}" if star else f"  不定星 {found.stars[star]}"
        for star in sorted(found.stars, key=int, reverse=True)
    ]
    open_ = {"provisional": "暂定", "undecided": "待定"}
    lines += [f"  其中{word} {found.states[state]}" for state, word in open_.items()]
    lines += [
        "",
        f"得分明细 {found.findings} 行；情形建议 {found.flags['proposed']} 条，可能 {found.flags['possible']} 条",
        f"整改任务 {found.tasks.total()} 项" + _statuses(found),
        f"判定时各不相同的情况 {found.vectors} 种",
        "",
        f"结果在 {out.as_posix()}/：subjects、findings、flags、tasks 四个文件夹，每块一个 Parquet 文件",
    ]
    return lines


def _chosen(one: Chosen) -> tuple[str, str]:
    """A rulebook, and why it was chosen."""
    book = one.book
    return f"采用的评分细则：{book.id} {book.version} 版《{book.title}》", f"  {one.why}"


def _statuses(found: Batch) -> str:
    """How many tasks of each status, in the order of the words."""
    told = [f"{each} {found.tasks[each]}" for each in Status if found.tasks[each]]
    return f"（{'，'.join(told)}）" if told else ""


def _document(found: Batch, out: Path) -> dict[str, Json]:
    return {
        "exit_code": 0,
        "out": out.as_posix(),
        "parts": found.parts,
        "subjects": found.subjects,
        "rated": found.rated,
        "stars": {str(star): count for star, count in sorted(found.stars.items(), key=str)},
        "states": {str(state): count for state, count in sorted(found.states.items(), key=str)},
        "flags": {str(state): count for state, count in sorted(found.flags.items(), key=str)},
        "findings": found.findings,
        "tasks": {str(status): count for status, count in sorted(found.tasks.items(), key=str)},
        "vectors": found.vectors,
        "faults": _faults.fault_documents(found.faults),
    }
