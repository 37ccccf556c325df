"""What the score of each item rests on: items that rest on the same are not scored again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import cast

from starrating.reviewing.asked import Lacking
from starrating.rulebook.meaning import Meaning, digest, meaning
from starrating.rulebook.model import Rulebook

_AFTER_ITEMS = frozenset(
    ("id", "version", "title", "issued", "in_force", "continues", "extends", "stars",
     "one_per_section", "lagging", "total", "total_cap", "total_floor", "points", "judgements",
     "rectification", "row_checks")
)  # fmt: skip
"""Words of a rulebook that no item's score depends on."""
_BY_ITEM = ("measures", "lists", "sections")


class Rests:
    """The grounds of every item of one rulebook on one past review.

    A measure or list counts as read where its name stands anywhere in what reads it: rather too
    much than too little.
    """

    def __init__(self, book: Rulebook, lacking: Lacking) -> None:
        tree = meaning(book)
        whole = {word: each for word, each in tree.items() if word not in _AFTER_ITEMS}
        moves = cast("Mapping[str, Meaning]", whole.get("moves", {}))
        whole["moves"] = {w: each for w, each in moves.items() if w in ("after_merger", "succeeds")}
        named = [cast("Mapping[str, Meaning]", whole.get(word, {})) for word in _BY_ITEM[:2]]
        self._named = {name: _text(each) for names in named for name, each in names.items()}
        rest = {word: each for word, each in whole.items() if word not in _BY_ITEM}
        self._whole = _text([book.id, *lacking.listed(), rest])
        self._sections = cast("Iterable[Mapping[str, Meaning]]", tree.get("sections", ()))

    def items(self) -> Iterable[str]:
        """The ids of all items."""
        return self._grounds.keys()

    def of(self, item: str) -> str:
        """A digest of all that the score of an item rests on."""
        return self._grounds[item]

    @cached_property
    def _grounds(self) -> Mapping[str, str]:
        found = {}
        for section in self._sections:
            own = _text({word: each for word, each in section.items() if word != "items"})
            for item in cast("Iterable[Mapping[str, Meaning]]", section.get("items", ())):
                text = _text(item)
                read = self._read(own + text + self._whole)
                found[str(item["id"])] = digest([self._whole, own, text, *read])
        return found

    def _read(self, text: str) -> list[str]:
        """The measures and lists that stand in a text, and in what these read."""
        found: dict[str, str] = {}
        waiting = [text]
        while waiting:
            here = waiting.pop()
            for name, own in self._named.items():
                if name not in found and name in here:
                    found[name] = f"{name}: {own}"
                    waiting.append(own)
        return [found[name] for name in sorted(found)]


def _text(tree: Meaning) -> str:
    return json.dumps(tree, ensure_ascii=False, sort_keys=True)
