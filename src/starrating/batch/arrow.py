"""Arrays of Arrow as arrays of NumPy and back, over the same memory where their layouts agree.

Arrow's own conversions load pandas when they are first used, and its functions a module that is as
slow to load: each takes longer than many a batch. Its buffers are plain memory.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from starrating.engine.kernel.arrays import Bools, Ints

EPOCH = 719_163
"""The ordinal number of 1970-01-01, from which Arrow counts days."""
_TYPES: dict[Any, type[np.generic]] = {
    pa.int8(): np.int8, pa.int16(): np.int16, pa.int32(): np.int32, pa.int64(): np.int64,
    pa.uint8(): np.uint8, pa.uint16(): np.uint16, pa.uint32(): np.uint32, pa.date32(): np.int32,
}  # fmt: skip


def one_array(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece."""
    if column.num_chunks == 1:
        return column.chunk(0)
    whole = column.combine_chunks()
    if not isinstance(whole, pa.ChunkedArray):
        return whole
    return pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], whole.type)


def integers(array: pa.Array) -> NDArray[np.integer]:
    """The integers (or days) of an array; where it is null they are 0."""
    kind = np.dtype(_TYPES[array.type])
    buffer = array.buffers()[1]
    if buffer is None or not len(array):
        return np.zeros(len(array), kind)
    held = np.frombuffer(buffer, kind, len(array), array.offset * kind.itemsize)
    gone = nulls(array)
    return held if gone is None else np.where(gone, kind.type(0), held)


def readable(kind: pa.DataType) -> bool:
    """Whether `integers` reads arrays of this type."""
    return kind in _TYPES


def low_words(array: pa.Array) -> Ints:
    """The low halves of 128-bit decimals; where it is null they are 0."""
    buffer = array.buffers()[1]
    if buffer is None or not len(array):
        return np.zeros(len(array), np.int64)
    words = np.frombuffer(buffer, np.int64, 2 * len(array), array.offset * 16)[::2]
    gone = nulls(array)
    return np.ascontiguousarray(words) if gone is None else np.where(gone, 0, words)


def truths(array: pa.Array) -> Bools:
    """The truths of an array; where it is null they are no."""
    held = _bits(array, 1)
    gone = nulls(array)
    return held if gone is None else held & ~gone


def nulls(array: pa.Array) -> Bools | None:
    """Where an array is null; None where it is nowhere."""
    if not array.null_count:
        return None
    if pa.types.is_null(array.type):
        return np.ones(len(array), np.bool_)
    return ~_bits(array, 0)


def words(array: pa.Array) -> list[str]:
    """The texts of an array; what is no text is written as Python writes it."""
    if pa.types.is_dictionary(array.type) and not array.indices.null_count:
        entries = words(array.dictionary)
        return [entries[code] for code in integers(array.indices).tolist()]
    if array.type != pa.string() or array.null_count or not len(array):
        return [str(each) for each in array.to_pylist()]
    _, ends, data = array.buffers()
    edges = np.frombuffer(ends, np.int32, len(array) + 1, 4 * array.offset).tolist()
    octets = data.to_pybytes() if data is not None else b""
    if octets.isascii():
        text = octets.decode()
        return [text[start:end] for start, end in pairwise(edges)]
    return [octets[start:end].decode() for start, end in pairwise(edges)]


def as_texts(array: pa.Array) -> pa.Array:
    """The array as texts, as `words` writes them."""
    if pa.types.is_dictionary(array.type) and array.type.value_type == pa.string():
        array = array.dictionary if _in_place(array) else array.dictionary_decode()
    if array.type == pa.string() and not array.null_count:
        return array
    return texts(words(array))


def occurrences(array: pa.Array) -> dict[int | str, int]:
    """How often each value that is there stands in an array: small whole numbers from 0 on, or
    coded texts."""
    coded = pa.types.is_dictionary(array.type)
    held = array.indices if coded else array
    places, gone = integers(held), nulls(held)
    counts = np.bincount(places if gone is None else places[~gone]).tolist()
    values: Sequence[int | str] = words(array.dictionary) if coded else range(len(counts))
    return {value: count for value, count in zip(values, counts, strict=False) if count}


def _in_place(array: pa.DictionaryArray) -> bool:
    """Whether the texts of a coded array are its vocabulary as it stands."""
    size = len(array.dictionary)
    if len(array) != size or array.indices.null_count:
        return False
    return bool((integers(array.indices) == np.arange(size)).all())


def solid(texts: pa.Array, *, ascii_only: bool = False) -> bool:
    """Whether every text is there, none is blank and none has white space in it: told of all at
    once."""
    if texts.type != pa.string() or texts.null_count or not len(texts):
        return False
    _, ends, data = texts.buffers()
    edges = np.frombuffer(ends, np.int32, len(texts) + 1, 4 * texts.offset)
    if (edges[1:] == edges[:-1]).any():
        return False
    octets = data.slice(int(edges[0]), int(edges[-1] - edges[0])).to_pybytes()
    if ascii_only and not octets.isascii():
        return False
    whole = str(octets, "utf-8")
    return whole.split() == [whole]


def _bits(array: pa.Array, buffer: int) -> Bools:
    """The bits of one of the buffers, one an element."""
    n, offset = len(array), array.offset
    if not n:
        return np.zeros(0, np.bool_)
    octets = np.frombuffer(array.buffers()[buffer], np.uint8, -(-(offset + n) // 8))
    bits = np.unpackbits(octets, count=offset + n, bitorder="little")
    return bits[offset:].view(np.bool_)


# --- the way back ---------------------------------------------------------------------------


def plain(values: NDArray[Any], gone: Bools | None = None) -> pa.Array:
    """Integers or truths as an array, null where the mask holds."""
    valid = None if gone is None else _packed(~gone)
    if values.dtype == np.bool_:
        return pa.Array.from_buffers(pa.bool_(), len(values), [valid, _packed(values)])
    kind = next(each for each, own in _TYPES.items() if own is values.dtype.type)
    held = pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(kind, len(values), [valid, held])


def decimals(whole: Ints, digits: int, gone: Bools | None = None) -> pa.Array:
    """Exact decimals from whole units of their last digit, null where the mask holds."""
    words = np.empty((len(whole), 2), np.int64)
    words[:, 0] = whole
    np.right_shift(whole, 63, out=words[:, 1])
    valid = None if gone is None else _packed(~gone)
    kind = pa.decimal128(18, digits)
    return pa.Array.from_buffers(kind, len(whole), [valid, pa.py_buffer(words)])


def ordinals(days: NDArray[np.integer], gone: Bools | None = None) -> pa.Array:
    """Days from their ordinal numbers, null where the mask holds."""
    return plain((days - EPOCH).astype(np.int32), gone).view(pa.date32())


def coded(
    codes: NDArray[np.integer], vocabulary: pa.Array | Sequence[str], gone: Bools | None = None
) -> pa.Array:
    """Texts as codes into a vocabulary, null where the mask holds."""
    entries = vocabulary if isinstance(vocabulary, pa.Array) else texts(vocabulary)
    place = plain(codes.astype(np.int32, copy=False), gone)
    return pa.DictionaryArray.from_arrays(place, entries, safe=False)


def texts(written: Sequence[str]) -> pa.Array:
    """Texts as they are."""
    whole = "".join(written)
    words = written if whole.isascii() else [word.encode() for word in written]
    ends = np.zeros(len(words) + 1, np.int32)
    np.cumsum(list(map(len, words)), out=ends[1:])
    held = [None, pa.py_buffer(ends), pa.py_buffer(whole.encode())]
    return pa.Array.from_buffers(pa.string(), len(words), held)


def _packed(bits: Bools) -> pa.Buffer:
    return pa.py_buffer(np.packbits(bits, bitorder="little"))


def table(columns: Mapping[str, pa.Array], lacking: Collection[str] = ()) -> pa.Table:
    """The columns as a table; only those named may lack values, so that files need not say for the
    others which do."""
    fields = [pa.field(name, own.type, nullable=name in lacking) for name, own in columns.items()]
    return pa.table(list(columns.values()), schema=pa.schema(fields))
