"""A rulebook version that a review takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starrating.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class Chosen:
    """One rulebook version of a review: the model, why it was chosen, and the texts it rests on."""

    book: Rulebook
    why: str
    path: str
    texts: Mapping[str, bytes]
