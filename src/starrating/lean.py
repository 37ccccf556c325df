"""`dataclass` as the standard library's, whose methods cost nothing until they are needed.

The standard library writes the source of six methods for each class and compiles them while a
module is imported; with some two hundred classes this was an eighth of a town's review. Here
equality, hash and text are shared functions, and `__init__` is compiled when the first instance
is made (`_lean`). Fields, defaults, `field(…)`, `replace`, `fields`, pickling and `match` are as
ever; `InitVar` is not supported. Type checkers see the standard library's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from starrating._lean import dataclass

__all__ = ["dataclass"]
