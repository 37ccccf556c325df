"""What `review` tells at its end: one set of figures, printed in Chinese or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from starrating.cli._faults import count_document, counted
from starrating.cli._terminal import columns
from starrating.results.tables import COMPUTED

if TYPE_CHECKING:
    from starrating.archive.canonical import Json
    from starrating.report.workbook.view import View
    from starrating.results.model import Results, SubjectRow

BAR = 40
"""The longest bar of ★; longer ones are scaled."""
REASONS = 8
"""Reasons for not being rated that are printed; the rest is counted together."""


@dataclass(frozen=True, slots=True)
class FlagFigures:
    """One flag: organisations proposed, confirmed, only possible, and the cases proposed."""

    flag: str
    proposed: int
    proposed_cases: int
    confirmed: int
    possible: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one review; stars high first, with 0 for 不定星."""

    organisations: int
    rated: int
    unrated: int
    reasons: tuple[tuple[str, int], ...]
    provisional: int
    undecided: int
    stars: tuple[tuple[int, str, int], ...]
    findings: int
    losses: int
    gains: int
    flags: tuple[FlagFigures, ...]
    tasks: int
    problems: int
    pending: int


def figures(results: Results, view: View) -> Figures:
    """Count what the summary tells; the star distribution counts the rated organisations."""
    rated = [row for row in view.subjects if row.rated]
    unrated = [row for row in view.subjects if not row.rated]
    states = Counter(row.state for row in rated)
    points = [
        row.points
        for row in results.findings
        if row.kind in {"clause", "not_earned"} and row.points
    ]
    return Figures(
        organisations=len(view.organisations),
        rated=len(rated),
        unrated=len(unrated),
        reasons=_ranked(_reason(row) for row in unrated),
        provisional=states["provisional"],
        undecided=states["undecided"],
        stars=_stars(rated, view),
        findings=len(results.findings),
        losses=sum(value < 0 for value in points),
        gains=sum(value > 0 for value in points),
        flags=_flags(results),
        tasks=len(results.tasks),
        problems=len(results.problems),
        pending=len(results.pending),
    )


def summary_lines(results: Results, view: View, folder: str, files: Sequence[str]) -> list[str]:
    """Tell the summary as lines of text; `files` are the names written into `folder`."""
    numbers = figures(results, view)
    lines = [*_head(results), "", "采用的评分细则"]
    lines += [f"  {book.why}" for book in results.rulebooks]
    lines += ["", f"党组织 {numbers.organisations} 个", *_subjects(numbers)]
    if numbers.rated:
        lines += ["", "星级分布", *_bars(numbers)]
    lines += ["", "事项", *_matters(results, numbers), "", f"文件在 {folder}", *_files(files)]
    return [*lines, "", f"结果编号 {view.number}"]


def summary_document(
    results: Results, view: View, folder: str, files: Sequence[str]
) -> dict[str, Json]:
    """Make the summary a JSON object."""
    numbers, heading = figures(results, view), results.heading
    return {
        "title": heading.title,
        "period": heading.period,
        "period_from": heading.period_from.isoformat(),
        "period_until": heading.period_until.isoformat(),
        "cut_off": heading.cut_off.isoformat(),
        "stage": heading.stage,
        "progress_run": heading.progress_run,
        "rulebooks": [
            {"id": book.id, "version": book.version, "title": book.title, "why": book.why,
             "file": book.path, "rates": book.rates}
            for book in results.rulebooks
        ],
        "organisations": numbers.organisations,
        "rated": numbers.rated,
        "not_rated": {"count": numbers.unrated, "reasons": dict(numbers.reasons)},
        "provisional": numbers.provisional,
        "undecided": numbers.undecided,
        "stars": [{"star": star, "name": name, "count": count}
                  for star, name, count in numbers.stars],
        "findings": {"count": numbers.findings, "losses": numbers.losses, "gains": numbers.gains},
        "flags": [
            {"flag": flag.flag, "proposed": flag.proposed, "proposed_cases": flag.proposed_cases,
             "confirmed": flag.confirmed, "possible": flag.possible}
            for flag in numbers.flags
        ],
        "tasks": numbers.tasks,
        "problems": numbers.problems,
        "pending": numbers.pending,
        "data_faults": count_document(results.faults),
        "out": folder,
        "files": list(files),
        "result_number": view.number,
        "replaces": None if results.correction is None else {
            "content_digest": results.correction.digest,
            "result_number": results.correction.number,
            "reason": results.correction.reason,
            "changes": len(results.correction.changes),
        },
    }  # fmt: skip


def _head(results: Results) -> list[str]:
    heading = results.heading
    facts = [
        f"周期 {heading.period}（{heading.period_from} 至 {heading.period_until}）",
        f"截止日 {heading.cut_off}",
        heading.stage,
        f"{heading.level}级"
        if heading.level and not heading.level.endswith("级")
        else heading.level,
    ]
    lines = [heading.title, "，".join(fact for fact in facts if fact)]
    if results.correction is not None:
        lines.append(
            f"更正结果编号 {results.correction.number} 的评定，"
            f"改动 {len(results.correction.changes)} 行；理由：{results.correction.reason}"
        )
    if heading.progress_run:
        lines.append("截止日早于周期结束：本次为进度测算，星级均为暂定。")
    return [line for line in lines if line]


def _subjects(numbers: Figures) -> list[str]:
    provisional = "缺少事实，星级还不能最后确定" * bool(numbers.provisional)
    undecided = "并列，或有建议待研究" * bool(numbers.undecided)
    lines = [
        ("定星", str(numbers.rated), ""),
        ("  其中暂定", str(numbers.provisional), provisional),
        ("  其中待定", str(numbers.undecided), undecided),
        ("不参评", str(numbers.unrated), ""),
    ]
    reasons = [(str(count), reason) for reason, count in numbers.reasons[:REASONS]]
    rest = sum(count for _, count in numbers.reasons[REASONS:])
    if rest:
        reasons.append((str(rest), "其他原因"))
    return [*columns(lines, right="1"), *columns(reasons, indent="      ", right="0")]


def _bars(numbers: Figures) -> list[str]:
    most = max(count for _, _, count in numbers.stars)
    scale = max(1, ceil(most / BAR))
    lines = columns(
        (
            (name, str(count), ("★" if star else "○") * ceil(count / scale))
            for star, name, count in numbers.stars
        ),
        right="1",
    )
    return lines if scale == 1 else [*lines, f"  （一个★代表 {scale} 个以内）"]


def _matters(results: Results, numbers: Figures) -> list[str]:
    flags = [(f"{flag.flag}建议", str(flag.proposed), _flag_note(flag)) for flag in numbers.flags]
    return columns(
        [
            ("得分明细", str(numbers.findings),
             f"其中扣分、未得分 {numbers.losses} 条，加分、得分 {numbers.gains} 条"),
            *(flags or [("排查建议", "0", "")]),
            ("整改任务", str(numbers.tasks), ""),
            ("问题清单", str(numbers.problems), ""),
            ("待定事项", str(numbers.pending), "见 results.xlsx“待定事项”" * bool(numbers.pending)),
            ("数据问题", str(len(results.faults)),
             counted(results.faults) if results.faults else ""),
        ],
        right="1",
    )  # fmt: skip


def _flag_note(flag: FlagFigures) -> str:
    parts = [
        f"建议研究 {flag.proposed} 个党组织（{flag.proposed_cases} 种情形）" * bool(flag.proposed),
        f"已认定 {flag.confirmed} 个" * bool(flag.confirmed),
        f"依据不足待核 {flag.possible} 个" * bool(flag.possible),
    ]
    return "，".join(part for part in parts if part)


_NOTES = {
    "results.xlsx": "评定结果，可直接打印",
    "review.zip": "评定档案，请妥善保存",
    "changes.csv": "更正对照，原为、现为逐行列出",
    "字段说明.csv": "各数据文件的列含义",
}


def _files(files: Sequence[str]) -> list[str]:
    tables = [name for name in files if name not in _NOTES and "/" not in name]
    lines = [(name, note) for name, note in _NOTES.items() if name in files]
    if tables:
        lines.append((f"{len(tables)} 个数据文件", "、".join(tables)))
    if any(name.startswith(COMPUTED) for name in files):
        lines.append((COMPUTED, "未计人工认定时的结果，同样的数据文件"))
    return columns(lines)


def _stars(rated: Sequence[SubjectRow], view: View) -> tuple[tuple[int, str, int], ...]:
    from starrating.report.words import star_word

    numbers = Counter(row.star or 0 for row in rated)
    names: dict[int, str | None] = {}
    for book in view.rating_books:
        names.update(book.stars if len(view.rating_books) == 1 else ())
    levels = [*view.stars, *([0] if numbers[0] else [])]
    return tuple((star, star_word(star, names), numbers[star]) for star in levels)


def _flags(results: Results) -> tuple[FlagFigures, ...]:
    made = []
    for name in dict.fromkeys(row.flag for row in results.flags):
        rows = [row for row in results.flags if row.flag == name]
        codes = {
            state: {row.code for row in rows if row.state == state}
            for state in ("proposed", "confirmed", "possible")
        }
        made.append(
            FlagFigures(
                flag=name,
                proposed=len(codes["proposed"] - codes["confirmed"]),
                proposed_cases=len({row.case for row in rows if row.state == "proposed"}),
                confirmed=len(codes["confirmed"]),
                possible=len(codes["possible"] - codes["proposed"] - codes["confirmed"]),
            )
        )
    return tuple(made)


def _reason(row: SubjectRow) -> str:
    """Take the reason for not being rated: the first of `reasons`."""
    return (row.reasons or "未写原因").partition("；")[0]


def _ranked(texts: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(texts)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
