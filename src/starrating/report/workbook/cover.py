"""封面: what the review is, by which rules, what came out, and the list of sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from starrating.report.words import FLAG_STATES, UNKNOWN, star_word
from starrating.report.workbook import styles
from starrating.report.workbook.details import is_screened
from starrating.report.workbook.draw import put, spread
from starrating.report.workbook.layout import Shown, TableSheet, row_height
from starrating.report.workbook.styles import Styles, set_page
from starrating.report.workbook.view import View
from starrating.results.model import FlagRow

NAME = "封面"
_WIDTHS = (16.0, 12.0, 24.0, 24.0, 16.0, 46.0)
_LEFT, _RIGHT = (1, 3), 5

Pairs = Sequence[tuple[str, Shown]]


def draw_cover(
    sheet: Any, view: View, contents: Sequence[tuple[str, int | None]], look: Styles
) -> None:
    """Draw 封面; `contents` are the other sheets with their numbers of rows."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    set_page(sheet, view.number, pages_high=1)
    title = view.results.heading.title or UNKNOWN
    spread(sheet, 0, (0, 5), title, look.of(styles.COVER_TITLE))
    sheet.set_row(0, row_height([(title, sum(_WIDTHS) / 2.4)], 34))
    spread(sheet, 1, (0, 5), "评　定　结　果", look.of(styles.TITLE))
    sheet.set_row(1, 36)
    row = _pairs(sheet, 2, "一、基本情况", _basics(view), look)
    row = _pairs(sheet, row, "二、结果概况", _figures(view), look)
    row = _rulebooks(sheet, row, view, look)
    row = _notes(sheet, row, view, look)
    _contents(sheet, row, contents, look)


def _block(sheet: Any, row: int, title: str, look: Styles) -> int:
    spread(sheet, row, (0, 5), title, look.of(styles.BLOCK))
    sheet.set_row(row, 26)
    return row + 1


def _pairs(sheet: Any, row: int, title: str, pairs: Pairs, look: Styles) -> int:
    """Label and value, two pairs a row."""
    row = _block(sheet, row, title, look)
    padded = [*pairs, *([("", None)] * (len(pairs) % 2))]
    value = {**styles.CELL, "align": "left"}
    for left, right in zip(padded[::2], padded[1::2], strict=True):
        sheet.write_string(row, 0, left[0], look.of(styles.LABEL))
        sheet.merge_range(row, _LEFT[0], row, _LEFT[1], "", look.of(value))
        put(sheet, (row, _LEFT[0]), left[1], look, value)
        sheet.write_string(row, 4, right[0], look.of(styles.LABEL))
        put(sheet, (row, _RIGHT), right[1], look, value)
        sheet.set_row(row, row_height([(str(left[1] or ""), 60.0), (str(right[1] or ""), 46.0)]))
        row += 1
    return row


def _basics(view: View) -> Pairs:
    heading, office = view.results.heading, view.results.heading.office
    return (
        ("评定单位", office.get("name") or UNKNOWN),
        ("评定阶段", heading.stage + ("（进度测算）" if heading.progress_run else "")),
        ("评定周期", f"{heading.period}（{heading.period_from} 至 {heading.period_until}）"),
        ("截止日", heading.cut_off.isoformat()),
        ("评定层级", heading.level or UNKNOWN),
        ("签发日期", heading.issued.isoformat() if heading.issued else UNKNOWN),
        ("联系人", office.get("contact") or UNKNOWN),
        ("联系电话", office.get("phone") or UNKNOWN),
        ("结果编号", view.number),
        ("审核人（签字）", UNKNOWN),
    )


def _figures(view: View) -> Pairs:
    results = view.results
    rated = [row for row in view.subjects if row.rated]
    stars = Counter(row.star or 0 for row in rated)
    states = Counter(row.state for row in rated)
    spread_words = "，".join(
        f"{star_word(star)} {stars[star]} 个" for star in (*view.stars, 0) if star or stars[0]
    )
    others = [row for row in results.flags if not is_screened(row)]
    unrated = len(view.subjects) - len(rated)
    organisations = f"{len(view.organisations)} 个，其中定星 {len(rated)} 个，不参评 {unrated} 个"
    return (
        ("党组织", organisations),
        ("星级分布", spread_words or "无"),
        ("待定、暂定", f"待定 {states['undecided']} 个，暂定 {states['provisional']} 个"),
        ("待定事项", f"{len(results.pending)} 项"),
        ("排查建议", _flag_words(filter(is_screened, results.flags))),
        *([("其他建议", _flag_words(others))] if others else []),
        ("问题", f"{len(results.problems)} 条"),
        ("整改任务", f"{len(results.tasks)} 项"),
        ("数据问题", f"{len(results.faults)} 处"),
    )


def _flag_words(rows: Iterable[FlagRow]) -> str:
    states = Counter(row.state for row in rows)
    words = [f"{word} {states[state]} 条" for state, word in FLAG_STATES.items() if states[state]]
    return "，".join(words) or "无"


def _rulebooks(sheet: Any, row: int, view: View, look: Styles) -> int:
    row = _block(sheet, row, "三、采用的评分细则", look)
    lines: list[Sequence[Shown]] = [("细则编号", "版本", "名称", "", "用途", "选用理由")]
    lines += [
        (book.id, book.version, book.title, "", "评星" if book.rates else "排查", book.why)
        for book in view.results.rulebooks
    ]
    return _table(sheet, row, lines, look, merged=(2, 3))


def _notes(sheet: Any, row: int, view: View, look: Styles) -> int:
    heading = view.results.heading
    notes = [
        "本结果按评分细则由数据计算得出，供研究审定使用；以党委（党组）研究决定为准。",
        "每一处加扣分的条款、事实和数据来源见“加扣分明细”；各数据文件的列含义见“字段说明.csv”。",
    ]
    if heading.progress_run:
        notes.append("截止日早于评定周期结束，本次为进度测算，所有星级均为暂定。")
    correction = view.results.correction
    if correction is not None:
        notes.append(
            f"本结果更正结果编号 {correction.number} 的评定，理由：{correction.reason}；"
            f"改动 {len(correction.changes)} 行，见“更正对照”。"
        )
    if heading.named:
        notes.append("报送的表中没有党组织代码，以党组织名称代替代码。")
    notes += [
        f"{book.title}：{star_word(star, dict(book.stars))}由{body}命名，本级只作推荐。"
        for book in view.rating_books
        for star, body in book.named_by
    ]
    row = _block(sheet, row, "四、说明", look)
    for number, note in enumerate(notes, 1):
        text = f"{number}. {note}"
        spread(sheet, row, (0, 5), text, look.of(styles.NOTE))
        sheet.set_row(row, row_height([(text, sum(_WIDTHS))]))
        row += 1
    return row


def _contents(
    sheet: Any, row: int, contents: Sequence[tuple[str, int | None]], look: Styles
) -> None:
    """The other sheets with their rows, the first half on the left."""
    words = [
        (str(number), name if count is None else f"{name}　{count} 行")
        for number, (name, count) in enumerate(contents, 1)
    ]
    half = -(-len(words) // 2)
    padded = [*words, ("", "")][: 2 * half]
    paired = [pair for both in zip(padded[:half], padded[half:], strict=True) for pair in both]
    _pairs(sheet, row, "五、目录", paired, look)


def _table(
    sheet: Any,
    row: int,
    lines: Sequence[Sequence[Shown]],
    look: Styles,
    merged: tuple[int, int],
) -> int:
    """A small table over the six columns; the columns of `merged` are one. The first line heads."""
    first, last = merged
    for number, line in enumerate(lines):
        style = styles.HEAD if number == 0 else {**styles.CELL, "align": "center"}
        sheet.merge_range(row, first, row, last, "", look.of(style))
        for column, value in enumerate(line):
            if not first < column <= last:
                wide = {"align": "left"} if number and column in {first, 5} else {}
                put(sheet, (row, column), value, look, {**style, **wide})
        texts = [
            (str(line[first]), sum(_WIDTHS[first : last + 1])),
            (str(line[5] or ""), _WIDTHS[5]),
        ]
        sheet.set_row(row, row_height(texts))
        row += 1
    return row


def row_count(table: TableSheet) -> int:
    """The rows of a sheet as 目录 counts them: without the sum."""
    return len(table.rows) - (1 if table.total and table.rows else 0)
