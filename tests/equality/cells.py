"""Cells as clerks fill them: known, blank, unreadable, before and after the days that matter."""

from __future__ import annotations

from datetime import date, timedelta

from equality.dice import Dice

FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)
MATTERING = ("2023-03-31", "2023-04-01", "2023-06-30", "2024-01-08", "2022-12-31", "2024-02-29")
"""Ends of units, and days outside the period."""


class Cells:
    """Writes cells; `doubt` is how often one, in a hundred, is blank or unreadable."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.doubt = dice.pick(0, 0, 6, 20)

    def number(self) -> str | None:
        """A number, rarely below zero or broken."""
        return self._doubted(
            self.dice.pick("3", "0", "1", "2", "4", "5", "7", "10", "2.5", "-1"), "约3"
        )

    def day(self, first: date = FIRST, last: date = LAST) -> str | None:
        """A day between these, or one that matters."""
        if self.dice.maybe(30):
            return self._doubted(self.dice.one(MATTERING), "年底")
        span = (last - first).days
        return self._doubted((first + timedelta(self.dice.whole(0, span))).isoformat(), "年底")

    def word(self, words: tuple[str, ...]) -> str | None:
        """One of these words."""
        return self._doubted(self.dice.one(words), self.dice.pick("别的", "#N/A"))

    def truth(self) -> str | None:
        """Yes or no."""
        return self._doubted(self.dice.pick("是", "否", "√", "×"), "也许")

    def answer(self) -> str | None:
        """What an inspector answers."""
        return self._doubted(self.dice.pick("是", "否", "有", "无", "√", "不适用"), "较好")

    def _doubted(self, told: str, broken: str) -> str | None:
        if not self.dice.maybe(self.doubt):
            return told
        return None if self.dice.maybe(60) else broken
