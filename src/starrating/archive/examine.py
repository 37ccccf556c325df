"""Everything an archive can be asked without running it again: form, digests, structure, signature."""

from __future__ import annotations

from starrating.archive.bundle import unpack, verify
from starrating.archive.structure import structure_faults
from starrating.faults import Fault


def examine(data: bytes, name: str = "review.zip") -> list[Fault]:
    """What is wrong with an archive's form, digests and structure; none means 自洽."""
    return verify(data, name) or structure_faults(unpack(data, name), name)
