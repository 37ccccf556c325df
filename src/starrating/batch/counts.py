"""How much a batch came to: counts of a part, and of all parts together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields


@dataclass(slots=True, kw_only=True)
class Counts:
    """Organisations in scope and rated, findings, distinct situations judged, and how often each
    star, state, state of a flag and status of a task was found."""

    subjects: int = 0
    rated: int = 0
    findings: int = 0
    vectors: int = 0
    stars: Counter[int | str] = field(default_factory=Counter)
    states: Counter[int | str] = field(default_factory=Counter)
    flags: Counter[int | str] = field(default_factory=Counter)
    tasks: Counter[int | str] = field(default_factory=Counter)

    def count(self, part: Counts) -> None:
        """Take in the counts of a part."""
        for each in fields(Counts):
            setattr(self, each.name, getattr(self, each.name) + getattr(part, each.name))
