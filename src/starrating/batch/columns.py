"""Columns of Arrow as the kernel's columns; every distinct value is read by the rules for cells.

Whole numbers, exact decimals, dates and truths are taken over as they are; everything else is
encoded first, and each entry of its vocabulary read once as a cell of that column would be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from starrating.batch.arrow import (
    EPOCH,
    integers,
    low_words,
    nulls,
    one_array,
    readable,
    truths,
)
from starrating.engine.kernel.arrays import Dates, Exact, Numbers, Texts, Truths, Value
from starrating.engine.kernel.rows.columns import encoded
from starrating.engine.kernel.values.marks import BLANK, HELD, States
from starrating.records.cells import as_they_stand, reader
from starrating.records.model import UNREADABLE, Cell
from starrating.records.trouble import Trouble
from starrating.schema import Column, ColumnType

_EXACT = 18
"""Digits of a decimal that 64 bits surely hold."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Cells of a column that can not be read: how many, and the first such value."""

    column: str
    count: int
    value: str


def column_value(column: Column, array: pa.ChunkedArray) -> tuple[Value, Unread | None]:
    """A raw column of the kernel from Arrow; null is blank, what can not be read is unknown."""
    whole = one_array(array)
    taken = _TAKEN.get(column.type)
    value = taken(whole) if taken is not None else None
    return (value, None) if value is not None else _by_entry(column, whole)


def _state(array: pa.Array) -> States | None:
    gone = nulls(array)
    return None if gone is None else np.where(gone, np.int8(BLANK), np.int8(HELD))


def _numbers(array: pa.Array) -> Value | None:
    if pa.types.is_integer(array.type) and readable(array.type):
        return Numbers.known(Exact.whole(integers(array)), _state(array))
    if pa.types.is_decimal128(array.type) and array.type.precision <= _EXACT:
        den = 10**array.type.scale
        return Numbers.known(Exact.whole(low_words(array), den=den), _state(array))
    return None


def _dates(array: pa.Array) -> Value | None:
    if not pa.types.is_date32(array.type):
        return None
    return Dates(integers(array) + np.int32(EPOCH), _state(array))


def _truths(array: pa.Array) -> Value | None:
    if not pa.types.is_boolean(array.type):
        return None
    return Truths.held(truths(array), _state(array))


_TAKEN: dict[ColumnType, Callable[[pa.Array], Value | None]] = {
    ColumnType.NUMBER: _numbers,
    ColumnType.DATE: _dates,
    ColumnType.TRUTH: _truths,
}


def _by_entry(column: Column, array: pa.Array) -> tuple[Value, Unread | None]:
    """Every distinct value read once as a cell, and looked up by its code."""
    dictionary, place = coded_column(array)
    entries = dictionary.to_pylist()
    if _distinct_texts(dictionary, entries) and as_they_stand(column, entries):
        return _as_they_stand(entries, place), None
    read = reader(column)
    cells: list[Cell] = []
    broken: list[int] = []
    for number, entry in enumerate(entries):
        cell = read(entry)
        if isinstance(cell, Trouble):
            broken.append(number)
            cell = UNREADABLE
        cells.append(cell)
    cells.append(None)
    value = _spread(encoded(column, cells), place)
    if not broken:
        return value, None
    bad = np.isin(place, broken)
    if not bad.any():
        return value, None
    first = entries[int(place[np.argmax(bad)])]
    return value, Unread(column.name, int(bad.sum()), str(first))


def _distinct_texts(dictionary: pa.Array, entries: Sequence[str | None]) -> bool:
    """Whether the entries are texts, no two of them the same."""
    texts = dictionary.type == pa.string() and not dictionary.null_count
    return texts and len(set(entries)) == len(entries)


def _as_they_stand(entries: Sequence[str], place: NDArray[np.integer]) -> Texts:
    """Texts that need no reading; the code after the last is blank."""
    gone = place == len(entries)
    if not gone.any():
        return Texts(place, tuple(entries))
    state = np.where(gone, np.int8(BLANK), np.int8(HELD))
    return Texts(np.where(gone, 0, place), tuple(entries), state)


def _spread(entries: Value, place: NDArray[np.integer]) -> Value:
    """The value of each row from those of the entries; what is blank or unknown nowhere is known."""
    if isinstance(entries, Texts) and _in_place(entries) and _reached(place, len(entries)):
        return Texts(place, entries.vocabulary, None, entries.meanings)
    value = entries.take(place)
    state = value.state
    if state is None or (state != HELD).any():
        return value
    match value:
        case Texts():
            return Texts(value.codes, value.vocabulary, None, value.meanings)
        case Dates():
            return Dates(value.days)
        case Numbers():
            return Numbers.known(value.low)
        case _:
            return Truths.known(value.sure)


def _in_place(entries: Texts) -> bool:
    """Whether every entry but the last, which is blank, is the text of its own place."""
    words = len(entries) - 1
    if entries.state is None or (entries.state[:words] != HELD).any():
        return False
    return bool((entries.codes[:words] == np.arange(words)).all())


def _reached(place: NDArray[np.integer], entries: int) -> bool:
    """Whether no row is blank."""
    return not len(place) or int(place.max()) < entries - 1


def coded_column(array: pa.Array) -> tuple[pa.Array, NDArray[np.integer]]:
    """The distinct values of a column and the code of each row; null has the code after the last."""
    coded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    codes, gone = integers(coded.indices).astype(np.int32, copy=False), nulls(coded.indices)
    if gone is None:
        return coded.dictionary, codes
    last = len(coded.dictionary)
    return coded.dictionary, np.where(gone, np.int32(last), codes)


__all__ = ["Unread", "coded_column", "column_value"]
