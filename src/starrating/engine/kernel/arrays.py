"""The array forms of the kernel, in one place: numbers, truths, texts and dates of n elements."""

from starrating.engine.kernel.expressions.compare import compare, differs_nowhere
from starrating.engine.kernel.expressions.operations import Overflow, as_truth, choose_value
from starrating.engine.kernel.values.alike import (
    Bools,
    Ints,
    all_of,
    any_of,
    everywhere,
    nowhere,
    repeated,
)
from starrating.engine.kernel.values.exact import Exact, TooLarge, choose, joined, order_keys
from starrating.engine.kernel.values.marks import (
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
from starrating.engine.kernel.values.numbers import Numbers, Value, as_numbers, select

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
