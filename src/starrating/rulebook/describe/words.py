"""Small words of a printed 细则: points, lengths, units of time, stars, days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from starrating.number import plain
from starrating.rulebook.fields import Between, Every, Span

_DIGITS = "零一二三四五六七八九十"
_SPANS = {
    "day": "日",
    "week": "周",
    "month": "个月",
    "quarter": "个季度",
    "half": "个半年",
    "year": "年",
}
_UNITS = {
    "day": "天",
    "week": "周",
    "month": "月",
    "quarter": "季度",
    "half": "半年",
    "year": "年度",
}
_EACH = {"day": "一天", "week": "一周", "month": "一个月", "quarter": "一个季度",
         "half": "一个半年", "year": "一年"}  # fmt: skip
_PER = {"month": "每月", "quarter": "每季度", "half": "每半年", "year": "每年"}


def points(amount: Fraction) -> str:
    """`2.5分`."""
    return f"{plain(amount)}分"


def percent(share: Fraction) -> str:
    """`30%`."""
    return f"{plain(share * 100)}%"


def between(amount: Between) -> str:
    """`2至4分`."""
    return f"{plain(amount.low)}至{plain(amount.high)}分"


def span(length: Span) -> str:
    """`30日`, `10个工作日`, `2个月`."""
    return f"{length.count}{'个工作日' if length.working else _SPANS[length.unit]}"


def unit(every: Every) -> str:
    """The unit that `missing` counts: 季度, 连续6个月, or the name of a term."""
    return (
        f"连续{every.months}个月" if every.unit == "rolling" else _UNITS.get(every.unit, every.unit)
    )


def each_unit(name: str) -> str:
    """One begun unit of `late`: 一个月."""
    return _EACH[name]


def per_unit(every: Every) -> str:
    """`每季度`; `任意连续6个月`."""
    if every.unit == "rolling":
        return f"任意{unit(every)}"
    return _PER.get(every.unit, f"每个{every.unit}")


def star_word(star: int, name: str | None = None) -> str:
    """五星, or the rulebook's own name for it."""
    return name or (f"{_DIGITS[star]}星" if star < len(_DIGITS) else f"{star}星")


def chapter_number(place: int) -> str:
    """一 … 十, 十一 … of chapters, from 1."""
    tens, ones = divmod(place, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not head else "")


def day_word(day: date) -> str:
    """2024年1月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def sentence(parts: Iterable[str], joint: str = "；") -> str:
    """The parts that say something, as one sentence with a full stop."""
    said = joint.join(part for part in parts if part)
    return f"{said}。" if said else ""
