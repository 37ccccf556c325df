"""The shipped rulebooks, and small ones written in a test."""

from functools import cache
from pathlib import Path

from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import read_rulebook, read_text
from starrating.rulebook.versions import find_rulebooks

RULES = Path(__file__).parents[2] / "rules"
SHELF = find_rulebooks(RULES, "rules")
REFERENCES = tuple(head.reference for head in SHELF.heads)

HEAD = """
format: 1
id: made
version: "1"
title: 编造的细则
in_force: {from: 2024-01-01}
"""


@cache
def shipped(reference: str) -> Rulebook:
    """A rulebook of rules/, merged."""
    name, _, version = reference.partition("@")
    head = SHELF.find(name, version)
    return read_rulebook(head.path, head.shown, SHELF.path).book


def made(text: str) -> Rulebook:
    """A rulebook of the head above and this text; it must be readable."""
    loaded = read_text((HEAD + text).encode(), "rules/made/1.yaml", SHELF.path)
    assert [str(fault) for fault in loaded.faults] == []
    return loaded.book
