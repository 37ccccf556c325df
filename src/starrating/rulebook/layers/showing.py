"""A merged book line by line, each with the file and line where it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from starrating.origin import Origin
from starrating.rulebook.fields import place
from starrating.yamltext import Declared, Listed

_UNSHOWN = ("cases", "waive", "changes")
_PLAIN = re.compile(r"[\w一-鿿（][^:#\n\"'\[\]{}]*")

Line = tuple[str, Origin]


def merged_lines(content: Declared) -> Iterator[Line]:
    """The lines of a text in the words of the language, without cases, waivers and `changes`
    (what they changed stands where it belongs); each with its place."""
    for word, value in content.items():
        if word not in _UNSHOWN:
            yield from _entry(word, content.key_origins[word], value, "")


def _entry(word: str, at: Origin, value: Any, indent: str) -> Iterator[Line]:
    """One word of a map with what it holds."""
    head = f"{indent}{_text(word)}:"
    if _short(value):
        yield f"{head} {_flow(value)}", _said(value, at)
        return
    yield head, at
    yield from _inside(value, f"{indent}  ")


def _inside(value: Any, indent: str) -> Iterator[Line]:
    if isinstance(value, Declared):
        for word, part in value.items():
            yield from _entry(word, value.key_origins[word], part, indent)
        return
    for part in value:
        if _short(part):
            yield f"{indent}- {_flow(part)}", _said(part, place(value))
            continue
        first = True
        for text, origin in _inside(part, f"{indent}  "):
            yield (f"{indent}- {text[len(indent) + 2 :]}" if first else text), origin
            first = False


def _short(value: Any) -> bool:
    """Whether a value fits one line and was written in one place: a text, or a list of texts."""
    if isinstance(value, Declared):
        return not value
    return not isinstance(value, Listed) or all(isinstance(part, str) for part in value)


def _flow(value: Any) -> str:
    if isinstance(value, Declared):
        return "{}"
    if isinstance(value, Listed):
        return f"[{', '.join(_text(str(part)) for part in value)}]"
    return _text(str(value), quoted=getattr(value, "quoted", False))


def _text(text: str, *, quoted: bool = False) -> str:
    plain = not quoted and _PLAIN.fullmatch(text) and "," not in text
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _said(value: Any, at: Origin) -> Origin:
    return place(value) if getattr(value, "origin", None) is not None else at
