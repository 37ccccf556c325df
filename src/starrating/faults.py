"""Faults in users' files: values with stable codes, gathered and shown together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from starrating.origin import Origin


class Level(StrEnum):
    """How much a fault hurts: `fatal` stops, `error` makes a cell unknown, the others inform."""

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"
    INFO = "info"


LEVEL_ORDER = {level: number for number, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the closed list of codes: `D101` and so on, never reused.

    `message` and `remedy` are Chinese templates with `{name}` fields.
    """

    id: str
    level: Level
    message: str
    remedy: str = ""


SHOWN = 8
"""How many things a message lists before it says only how many there are."""


def few(things: Sequence[str], unit: str = "个", mark: str = "、") -> str:
    """Things in a row as a message lists them: of more than `SHOWN` the first and how many all are."""
    if len(things) <= SHOWN:
        return mark.join(things)
    return f"{mark.join(things[: SHOWN - 2])} 等{len(things)}{unit}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one place: what is wrong, where, and how to mend it (Chinese)."""

    code: str
    level: Level
    message: str
    remedy: str
    origin: Origin
    parts: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        """`place: CODE message。remedy` as printed by every command."""
        tail = f"（{self.remedy}）" if self.remedy else ""
        return f"{self.origin}: {self.code} {self.message}{tail}"


class CodeTable:
    """The codes of one room, checked for clashes when the table is made."""

    def __init__(self, codes: Iterable[Code]) -> None:
        """Take the codes; two of one id are a programming error."""
        self._codes: dict[str, Code] = {}
        for code in codes:
            if code.id in self._codes:
                raise ValueError(f"code {code.id} is defined twice")
            self._codes[code.id] = code

    def __iter__(self) -> Iterator[Code]:
        """All codes in order of id."""
        return iter(sorted(self._codes.values(), key=lambda code: code.id))

    def fault(self, code_id: str, origin: Origin, /, **parts: object) -> Fault:
        """Make the fault `code_id` at `origin`; the fields of its templates come from `parts`."""
        code = self._codes[code_id]
        words = {name: str(value) for name, value in parts.items()}
        return Fault(
            code=code.id,
            level=code.level,
            message=code.message.format_map(words),
            remedy=code.remedy.format_map(words),
            origin=origin,
            parts=tuple(sorted(words.items())),
        )


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults by weight, then place, then code, without repetition."""
    unique = dict.fromkeys(faults)
    return tuple(
        sorted(
            unique,
            key=lambda f: (LEVEL_ORDER[f.level], f.origin.sort_key(), f.code, f.message),
        )
    )
