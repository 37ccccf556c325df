"""The text of an expression after NFKC, with the place of each character as it was written."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

from starrating.origin import Origin
from starrating.yamltext import Scalar


class Source:
    """A text after NFKC that still knows where each of its characters was written."""

    def __init__(self, text: str, origin: Origin) -> None:
        """Normalise `text` run by run (a character with the marks that combine with it)."""
        self._original = text
        self._origin = origin
        self.text = str(text)
        self._plain = unicodedata.is_normalized("NFKC", text)
        if not self._plain:
            self._normalise()

    def _normalise(self) -> None:
        runs: list[str] = []
        begins: list[int] = []
        for offset, sign in enumerate(self._original):
            if runs and unicodedata.combining(sign):
                runs[-1] += sign
            else:
                runs.append(sign)
                begins.append(offset)
        normal = [unicodedata.normalize("NFKC", run) for run in runs]
        self.text = "".join(normal)
        self._begins = [*begins, len(self._original)]
        self._starts: list[int] = []
        length = 0
        for run in normal:
            self._starts.append(length)
            length += len(run)
        self._starts.append(length)

    def _offset(self, offset: int) -> int:
        """Where the character at `offset` of the normalised text begins in the original."""
        if self._plain:
            return offset
        return self._begins[max(bisect_right(self._starts, offset) - 1, 0)]

    def at(self, offset: int) -> Origin:
        """The place in the file of the character at `offset` of the normalised text."""
        original = self._offset(offset)
        if isinstance(self._original, Scalar):
            return self._original.at(original)
        if self._origin.column is None:
            return self._origin
        return self._origin._replace(column=self._origin.column + original)

    def written(self, begin: int, end: int) -> str:
        """What was written between two offsets of the normalised text."""
        return self._original[self._offset(begin) : self._offset(end)]
