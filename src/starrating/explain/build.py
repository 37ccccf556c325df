"""From result tables to a story: every finding in its place (semantics.md step 14)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from starrating.engine.headroom import headroom
from starrating.explain.model import (
    FULL_MARKS,
    TOTAL,
    Chapter,
    ItemStory,
    Line,
    SectionStory,
    Story,
    Sum,
)
from starrating.explain.plan import Plan
from starrating.number import exact, to_decimal
from starrating.report.headroom import headroom_text
from starrating.report.words import KINDS, star_word
from starrating.results.model import (
    FindingRow,
    FlagRow,
    ItemRow,
    RatingRow,
    RulebookHead,
    SubjectRow,
)
from starrating.results.tables import MalformedTable, Tables
from starrating.rulebook.model import Rulebook

ARITHMETIC = frozenset(
    (
        "base",
        "clause",
        "not_earned",
        "not_applicable",
        "clamp",
        "leave_out",
        "weight",
        "scale",
        "section_clamp",
        "zeroed",
        "round",
    )
)
"""The kinds of findings that add up to the total; the others tell the way to the star."""
_TAILS = (("lacking", "缺"), ("unknown", "待查"), ("high", ""), ("not_counted", "未计入"))
Detail = Mapping[str, str | list[str]]
_UNIT = re.compile(r"(\d{4})(?:-(\d{2})|Q([1-4])|H([12]))?(?=缺|$)")
_HALVES = {"1": "上半年", "2": "下半年"}


def story(
    tables: Tables,
    plan: Plan,
    code: str,
    item: str | None = None,
    books: Mapping[str, Rulebook] | None = None,
) -> Story:
    """The story of the organisation with that code; `item` is an item's id.

    `books` are the rulebooks by id, from which 晋星差距 is worked out. A code or an item that the tables do not hold raises KeyError.
    """
    named = next((row for row in tables.subjects if row.code == code), None)
    if code not in codes(tables):
        raise KeyError(code)
    chapters = tuple(
        chapter
        for book in plan.rulebooks
        if not (chapter := _chapter(tables, plan, book, code, (books or {}).get(book.id))).empty
    )
    if item is not None:
        chapters = tuple(only for each in chapters if (only := _only(each, item)).items)
        if not chapters:
            raise KeyError(item)
    return Story(
        plan,
        code,
        named.name if named else code,
        named.town if named else None,
        chapters,
        tuple(t for t in tables.tasks if t.code == code and (item is None or t.item == item)),
        item,
    )


def _only(chapter: Chapter, item: str) -> Chapter:
    """The chapter with that item alone."""
    kept = tuple(
        SectionStory(section.title, tuple(i for i in section.items if i.row.item == item), ())
        for section in chapter.sections
    )
    return replace(chapter, sections=tuple(section for section in kept if section.items))


def codes(tables: Tables) -> dict[str, str]:
    """Every organisation that the tables name: code → name (the code where no name is told)."""
    found = {row.code: row.name for row in tables.subjects}
    others = [row.code for row in tables.flags]
    others += [row.code for row in tables.findings]
    others += [row.code for row in tables.tasks]
    for code in others:
        found.setdefault(code, code)
    return found


def _chapter(
    tables: Tables, plan: Plan, book: RulebookHead, code: str, rules: Rulebook | None
) -> Chapter:
    def own(row: FindingRow | ItemRow | FlagRow | RatingRow | SubjectRow) -> bool:
        return row.code == code and row.rulebook == book.id

    before = tables.computed or Tables()
    were = {row.item: row for row in before.items if own(row)}
    findings = [row for row in tables.findings if own(row)]
    subject = next((row for row in tables.subjects if own(row)), None)
    ratings = [row for row in tables.ratings if own(row)]
    basis = {head.id: head.basis for head in plan.items if head.rulebook == book.id}
    items = [
        _item(
            row,
            basis.get(row.item),
            [_line(each) for each in findings if each.item == row.item],
            tuple(each for each in ratings if each.item == row.item),
            were.get(row.item),
        )
        for row in tables.items
        if own(row)
    ]
    loose = [row for row in findings if row.item is None]
    sections = _sections(plan, book.id, items, loose)
    total = tuple(_line(row) for row in loose if _section_of(row) == TOTAL)
    return Chapter(
        book=book,
        subject=subject,
        distance=_distance(tables, plan, rules, subject, findings),
        computed=next((row for row in before.subjects if own(row)), None),
        sections=sections,
        total=total,
        sums=_sums(subject, sections, total),
        way=_lines(row for row in loose if row.kind not in ARITHMETIC | {"flag", "decision"}),
        notes=_lines(row for row in loose if row.kind == "flag" and "flag" not in _detail(row)),
        people=_lines(row for row in loose if row.kind == "decision"),
        flags=tuple((flag, _rule_of(flag, loose)) for flag in tables.flags if own(flag)),
    )


def _distance(
    tables: Tables,
    plan: Plan,
    rules: Rulebook | None,
    subject: SubjectRow | None,
    findings: Sequence[FindingRow],
) -> str:
    """晋星差距 in words; "" where there is none to tell."""
    if rules is None or subject is None:
        return ""
    own = [row for row in tables.items if (row.rulebook, row.code) == (rules.id, subject.code)]
    away = headroom(rules, subject, {row.item: row for row in own}, findings)
    if away is None:
        return ""
    titles = {row.item: f"{row.item} {row.title}" for row in own}
    items = {row.finding: titles.get(row.item or "", row.finding) for row in findings}
    star = star_word(away.star, plan.names(rules.id))
    return headroom_text(away, star, lambda finding: items.get(finding, finding))


def _lines(rows: Iterable[FindingRow]) -> tuple[Line, ...]:
    return tuple(_line(row) for row in rows)


def _item(
    row: ItemRow,
    basis: str | None,
    lines: Sequence[Line],
    ratings: tuple[RatingRow, ...],
    computed: ItemRow | None,
) -> ItemStory:
    low, high = _total(line.low for line in lines), _total(line.high for line in lines)
    return ItemStory(row, basis, tuple(lines), ratings, low, high, computed)


def _sections(
    plan: Plan, book: str, items: Sequence[ItemStory], loose: Sequence[FindingRow]
) -> tuple[SectionStory, ...]:
    """The sections in the order of the sheet, each with its items and its own steps."""
    where = {head.id: head.section for head in plan.items if head.rulebook == book}
    titles = dict.fromkeys(where.values())
    return tuple(
        SectionStory(
            title,
            tuple(each for each in items if where.get(each.row.item) == title),
            _lines(row for row in loose if _section_of(row) == title),
        )
        for title in titles
    )


def _section_of(row: FindingRow) -> str | None:
    if row.kind not in ARITHMETIC or row.item is not None:
        return None
    section = _detail(row).get("section")
    return section if isinstance(section, str) else TOTAL


def _rule_of(flag: FlagRow, rows: Iterable[FindingRow]) -> str | None:
    for row in rows:
        detail = _detail(row)
        if (detail.get("flag"), detail.get("case")) == (flag.flag, flag.case):
            return row.rule
    return None


# --- one finding ----------------------------------------------------------------------------------


def _detail(row: FindingRow) -> Detail:
    """The details of a finding: texts and lists of texts."""
    if row.detail is None:
        return {}
    try:
        found = json.loads(row.detail)
    except (ValueError, RecursionError) as error:
        raise MalformedTable(f"findings.csv: {row.finding}") from error
    if not isinstance(found, dict) or not all(_is_text(value) for value in found.values()):
        raise MalformedTable(f"findings.csv: {row.finding}")
    return found


def _is_text(value: object) -> bool:
    every = value if isinstance(value, list) else [value]
    return all(isinstance(part, str) for part in every)


def _line(row: FindingRow) -> Line:
    detail = _detail(row)
    arithmetic = row.kind in ARITHMETIC
    low = (row.points or Decimal(0)) if arithmetic else None
    return Line(
        row.finding,
        row.kind,
        _sentence(row, detail),
        low,
        _high(detail, low),
        row.quantity,
        tuple(_unit_word(unit) for unit in _listed(detail, "lacking")),
        _listed(detail, "unknown"),
        _listed(detail, "not_counted"),
        tuple(row.sources.split("; ")) if row.sources else (),
        row.rule,
        row.set_aside,
        _listed(detail, "evidence"),
    )


def _high(detail: Detail, low: Decimal | None) -> Decimal | None:
    if low is None:
        return None
    text = detail.get("high")
    number = exact(text) if isinstance(text, str) else None
    return low if number is None else to_decimal(number)


def _listed(detail: Detail, key: str) -> tuple[str, ...]:
    value = detail.get(key, ())
    return (value,) if isinstance(value, str) else tuple(value)


def _sentence(row: FindingRow, detail: Detail) -> str:
    """The finding's sentence without the tail that stands in lines of its own here."""
    parts = []
    for key, label in _TAILS:
        value = detail.get(key)
        if value:
            words = "、".join(value) if isinstance(value, list) else value
            said = f"{label}：{words}" if label else f"暂按从低计，查清后此处可为{words}分"
            parts.append(f"；{said}")
    return row.text.removesuffix("".join(parts))


def _unit_word(unit: str) -> str:
    """A calendar unit as offices write it: 2023Q3 is 2023年第3季度; other texts stay."""

    def worded(found: re.Match[str]) -> str:
        year, month, quarter, half = found.groups()
        if month:
            return f"{year}年{int(month)}月"
        if quarter:
            return f"{year}年第{quarter}季度"
        return f"{year}年{_HALVES[half]}" if half else f"{year}年"

    return _UNIT.sub(worded, unit, count=1) if _UNIT.match(unit) else unit


# --- the sum --------------------------------------------------------------------------------------


def _sums(
    subject: SubjectRow | None, sections: Sequence[SectionStory], total: Sequence[Line]
) -> tuple[Sum, ...]:
    """The way from full marks to the total, in one reading or in both where they differ."""
    if subject is None or subject.total_low is None:
        return ()
    low = _sum(sections, total, subject.total_low, high=False)
    if subject.total_high is None or subject.total_high == subject.total_low:
        return (low,)
    return (low, _sum(sections, total, subject.total_high, high=True))


def _sum(
    sections: Sequence[SectionStory], total: Sequence[Line], stated: Decimal, *, high: bool
) -> Sum:
    full: list[Decimal] = []
    steps: list[tuple[str, Decimal]] = []
    for section in sections:
        lines = [*(line for item in section.items for line in item.lines), *section.lines]
        full.extend(line.points(high=high) for line in lines if line.kind == "base")
        rest = _total(line.points(high=high) for line in lines if line.kind != "base")
        steps.append((section.title, rest))
    steps.extend((KINDS.get(line.kind, line.kind), line.points(high=high)) for line in total)
    every = ((FULL_MARKS, _total(full)), *(step for step in steps if step[1]))
    return Sum(every, _total(points for _, points in every), stated)


def _total(numbers: Iterable[Decimal | None]) -> Decimal:
    """An exact sum, whatever the decimal context."""
    return to_decimal(sum((Fraction(number) for number in numbers if number), Fraction(0)))
