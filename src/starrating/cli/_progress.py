"""A bar with rate and time left on stderr, for work that takes longer than two seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

QUIET = 2.0
"""Seconds before anything is shown."""
_AGAIN, _LINE = 0.2, 10.0
"""Seconds between two pictures of the bar, and between two lines where no screen is."""
_WIDTH = 24


class Bar:
    """Listens to how far work is and shows it: one line drawn anew on a screen, else a line now
    and then. A piece of work that is done leaves nothing on the screen."""

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream, self._clock = stream, clock
        self._what, self._begun, self._shown = "", clock(), 0.0
        self._drawn = 0

    def __call__(self, what: str, done: int, all_: int, unit: str) -> None:
        """Show how far the work is, if it is time to."""
        now = self._clock()
        if what != self._what:
            self.clear()
            self._what, self._begun, self._shown = what, now, now - _LINE
        if done >= all_:
            self.clear()
            self._what = ""
            return
        passed = now - self._begun
        screen = self._out.isatty()
        if passed < QUIET or not done or now - self._shown < (_AGAIN if screen else _LINE):
            return
        self._shown = now
        self._show(_line(what, (done, all_, unit), passed), screen=screen)

    @property
    def _out(self) -> TextIO:
        return self._stream or sys.stderr

    def _show(self, text: str, *, screen: bool) -> None:
        if not screen:
            print(text, file=self._out, flush=True)
            return
        self.clear()
        print(text, end="", file=self._out, flush=True)
        self._drawn = sum(2 if ord(sign) > 255 else 1 for sign in text)

    def clear(self) -> None:
        """Take the bar off the screen."""
        if self._drawn:
            print("\r" + " " * self._drawn + "\r", end="", file=self._out, flush=True)
            self._drawn = 0


def _line(what: str, how: tuple[int, int, str], passed: float) -> str:
    done, all_, unit = how
    full = _WIDTH * done // all_
    rate, left = done / passed, passed / done * (all_ - done)
    bar = "#" * full + "." * (_WIDTH - full)
    speed = f"每秒 {rate:.0f}" if rate >= 10 else f"每秒 {rate:.1f}"
    return f"{what} [{bar}] {done}/{all_} {unit}，{speed} {unit}，约剩 {_span(left)}"


def _span(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} 秒" if whole < 90 else f"{whole / 60:.0f} 分钟"


BAR = Bar()
"""The bar of this process."""
