"""Columns of Arrow as the kernel's columns; every distinct value is read by the rules for cells.

Whole numbers, exact decimals, dates and truths are taken over as they are; everything else is
encoded first, and each entry of its vocabulary read once as a cell of that column would be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from starrating.engine.kernel.arrays import Dates, Exact, Numbers, Texts, Truths, Value
from starrating.engine.kernel.columns import encoded
from starrating.engine.kernel.marks import BLANK, HELD, States
from starrating.lean import dataclass
from starrating.records.cells import reader
from starrating.records.model import UNREADABLE, Cell
from starrating.records.trouble import Trouble
from starrating.schema import Column, ColumnType

_EPOCH = 719_163
"""The ordinal number of 1970-01-01."""
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
    whole = array.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], whole.type)
    taken = _TAKEN.get(column.type)
    value = taken(whole) if taken is not None else None
    return (value, None) if value is not None else _by_entry(column, whole)


def _state(array: pa.Array) -> States | None:
    if not array.null_count:
        return None
    nulls = array.is_null().to_numpy(zero_copy_only=False)
    return np.where(nulls, np.int8(BLANK), np.int8(HELD))


def _numbers(array: pa.Array) -> Value | None:
    if pa.types.is_integer(array.type):
        whole = pc.fill_null(array, 0).to_numpy(zero_copy_only=False)
        return Numbers.known(Exact.whole(whole), _state(array))
    if pa.types.is_decimal128(array.type) and array.type.precision <= _EXACT:
        scale = array.type.scale
        words = np.frombuffer(array.buffers()[1], np.int64)
        own = words[2 * array.offset : 2 * (array.offset + len(array)) : 2]
        state = _state(array)
        held = own if state is None else np.where(state == HELD, own, 0)
        return Numbers.known(Exact.whole(held, den=10**scale), state)
    return None


def _dates(array: pa.Array) -> Value | None:
    if not pa.types.is_date32(array.type):
        return None
    days = pc.fill_null(array.cast(pa.int32()), 0).to_numpy(zero_copy_only=False)
    return Dates(days + np.int32(_EPOCH), _state(array))


def _truths(array: pa.Array) -> Value | None:
    if not pa.types.is_boolean(array.type):
        return None
    held = pc.fill_null(array, False).to_numpy(zero_copy_only=False)
    return Truths.held(held, _state(array))


_TAKEN: dict[ColumnType, Callable[[pa.Array], Value | None]] = {
    ColumnType.NUMBER: _numbers,
    ColumnType.DATE: _dates,
    ColumnType.TRUTH: _truths,
}


def _by_entry(column: Column, array: pa.Array) -> tuple[Value, Unread | None]:
    """Every distinct value read once as a cell, and looked up by its code."""
    coded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    entries = coded.dictionary.to_pylist()
    codes = pc.fill_null(coded.indices.cast(pa.int32()), len(entries))
    place = codes.to_numpy(zero_copy_only=False)
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


def _spread(entries: Value, place: np.ndarray[Any, np.dtype[np.int32]]) -> Value:
    """The value of each row from those of the entries; what is blank or unknown nowhere is known."""
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


def words(array: pa.ChunkedArray) -> tuple[Sequence[Any], np.ndarray[Any, np.dtype[np.int64]]]:
    """The distinct values of a column and the code of each row; null has the code after the last."""
    whole = array.combine_chunks()
    coded = whole if pa.types.is_dictionary(whole.type) else whole.dictionary_encode()
    entries = coded.dictionary.to_pylist()
    codes = pc.fill_null(coded.indices.cast(pa.int64()), len(entries))
    return entries, codes.to_numpy(zero_copy_only=False)


__all__ = ["Unread", "column_value", "words"]
