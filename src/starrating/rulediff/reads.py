"""What a part of a rulebook reads: measures and lists, directly or through other measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from starrating.rulebook import expressions as ex
from starrating.rulebook.model import AtMost, Block, Item, Rulebook
from starrating.rulediff.align import named_in


def words_of(value: object) -> Iterator[str]:
    """Every name that stands in a formula inside a value; those that break a tie as well."""
    if isinstance(value, ex.Expr):
        yield from named_in(value)
    elif isinstance(value, AtMost):
        yield from words_of(value.of)
        if not isinstance(value.on_tie, str):
            yield from value.on_tie
    elif isinstance(value, Block):
        for name in type(value).model_fields:
            if name != "origin":
                yield from words_of(getattr(value, name))
    elif isinstance(value, Mapping):
        yield from (name for each in value.values() for name in words_of(each))
    elif isinstance(value, tuple):
        yield from (name for each in value for name in words_of(each))


class Reads:
    """What is read in one rulebook."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book

    @cached_property
    def _below(self) -> Mapping[str, frozenset[str]]:
        """measure → the measures and lists that it reads itself."""
        return {
            name: self._known(words_of(measure)) for name, measure in self._book.measures.items()
        }

    def _known(self, names: Iterator[str]) -> frozenset[str]:
        known = self._book.measures.keys() | self._book.lists.keys()
        return frozenset(known & set(names))

    def of(self, value: object) -> frozenset[str]:
        """The measures and lists that a part rests on."""
        found: set[str] = set()
        waiting = list(self._known(words_of(value)))
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self._below.get(name, ()))
        return frozenset(found)

    def readers(self, name: str) -> list[tuple[str, str]]:
        """(path, place) of all that rests on a measure or list, items first."""
        book = self._book
        found = [
            (f"items.{item.id}", item_place(item))
            for _, item in book.items()
            if name in self.of(item)
        ]
        found += [
            (f"judgements.{each.id}", f"限制情形 {each.id}")
            for each in book.judgements
            if name in self.of(each)
        ]
        heads = (("subjects", "适用范围"), ("total", "总分"), ("stars", "星级标准"), ("moves", "升降限制"),
                 ("lagging", "倒排建议"), ("row_checks", "数据检查"))  # fmt: skip
        found += [(word, said) for word, said in heads if name in self.of(getattr(book, word))]
        return found


def item_place(item: Item) -> str:
    """`2.1 党员大会`."""
    return f"{item.id} {item.title}"
