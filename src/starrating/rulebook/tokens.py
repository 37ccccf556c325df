"""The words and signs of an expression, one after the other as the parser asks for them.

A word is a whole word, so that no name is ever split (`notes`, `in部`). The text is
NFKC-normalised before (`parsing.Source`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<date>\d{4}-\d{1,2}-\d{1,2}(?!\w))
    | (?P<number>\d+(?:\.\d+)?(?:\s*%)?(?![\w.]))
    | (?P<name>[^\W\d]\w*)
    | (?P<text>'[^']*'|"[^"]*"|“[^”]*”|‘[^’]*’)
    | (?P<comparison>==|!=|<>|<=|>=|[=<>≠≤≥≦≧])
    | (?P<sign>[-+*/(),、;])
    | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
_DURATION = re.compile(
    r"\s*(?P<duration>\d{1,4}\s*(?:working\s+days?|days?|weeks?|months?|quarters?|years?)(?!\w))"
)
_WORDS = {
    **dict.fromkeys(("and", "or", "not", "in", "is", "blank", "includes"), "word"),
    **dict.fromkeys(("starts", "ends", "contains", "matches"), "test"),
    **dict.fromkeys(("found", "present", "lacking", "flagged", "confirmed", "denied"), "named"),
    **dict.fromkeys(("是", "否", "yes", "no", "true", "false"), "truth"),
}


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign.

    `kind` is date, number, name, text, comparison, sign, word (an operator or a part of one),
    test (`starts` …), named (`found` …), truth, duration or end. `is_` is the text of a sign or
    a word, by which the parser knows them, and empty for everything else.
    """

    kind: str
    text: str
    start: int
    end: int
    is_: str = ""


class BadCharacter(Exception):
    """Nothing of the language begins at `offset`."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def token_at(text: str, offset: int) -> Token:
    """The token that begins at `offset`, behind white space; a length of time only where
    nothing else does.

    BadCharacter is raised where there is none.
    """
    match = _TOKEN.match(text, offset)
    if match is None:
        begun = duration_at(text, offset)
        if begun is None:
            raise BadCharacter(len(text) - len(text[offset:].lstrip()))
        return begun
    kind = match.lastgroup or ""
    found, begin = match[kind], match.start(kind)
    if kind == "name":
        kind = _WORDS.get(found, kind)
    known = found if kind in ("sign", "word") else ""
    return Token(kind, found, begin, match.end(), known)


def duration_at(text: str, offset: int) -> Token | None:
    """The length of time that begins at `offset` (`3 months`), or None."""
    match = _DURATION.match(text, offset)
    if match is None:
        return None
    return Token("duration", match[1], match.start(1), match.end())
