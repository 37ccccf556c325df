"""Units in headers: which convert into which, exactly."""

from __future__ import annotations

from fractions import Fraction

_FAMILIES: tuple[dict[str, Fraction], ...] = (
    {
        "元": Fraction(1),
        "人民币元": Fraction(1),
        "百元": Fraction(100),
        "千元": Fraction(1000),
        "万元": Fraction(10**4),
        "百万元": Fraction(10**6),
        "亿元": Fraction(10**8),
    },
    {
        "平方米": Fraction(1),
        "m2": Fraction(1),
        "平米": Fraction(1),
        "亩": Fraction(2000, 3),
        "公顷": Fraction(10**4),
        "平方公里": Fraction(10**6),
    },
    {"米": Fraction(1), "m": Fraction(1), "公里": Fraction(1000), "km": Fraction(1000)},
    {"克": Fraction(1), "千克": Fraction(1000), "公斤": Fraction(1000), "吨": Fraction(10**6)},
    {"1": Fraction(1), "%": Fraction(1, 100), "百分比": Fraction(1, 100), "‰": Fraction(1, 1000)},
)
_SIZES = {
    unit: (number, size) for number, units in enumerate(_FAMILIES) for unit, size in units.items()
}
_PLAIN = frozenset(
    ("元", "人", "名", "次", "个", "项", "条", "件", "票", "分", "天", "户", "岁", "场", "间")
)
"""Units that need no conversion where the column declares none."""


def is_unit(text: str) -> bool:
    """Whether `text` (tidied) is a unit known here."""
    return text in _SIZES or text in _PLAIN


def conversion(unit: str, wanted: str | None) -> Fraction | None:
    """What a number in `unit` is multiplied by to be in `wanted`; None: not convertible.

    Without a declared unit only units that scale nothing are taken.
    """
    if unit == wanted:
        return Fraction(1)
    if wanted is None:
        return Fraction(1) if unit in _PLAIN else None
    if unit not in _SIZES or wanted not in _SIZES:
        return None
    (family, size), (wanted_family, wanted_size) = _SIZES[unit], _SIZES[wanted]
    return size / wanted_size if family == wanted_family else None
