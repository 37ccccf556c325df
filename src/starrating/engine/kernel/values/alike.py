"""Arrays whose elements are all alike are stored once (a stride of 0), and stay so."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_S = TypeVar("_S", bound=np.generic)


def gathered(values: NDArray[_S], index: NDArray[np.integer] | Bools) -> NDArray[_S]:
    """The values at these places; one value for all stays one."""
    if len(values) and values.strides == (0,):
        count = int(np.count_nonzero(index)) if index.dtype == np.bool_ else len(index)
        return repeated(values[0], count)
    return values[index] if index.dtype == np.bool_ else values.take(index)


def repeated(value: _S, n: int) -> NDArray[_S]:
    """The same value n times; nothing is stored n times."""
    return np.ndarray((n,), value.dtype, value, 0, (0,))


@lru_cache(maxsize=64)
def everywhere(n: int) -> Bools:
    """A mask of n that holds everywhere."""
    return repeated(np.True_, n)


@lru_cache(maxsize=64)
def nowhere(n: int) -> Bools:
    """A mask of n that holds nowhere."""
    return repeated(np.False_, n)


def constant(values: NDArray[Any]) -> bool:
    """Whether one value is held for all, told without looking."""
    return values.strides == (0,) and len(values) > 0


def all_of(mask: Bools) -> bool:
    """Whether the mask holds everywhere; a constant one is not looked at n times."""
    return bool(mask[0]) if constant(mask) else bool(mask.all())


def any_of(mask: Bools) -> bool:
    """Whether the mask holds anywhere; a constant one is not looked at n times."""
    return bool(mask[0]) if constant(mask) else bool(mask.any())


def of_constants(operation: Callable[..., NDArray[Any]], *values: NDArray[Any]) -> NDArray[Any]:
    """The operation, once for all where every operand is constant."""
    if all(constant(each) for each in values):
        return repeated(operation(*(each[0] for each in values)), len(values[0]))
    return operation(*values)
