"""Choices over a `random.Random`: a seed's, or one whose every choice hypothesis draws and shrinks.

The first choice is the plainest and no comes before yes, so that what is shrunk becomes plain.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any


class Dice:
    """What the writers of rulebooks and records ask."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def pick(self, *choices: Any) -> Any:
        """One of these."""
        return self.random.choice(choices)

    def one(self, choices: Sequence[Any]) -> Any:
        """One of a sequence."""
        return self.random.choice(choices)

    def maybe(self, percent: int) -> bool:
        """Yes so often."""
        return self.random.randrange(100) >= 100 - percent

    def whole(self, low: int, high: int) -> int:
        """A whole number between these, both included."""
        return self.random.randint(low, high)

    def some(self, choices: Sequence[Any], least: int, most: int) -> list[Any]:
        """So many different ones, in the order given."""
        count = self.whole(least, min(most, len(choices)))
        left = [*choices]
        found = [left.pop(self.random.randrange(len(left))) for _ in range(count)]
        return sorted(found, key=choices.index)

    def shuffled(self, rows: Sequence[Any]) -> list[Any]:
        """The same in any order."""
        left = [*rows]
        return [left.pop(self.random.randrange(len(left))) for _ in rows]
