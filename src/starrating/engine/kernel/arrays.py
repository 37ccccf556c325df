"""The array forms of the kernel, in one place: numbers, truths, texts and dates of n elements."""

from starrating.engine.kernel.alike import (
    Bools,
    Ints,
    all_of,
    any_of,
    everywhere,
    nowhere,
    repeated,
)
from starrating.engine.kernel.compare import compare, differs_nowhere
from starrating.engine.kernel.exact import Exact, TooLarge, choose, joined, order_keys
from starrating.engine.kernel.marks import (
    BLANK,
    HELD,
    NONE,
    UNKNOWN,
    Dates,
    Index,
    States,
    Texts,
    Truths,
)
from starrating.engine.kernel.numbers import Numbers, Value, as_numbers, select
from starrating.engine.kernel.operations import Overflow, as_truth, choose_value

__all__ = [
    "BLANK",
    "HELD",
    "NONE",
    "UNKNOWN",
    "Bools",
    "Dates",
    "Exact",
    "Index",
    "Ints",
    "Numbers",
    "Overflow",
    "States",
    "Texts",
    "TooLarge",
    "Truths",
    "Value",
    "all_of",
    "any_of",
    "as_numbers",
    "as_truth",
    "choose",
    "choose_value",
    "compare",
    "differs_nowhere",
    "everywhere",
    "joined",
    "nowhere",
    "order_keys",
    "repeated",
    "select",
]
