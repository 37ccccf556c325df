r"""Regular expressions that stay quick on any text: the bounded kind that `matches` takes.

Allowed: literals, `.`, classes, `\d \w \s` and their opposites, `|`, groups without names,
and repeats of what holds no choice itself. Not allowed: backreferences, lookaround, flags,
repeats inside repeats, and patterns that could try one text in too many ways.
"""

from __future__ import annotations

import re
import unicodedata

from starrating.limits import MAX_PATTERN_LENGTH, MAX_PATTERN_WORK

_OPEN_REPEAT = 1_000
_REPEAT = re.compile(r"[*+?]|\{(\d{1,3})(?:(,)(\d{0,3}))?\}")
_ESCAPE = re.compile(r"\\(?:[dwsDWS]|[^\w\s])")
_CLASS_TROUBLE = re.compile(r"\[|--|&&|~~|\|\|")
_META = frozenset(r".^$*+?{}[]\|()")


class _Refused(Exception):
    """The pattern is outside the bounded kind."""


def safe_pattern(text: str) -> re.Pattern[str] | None:
    """The compiled pattern, or None where it is refused; it may be found anywhere (`search`).

    Being found anywhere counts as one open repeat, unless the pattern begins with `^`.
    """
    if len(text) > MAX_PATTERN_LENGTH:
        return None
    anchored = text.startswith("^") and "|" not in text
    try:
        reader = _Reader(text)
        work = reader.choice() * (1 if anchored else _OPEN_REPEAT)
        if reader.at < len(text) or work > MAX_PATTERN_WORK:
            return None
        return re.compile(text)
    except (_Refused, re.error, OverflowError):
        return None


def half_width(text: str) -> str:
    r"""The pattern after NFKC; a full-width sign that becomes special is escaped: （ → \(."""
    written = []
    for sign in unicodedata.normalize("NFC", text):
        narrow = unicodedata.normalize("NFKC", sign)
        changed = narrow != sign
        written.append("".join(f"\\{part}" if changed and part in _META else part
                               for part in narrow))  # fmt: skip
    return "".join(written)


class _Reader:
    """Reads a pattern and counts in how many ways it can try one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def choice(self) -> int:
        """Read alternatives; their ways add up."""
        work = self.sequence()
        while self.text.startswith("|", self.at):
            self.at += 1
            work += self.sequence()
        return work

    def sequence(self) -> int:
        """Read what stands side by side; the ways multiply."""
        work = 1
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            work *= self.repeated(self.single())
        return work

    def single(self) -> int:
        """Read one sign, class or group."""
        sign = self.text[self.at]
        if sign == "(":
            return self.group()
        if sign == "[":
            self.character_class()
        elif sign == "\\":
            self.escape()
        elif sign in "*+?{":
            raise _Refused
        else:
            self.at += 1
        return 1

    def repeated(self, work: int) -> int:
        """Read the repeat behind a part that has `work` ways; repeats of choices are refused."""
        repeat = _REPEAT.match(self.text, self.at)
        if repeat is None:
            return work
        self.at = repeat.end()
        if self.text[self.at : self.at + 1] in ("*", "+", "?", "{"):
            raise _Refused
        if repeat[0] == "?":
            return work + 1
        if work > 1:
            raise _Refused
        if repeat[0] in "*+":
            return _OPEN_REPEAT
        if repeat[2] is None:
            return 1
        return int(repeat[3]) - int(repeat[1]) + 1 if repeat[3] else _OPEN_REPEAT

    def group(self) -> int:
        """Read a group, plain or `(?:`."""
        self.at += 1
        if self.text.startswith("?:", self.at):
            self.at += 2
        work = self.choice()
        if not self.text.startswith(")", self.at):
            raise _Refused
        self.at += 1
        return work

    def escape(self) -> None:
        """Read a backslash and what it escapes."""
        escape = _ESCAPE.match(self.text, self.at)
        if escape is None:
            raise _Refused
        self.at = escape.end()

    def character_class(self) -> None:
        """Read `[…]`."""
        begin = self.at + 1
        self.at = begin + self.text.startswith("^", begin)
        inside = []
        while not self.text.startswith("]", self.at):
            if self.at >= len(self.text):
                raise _Refused
            if self.text[self.at] == "\\":
                self.escape()
                continue
            inside.append(self.text[self.at])
            self.at += 1
        if _CLASS_TROUBLE.search("".join(inside)):
            raise _Refused
        self.at += 1
