"""晋星差距 in words: how far from the next star, and what healing reaches it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from starrating.number import plain
from starrating.results.model import HeadroomRow


def headroom_text(row: HeadroomRow, star: str, item: Callable[[str], str]) -> str:
    """One sentence; `star` names the next star, `item` a finding's item (`2.1 党员大会`)."""
    told = "；".join(text.rstrip("。") for text in row.told)
    if not row.gap:
        return f"总分已达{star}。{told}。" if told else f"总分已达{star}。"
    away = f"距{star}差{_plain(row.gap)}分"
    if row.heal is None:
        return f"{away}。{told}。" if told else f"{away}。"
    healed = "、".join(
        f"{name}（{count}处）" if count > 1 else name
        for name, count in Counter(map(item, row.heal)).items()
    )
    days = f"，最长约{row.days}日" if row.days else ""
    assert row.total is not None
    reached = f"，可到{_plain(row.total)}分"
    return f"{away}：整改{healed}{reached}{days}。" + (f"{told}。" if told else "")


def _plain(points: Decimal) -> str:
    return plain(Fraction(points))
