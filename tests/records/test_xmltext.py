"""XML as events."""

from __future__ import annotations

from xml.parsers import expat

import pytest

from starrating.records.xmltext import Declared, attribute, parse


def events(text: str) -> list[str]:
    found: list[str] = []
    parse(text.encode(), lambda tag, attributes: found.append(f"{tag} {attributes or ''}"))
    return found


def test_names_come_without_prefix() -> None:
    """Files of every writer look alike."""
    assert events('<x:a><b c="1">t</b></x:a>') == ["a ", "b {'c': '1'}"]


@pytest.mark.parametrize(
    "text",
    ["<!DOCTYPE a><a/>", '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', '<!DOCTYPE a SYSTEM "f"><a/>'],
)
def test_declarations_are_refused(text: str) -> None:
    """Entities, bombs, outside files."""
    with pytest.raises(Declared):
        events(text)
    with pytest.raises(Declared):
        parse(text.encode())


def test_broken_text() -> None:
    """An exception that the reader turns into a fault."""
    with pytest.raises(expat.ExpatError):
        parse(b"<a><b></a>")


def test_attributes() -> None:
    """With and without prefix."""
    assert attribute({"r:id": "1"}, "id") == "1"
    assert attribute({"id": "2", "r:id": "1"}, "id") == "2"
    assert attribute({}, "id") == ""
