"""What a cell reader answers where a cell can not be read."""

from __future__ import annotations

from dataclasses import dataclass

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a cell is unreadable: the code of the fault and the parts of its message."""

    code: str
    parts: tuple[tuple[str, str], ...] = ()


def trouble(code: str, **parts: object) -> Trouble:
    """The trouble of that code; long values are shortened for the message."""
    return Trouble(code, tuple((name, shorten(str(value))) for name, value in parts.items()))


def shorten(text: str) -> str:
    """`text` on one line and short enough for a message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"
