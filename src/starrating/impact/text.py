"""影响测算 as text for the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from starrating.impact.model import Impact, Standing, Subject
from starrating.impact.shares import NOTHING, Ends
from starrating.number import plain
from starrating.report.workbook.layout import display_width

SHOWN = 20
"""Organisations of one list that the screen shows; the workbook has all."""
_BAR = 40


def signed(number: Fraction) -> str:
    """`+1.5`, `-2`, `0`."""
    return f"+{plain(number)}" if number > 0 else plain(number)


def ends(points: Ends) -> str:
    """`-0.5`, or `-0.5至+1` where facts are missing."""
    low, high = points
    return signed(low) if low == high else f"{signed(low)}至{signed(high)}"


def total_text(standing: Standing | None) -> str:
    """`93.5`, or `82至91`."""
    if standing is None:
        return "不在范围"
    low, high = plain(standing.low), plain(standing.high)
    return low if low == high else f"{low}至{high}"


def star_text(impact: Impact, standing: Standing | None) -> str:
    """五星; 四星（三星至五星） where it is not settled; 不参评."""
    if standing is None:
        return "不在范围"
    if not standing.rated or standing.star is None:
        return "不参评"
    names = dict(impact.stars)
    shown = names[standing.star]
    if standing.star_low == standing.star_high:
        return shown
    low, high = names[standing.star_low or 0], names[standing.star_high or 0]
    return f"{shown}（{low}至{high}）"


def to_text(impact: Impact, *, trial: bool = False) -> str:
    """One past review under two versions, as lines; a trial names what was set."""
    lines = [
        *(_trial(impact) if trial else _head(impact)),
        "",
        *_stars(impact),
        "",
        *_moves(impact),
    ]
    for block in (_flags(impact), _clauses(impact), _needs(impact), _notes(impact)):
        said = list(block)
        if said:
            lines += ["", *said]
    return "\n".join(lines) + "\n"


def _head(impact: Impact) -> Iterator[str]:
    old, new = impact.comparison.old, impact.comparison.new
    yield f"影响测算：{impact.title}（{impact.period}，{impact.archive}）"
    count = len(impact.comparison.changes)
    yield f"规则 {old.reference} → {new.reference}，{count} 处不同（逐条见 rules diff）"


def _trial(impact: Impact) -> Iterator[str]:
    yield f"试算：{impact.title}（{impact.period}，{impact.archive}）"
    yield f"规则 {impact.comparison.old.reference}，改动："
    yield from (f"  {change.sentence}" for change in impact.comparison.changes)


def _stars(impact: Impact) -> Iterator[str]:
    before, after = impact.distribution(after=False), impact.distribution(after=True)
    yield f"星级分布（参评 {impact.rated(after=False)} → {impact.rated(after=True)} 个）"
    rows = [("", "原来", "改后", "增减")]
    for star, name in impact.stars:
        if star or before[star] or after[star]:
            change = signed(Fraction(after[star] - before[star]))
            rows.append((name, str(before[star]), str(after[star]), change))
    yield from aligned(rows)


def _moves(impact: Impact) -> Iterator[str]:
    changes = [each.change for each in impact.subjects]
    up = sum(min(change) > 0 for change in changes)
    down = sum(max(change) < 0 for change in changes)
    same = sum(change == NOTHING for change in changes)
    said = f"总分上升 {up} 个，下降 {down} 个，不变 {same} 个"
    unsure = len(changes) - up - down - same
    yield f"{said}，缺少事实说不准 {unsure} 个" if unsure else said
    for title, found in (("升星", impact.rising), ("降星", impact.falling)):
        yield f"{title} {len(found)} 个"
        yield from _listed(impact, found)
    yield from _scope(impact)


def _scope(impact: Impact) -> Iterator[str]:
    for title, found in (
        ("新纳入评定", [each for each in impact.subjects if each.before is None]),
        ("不再评定", [each for each in impact.subjects if each.after is None]),
    ):
        if found:
            yield f"{title} {len(found)} 个"
            yield from _listed(impact, found)


def _listed(impact: Impact, subjects: Sequence[Subject]) -> Iterator[str]:
    for each in subjects[:SHOWN]:
        stars = f"{star_text(impact, each.before)} → {star_text(impact, each.after)}"
        totals = f"{total_text(each.before)} → {total_text(each.after)}"
        yield f"  {each.code} {each.name}  {stars}  总分 {totals}"
        if each.parts:
            yield f"      {'；'.join(f'{part.place} {ends(part.points)}' for part in each.parts)}"
        if not each.parts and each.before is not None and each.after is not None:
            yield "      总分没有变，星级因分数线、条件或名额而变"
    if len(subjects) > SHOWN:
        yield f"  ……另有 {len(subjects) - SHOWN} 个，见表格（--out 文件.xlsx）"


def _flags(impact: Impact) -> Iterator[str]:
    for title, word in (
        ("新列入排查建议", "newly_proposed"),
        ("不再列入排查建议", "no_longer_proposed"),
    ):
        found = [(each, getattr(each, word)) for each in impact.subjects if getattr(each, word)]
        yield f"{title} {len(found)} 个"
        yield from (
            f"  {each.code} {each.name}  {'、'.join(flags)}" for each, flags in found[:SHOWN]
        )
        if len(found) > SHOWN:
            yield f"  ……另有 {len(found) - SHOWN} 个，见表格（--out 文件.xlsx）"


def _clauses(impact: Impact) -> Iterator[str]:
    found = impact.by_change()
    if found:
        yield "各处变化影响了多少（涉及个数，总分合计增减）"
        yield from (
            f"  {count} 个，合计 {ends(points)}  {part.place}：{part.text}"
            for part, count, points in found
        )


def _needs(impact: Impact) -> Iterator[str]:
    if impact.needs:
        yield "新规则要用而当年没有的事实（得分列为一个范围，不作推测）"
        for need in impact.needs:
            why = "；".join(need.reasons) or "有的事实当年没有"
            yield f"  {need.place}：{why}，{need.count} 个党组织的得分成为一个范围"


def _notes(impact: Impact) -> Iterator[str]:
    yield from (f"说明：{note}。" for note in impact.notes)


def aligned(rows: Sequence[Sequence[str]], indent: str = "  ") -> Iterator[str]:
    """Lines of cells, the first column to the left and the others to the right."""
    widths = [max(display_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        cells = [
            (row[n] + _space(row[n], width)) if n == 0 else (_space(row[n], width) + row[n])
            for n, width in enumerate(widths)
        ]
        yield (indent + "  ".join(cells)).rstrip()


def _space(text: str, width: int) -> str:
    return " " * (width - display_width(text))


def bar(count: int, most: int) -> str:
    """A bar as long as the count, or in proportion where the longest would not fit."""
    return "█" * (count if most <= _BAR else -(-count * _BAR // most))
