"""The organisations of a part: their codes in order, and whom a text of another sheet means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pyarrow as pa

from starrating.batch.arrow import integers, nulls, plain, words
from starrating.engine.kernel.arrays import Ints
from starrating.records.text import tidy


def tidied(codes: list[str]) -> list[str]:
    """The codes, tidied; whole tables of plain letters and digits are so as they stand."""
    whole = "".join(codes)
    if whole.isascii() and whole.split() == [whole]:
        return codes
    return [tidy(code) for code in codes]


def in_order(codes: Sequence[str]) -> Ints | None:
    """The places in order of the codes; None: as they stand."""
    if all(one <= two for one, two in pairwise(codes)):
        return None
    return np.array(sorted(range(len(codes)), key=codes.__getitem__), np.int64)


@dataclass(frozen=True, eq=False)
class Roster:
    """The codes and names of organisations, as texts of Arrow: files are written of these."""

    codes: pa.Array
    names: pa.Array

    def take(self, at: Ints) -> Roster:
        """The organisations at these places."""
        return Roster(self.codes.take(plain(at)), self.names.take(plain(at)))


class Members:
    """The organisations of a part: where the subject of a code or name stands."""

    def __init__(self, own: Sequence[str], roster: Roster) -> None:
        self._own, self._codes, self._names = own, roster.codes, roster.names

    @cached_property
    def _by_name(self) -> Mapping[str, int]:
        places = range(len(self._own))
        return dict(zip(tidied(words(self._names)), places, strict=True)) | dict(
            zip(self._own, places, strict=True)
        )

    def places(self, entries: pa.Array) -> Ints:
        """The subject that each text means, -1 for none: a code as it stands, else what the
        tidied text names."""
        if entries.equals(self._codes):
            return np.arange(len(entries))
        if entries.type != self._codes.type:
            return np.array([self._place(entry) for entry in entries.to_pylist()], np.int64)
        # Loaded here, for loading it takes as long as a small part and most files need it not.
        import pyarrow.compute as pc

        found = pc.index_in(entries, value_set=self._codes)
        gone = nulls(found)
        subject = integers(found).astype(np.int64)
        for place in np.flatnonzero(gone).tolist() if gone is not None else ():
            subject[place] = self._place(entries[place].as_py())
        return subject

    def _place(self, entry: object) -> int:
        return self._by_name.get(tidy(str(entry)), -1)
