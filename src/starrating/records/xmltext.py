"""XML of office files read as a stream of events, with every declaration refused.

A document type is what entities, bombs and outside references need; office programs never write
one. Names come without their prefix, so that files of every writer look alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

Attributes = dict[str, str]


class Declared(Exception):
    """The text declares a document type, which no office file does."""


def parse(
    stream: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Call `start`, `end` and `text` for what the stream holds.

    Raises Declared for a document type and expat.ExpatError for text that is no XML.
    """
    local: dict[str, str] = {}

    def name_of(name: str) -> str:
        known = local.get(name)
        if known is None:
            known = local[name] = name.rpartition(":")[2]
        return known

    def doctype(*_: object) -> None:
        raise Declared

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = lambda name, attributes: start(name_of(name), attributes)
    parser.EndElementHandler = lambda name: end(name_of(name))
    parser.CharacterDataHandler = text
    parser.ParseFile(stream)


def attribute(attributes: Attributes, name: str) -> str:
    """The attribute of that name whatever its prefix, or ""."""
    if name in attributes:
        return attributes[name]
    return next((v for key, v in attributes.items() if key.rpartition(":")[2] == name), "")


def is_true(text: str | None) -> bool:
    """Whether an attribute says true."""
    return text in {"1", "true", "on"}
