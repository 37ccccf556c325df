"""Nearest known names: listed in messages, never taken."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(text: str, names: Iterable[str], count: int = 3, cutoff: float = 0.5) -> list[str]:
    """Up to `count` names like `text`, the nearest first; equal ones in code-point order."""
    known = sorted(set(names))
    close = difflib.get_close_matches(text, known, n=count, cutoff=cutoff)
    bare = text.lstrip("0")
    same = [name for name in known if bare and name.lstrip("0") == bare]
    return list(dict.fromkeys([*same, *close]))[:count]


def near(text: str, names: Iterable[str]) -> str:
    """The nearest names as the tail of a message, or nothing."""
    close = nearest(text, names)
    return f"，是不是“{'”或“'.join(close)}”？" if close else ""
