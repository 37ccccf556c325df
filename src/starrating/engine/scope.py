"""Scope, cut-off and active window; last year's star (steps 1, 2 and 11)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from starrating.engine import days
from starrating.engine.setting import Setting
from starrating.engine.values import NONE, UNKNOWN, Interval, Nothing, Unknown
from starrating.records.model import UNREADABLE, Organisation, Row
from starrating.rulebook.fields import Span
from starrating.rulebook.model import Rulebook

_STARS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_STAR = re.compile(r"([一二三四五六七八九十]|\d{1,2})(?:星级?|颗星)?")
NO_STAR_WORDS = ("无星", "无星级", "不定星", "0", "零星")
NOT_RATED_WORDS = ("未参评", "未评定", "不参评", "未评")


@dataclass(frozen=True, slots=True)
class Scope:
    """One organisation in scope: whether it is rated and why not, and its active window."""

    organisation: Organisation
    rated: bool
    reasons: tuple[str, ...]
    window: tuple[date, date] | None


def default_cut_off(end: date, books: Iterable[Rulebook]) -> date:
    """The last day of the period plus the longest grace of a `missing` or `short` measure of the
    plan's rulebooks; a `late` grace never moves it (step 1)."""
    spans = [
        units.grace
        for book in books
        for rule in book.measures.values()
        if (units := rule.missing or rule.short) is not None and units.grace is not None
    ]
    return max((_after(end, span) for span in spans), default=end)


def _after(end: date, span: Span) -> date:
    return days.add(end, span.count, span.unit)


def existed(setting: Setting, organisation: Organisation) -> bool:
    """Whether the organisation existed on some day of the period."""
    founded, dissolved = _life(setting, organisation)
    begun = founded is None or founded <= min(setting.end, setting.cut_off)
    return begun and (dissolved is None or dissolved >= setting.start)


def at_cut_off(setting: Setting, organisation: Organisation) -> bool:
    """Whether the organisation exists at the cut-off."""
    founded, dissolved = _life(setting, organisation)
    return (founded is None or founded <= setting.cut_off) and (
        dissolved is None or dissolved > setting.cut_off
    )


def _life(setting: Setting, organisation: Organisation) -> tuple[date | None, date | None]:
    founded = organisation.row.value("成立日期")
    dissolved = organisation.row.value("撤销日期")
    begun = founded if isinstance(founded, date) else None
    ended = dissolved if isinstance(dissolved, date) and dissolved <= setting.cut_off else None
    return begun, ended


def window(setting: Setting, organisation: Organisation) -> tuple[date, date] | None:
    """period ∩ [founded, dissolved] ∩ up to the cut-off; None where it is empty (step 2)."""
    founded, dissolved = _life(setting, organisation)
    start = max(setting.start, founded or setting.start)
    end = min(setting.end, setting.cut_off, dissolved or setting.end)
    return (start, end) if start <= end else None


def read_star(text: str) -> int | None:
    """A star as offices write it (五星, 5, 5星级, ★★★, 不定星 = 0); None if it is none of these."""
    word = unicodedata.normalize("NFKC", text).strip()
    if word in NO_STAR_WORDS:
        return 0
    if word and set(word) <= {"★", "☆"}:
        return word.count("★")
    match = _STAR.fullmatch(word)
    if match is None:
        return None
    return _STARS[match[1]] if match[1] in _STARS else int(match[1])


def roll_star(row: Row) -> Interval | Nothing | Unknown:
    """上年度星级 of a row of 党组织: none where blank or not rated."""
    cell = row.value("上年度星级")
    if cell is None:
        return NONE
    if cell is UNREADABLE:
        return UNKNOWN
    word = str(cell)
    if unicodedata.normalize("NFKC", word).strip() in NOT_RATED_WORDS:
        return NONE
    star = read_star(word)
    return UNKNOWN if star is None else Interval.at(star)


def last_star(setting: Setting, organisation: Organisation) -> Interval | Nothing | Unknown:
    """The final star of the newest archive given, else 上年度星级 (step 11).

    After a merger or division it may be one that nobody knows (step 17).
    """
    code = organisation.code
    if code in setting.previous.unknown_stars:
        return UNKNOWN
    if code in setting.previous.stars:
        star = setting.previous.stars[code]
        return NONE if star is None else Interval.at(star)
    return roll_star(organisation.row)
