"""XML of office files read as a stream of events, with every declaration refused.

A document type is what entities, bombs and outside references need; office programs never write
one. Names come without their prefix, so that files of every writer look alike.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

Attributes = dict[str, str]


class Declared(Exception):
    """The text declares a document type, which no office file does."""


class LocalNames(dict[str, str]):
    """Names as written to names without their prefix, each worked out once."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(":")[2]
        return local


def guarded_parser() -> expat.XMLParserType:
    """A parser that raises Declared at a document type, and expat.ExpatError for no XML."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def parse(data: bytes, start: Callable[[str, Attributes], None] | None = None) -> None:
    """Call `start` for every element; without it, only see that the text is XML and safe.

    Raises what `guarded_parser` says.
    """
    parser = guarded_parser()
    if start is not None:
        local = LocalNames()
        parser.StartElementHandler = lambda name, attributes: start(local[name], attributes)
    parser.Parse(data, True)


def attribute(attributes: Attributes, name: str) -> str:
    """The attribute of that name whatever its prefix, or ""."""
    if name in attributes:
        return attributes[name]
    return next((v for key, v in attributes.items() if key.rpartition(":")[2] == name), "")


def _refuse(*_: object) -> None:
    raise Declared
