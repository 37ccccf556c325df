"""What is marked adjustable: the words must be words of the block they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from starrating.faults import Fault
from starrating.rulebook.checks.codes import CHECK_CODES
from starrating.rulebook.model import Block, Rulebook
from starrating.rulebook.suggest import did_you_mean


def unknown_adjustable(book: Rulebook) -> list[Fault]:
    """R371: each word of `adjustable` is one that its block knows, else nothing is adjustable."""
    found = []
    for block in _blocks(book):
        known = [info.alias or name for name, info in type(block).model_fields.items()]
        marks: Mapping[str, object] = getattr(block, "adjustable", {})
        for word in marks:
            if word.split(".")[0] not in known:
                hint = did_you_mean(word, known, otherwise="请对照规则语言手册")
                found.append(CHECK_CODES.fault("R371", block.origin, name=word, hint=hint))
    return found


def _blocks(book: Rulebook) -> Iterator[Block]:
    yield book
    for section in book.sections:
        yield section
        for item in section.items:
            yield item
            yield from (clause for _, clause in item.every_clause())
    yield from (*book.measures.values(), *book.judgements, *book.stars)
