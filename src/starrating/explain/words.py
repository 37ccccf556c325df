"""How a story says what it says, shared by text and HTML: heads, ranges, sources, amounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from starrating.explain.model import Chapter, ItemStory, Line, Story
from starrating.faults import few
from starrating.report.words import (
    FLAG_STATES,
    KINDS,
    STATES,
    decided_word,
    number_word,
    range_word,
    star_range,
    star_word,
)
from starrating.results.model import FlagRow, RatingRow, SubjectRow, TaskRow

ITEM_STATES = {
    "scored": "已评",
    "not_applicable": "不适用",
    "no_data": "缺数据",
    "awaiting_person": "待评分",
}

_COMPUTED = ("total_low", "total_high", "star", "star_low", "star_high", "state")

Pair = tuple[str, str]
"""What it is, and what it says."""


def signed(number: Decimal) -> str:
    """A change of points with its sign: +3, -0.5."""
    return f"+{number_word(number)}" if number > 0 else number_word(number)


def points_range(low: Decimal | None, high: Decimal | None) -> str:
    """A score as known: 4分, or 82–91分 while facts are missing."""
    if low is None:
        return "无总分"
    if high is None or low == high:
        return f"{number_word(low)}分"
    return f"{range_word(low, high)}分"


# --- heads ----------------------------------------------------------------------------------------


def title(story: Story) -> str:
    """Whose story it is: code, name and town; the code alone where it is the name."""
    name = story.name if story.name == story.code else f"{story.code} {story.name}"
    return f"{name}（{story.town}）" if story.town else name


def head(story: Story) -> list[Pair]:
    """What the review was: title, rulebooks and why, period, cut-off, 结果编号.

    Rulebooks that gave stars to other organisations only (those of other 领域) are left out.
    """
    plan = story.plan
    pairs = [("评定", plan.title)]
    told = {chapter.book.id for chapter in story.chapters}
    for book in plan.rulebooks:
        if book.stars and book.id not in told:
            continue
        pairs.append(("规则", f"{book.id}@{book.version}《{book.title}》"))
        if book.why:
            pairs.append(("", book.why))
    stage = f"，{plan.stage}阶段" if plan.stage else ""
    days = f"{plan.period}（{plan.period_from} 至 {plan.period_until}）"
    early = "，进度测算" if plan.cut_off < plan.period_until else ""
    pairs.append(("考核期", f"{days}，截止日 {plan.cut_off}{early}{stage}"))
    if plan.issued is not None:
        pairs.append(("签发日", plan.issued.isoformat()))
    pairs.append(("结果编号", plan.number))
    return pairs


def outcome(chapter: Chapter, names: Mapping[int, str | None]) -> str:
    """The result in a line: total, star and its state, with what is still possible."""
    row = chapter.subject
    if row is None:
        return ""
    parts = [f"总分 {points_range(row.total_low, row.total_high)}"]
    if not row.rated:
        return "，".join([*parts, "不参评，不定星级"])
    if row.star is None:
        return parts[0]
    if row.star_low != row.star_high:
        span = star_range(row.star_low, row.star_high)
        parts.append(
            f"{span}，暂列{star_word(row.star, names)}（{STATES.get(row.state, row.state)}）"
        )
    else:
        parts.append(f"{star_word(row.star, names)}（{STATES.get(row.state, row.state)}）")
    if row.recommended:
        parts.append("列为推荐")
    return "，".join(parts)


def standing(row: SubjectRow, names: Mapping[int, str | None]) -> list[Pair]:
    """What stands beside the computed star: last year's, decided, final; and remarks."""
    pairs = []
    if row.last_star is not None:
        pairs.append(("上年度星级", star_word(row.last_star, names)))
    if row.decided_star is not None:
        pairs.append(("审定星级", decided_word(row.decided_star, names)))
    if row.final_star is not None:
        pairs.append(("最终星级", decided_word(row.final_star, names)))
    elif row.rated and row.star is not None:
        pairs.append(("最终星级", "尚未确定"))
    if row.lagging:
        pairs.append(("倒排建议", "列入（只作提示，不影响星级）"))
    if row.reasons:
        pairs.append(("说明", row.reasons))
    return pairs


def before_people(chapter: Chapter) -> str:
    """The computed result without the people's part, where that makes a difference."""
    row, now = chapter.computed, chapter.subject
    if row is None or now is None or all(getattr(row, n) == getattr(now, n) for n in _COMPUTED):
        return ""
    parts = [points_range(row.total_low, row.total_high)]
    if row.rated and row.star is not None:
        parts.append(star_range(row.star_low, row.star_high))
    return f"未计更正、复核和审定时的测算结果：{'，'.join(parts)}"


# --- items ----------------------------------------------------------------------------------------


def item_head(item: ItemStory) -> str:
    """An item in a line: what it may give, what it gives, and its state."""
    row = item.row
    full = f"满分{number_word(row.points)}分，" if row.points is not None else ""
    got = "扣" if item.low < 0 and row.score_high > 0 else "得"
    score = points_range(row.score_low, row.score_high)
    state = "" if row.state == "scored" else f"（{ITEM_STATES.get(row.state, row.state)}）"
    return f"{full}{got}{score}{state}"


def item_before(item: ItemStory) -> str:
    """What the item gave without the people's part, where that is another score."""
    row, now = item.computed, item.row
    if row is None or (row.score_low, row.score_high) == (now.score_low, now.score_high):
        return ""
    return f"未计人工认定时为{points_range(row.score_low, row.score_high)}"


def change_words(item: ItemStory) -> str:
    """Of what an item's change is made: 扣分, or 未得分-3，得分+2 where it is several things."""
    found: dict[str, Decimal] = {}
    for line in item.told:
        points = line.points(high=False) or line.points(high=True)
        word = kind_word(line.kind, points)
        found[word] = found.get(word, Decimal(0)) + line.points(high=False)
    if len(found) == 1:
        return next(iter(found))
    return "，".join(f"{word}{signed(points)}" for word, points in found.items() if points)


def kind_word(kind: str, points: Decimal) -> str:
    """What a step of the arithmetic is called: a clause takes (扣分) or gives (得分)."""
    if kind == "clause":
        return "扣分" if points < 0 else "得分"
    return KINDS.get(kind, kind)


def line_notes(line: Line, *, full: bool) -> list[Pair]:
    """What a finding rests on: units missing, what is open, rows not counted, cells, rule."""
    pairs = []
    if line.lacking:
        pairs.append(("缺", "、".join(line.lacking)))
    if line.unknown:
        pairs.append(("待查", "、".join(line.unknown)))
    if line.open and line.high is not None and line.low is not None:
        low, high = signed(line.low), signed(line.high)
        pairs.append(("未定", f"现按{low}分计，查清后可为{high}分"))
    if line.not_counted:
        pairs.append(("未计入", "；".join(line.not_counted)))
    if line.sources:
        pairs.append(("来源", cells(line.sources, full=full)))
    if line.evidence:
        pairs.append(("佐证", listed(line.evidence, full=full)))
    if line.rule:
        pairs.append(("规则", line.rule))
    return pairs


def listed(texts: Sequence[str], *, full: bool) -> str:
    """Texts in a row; long lists shortened unless full."""
    return "、".join(texts) if full else few(texts, "处")


def cells(sources: Iterable[str], *, full: bool) -> str:
    """Source cells by sheet: inspection.xlsx!组织生活!B12、B15; long lists shortened unless full."""
    by_sheet: dict[str, list[str]] = {}
    for source in sources:
        sheet, mark, cell = source.rpartition("!")
        by_sheet.setdefault(f"{sheet}{mark}", []).append(cell)
    return "；".join(f"{sheet}{listed(found, full=full)}" for sheet, found in by_sheet.items())


def rating(row: RatingRow) -> str:
    """One rater's figure, and whether it counted."""
    who = f"{row.rater}（{row.scorer}）" if row.scorer else row.rater
    parts = [f"{who}：{row.score or '未填'}"]
    if row.reason and row.reason != row.rater:
        parts.append(row.reason)
    if row.date is not None:
        parts.append(row.date.isoformat())
    return f"{'，'.join(parts)}，{'采用' if row.used else '未采用'}"


# --- flags, tasks, what is open -------------------------------------------------------------------


def open_words(items: Sequence[ItemStory]) -> list[Pair]:
    """Which items still wait for facts or for a person."""
    pairs = []
    for state, word in (("no_data", "缺数据"), ("awaiting_person", "待评分")):
        found = [f"{i.row.item} {i.row.title}" for i in items if i.row.state == state]
        if found:
            pairs.append((word, f"{len(found)}项：{'、'.join(found)}"))
    return pairs


def flag_head(flag: FlagRow) -> str:
    """A flag by its case, and how far it is decided."""
    return f"{flag.flag}：{flag.case}，{FLAG_STATES.get(flag.state, flag.state)}"


def flag_notes(flag: FlagRow, rule: str | None, *, full: bool) -> list[Pair]:
    """What a flag rests on, and what it still lacks."""
    pairs = []
    if flag.evidence:
        pairs.append(("依据", cells(flag.evidence.split("; "), full=full)))
    if flag.missing_evidence:
        pairs.append(("尚缺", flag.missing_evidence))
    if rule:
        pairs.append(("规则", rule))
    return pairs


def task_head(task: TaskRow) -> str:
    """What is to be done, and how far it is."""
    marks = "（反复出现）" if task.repeated else ""
    return f"{task.task_text}，{task.status}{marks}"


def task_notes(task: TaskRow) -> list[Pair]:
    """What a task is about: number, problem, owner, dates, where it comes from."""
    issued = task.issued.isoformat() if task.issued else None
    pairs = [
        ("任务编号", task.task),
        ("问题", task.problem),
        ("责任人", task.owner),
        ("类型", task.kind),
        ("下达日期", issued),
        ("时限", task.due),
        ("上年转来", task.carried_from),
        ("对应明细", task.findings),
    ]
    return [(name, text) for name, text in pairs if text]
