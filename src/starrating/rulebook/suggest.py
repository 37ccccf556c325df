"""The nearest known name, offered in every message about an unknown one."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

_NEAR = 0.6
_SHARED = 0.5


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like `name`, or None where none is near.

    Names are compared after NFKC and without case: by their order of characters, and for
    Chinese names also by the characters they share (会党员大 is near 党员大会). Of equally
    near names the first in code-point order is taken.
    """
    wanted = _plain(name)
    best: tuple[float, str] | None = None
    for candidate in sorted(set(known)):
        score = _likeness(wanted, _plain(candidate))
        if score > 0 and (best is None or score > best[0]):
            best = (score, candidate)
    return best[1] if best else None


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """`是否想写 X？` with the nearest known name, else `otherwise`."""
    near = nearest(name, known)
    return f"是否想写 {near}？" if near is not None else otherwise


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _likeness(wanted: str, candidate: str) -> float:
    """From 0 (not near) to 1 (equal)."""
    if wanted == candidate:
        return 1.0
    order = SequenceMatcher(None, wanted, candidate, autojunk=False).ratio()
    if order >= _NEAR:
        return order
    if wanted.isascii() or candidate.isascii():
        return 0.0
    shared = sum((Counter(wanted) & Counter(candidate)).values())
    share = shared / max(len(wanted), len(candidate))
    return share * _NEAR if shared >= 2 and share >= _SHARED else 0.0
