"""Grades organisations by declared, versioned rules; every lost point has its clause and its cell.

```python
import starrating as sr

book = sr.load_rulebook("rules/town-village/2023.yaml")
records = sr.read_records("fixtures/town-2023", book)
review = sr.review(book, records, period="2023")
review.subjects, review.explain("0101", item="2.1")
review.save("review.zip")
sr.open_archive("review.zip").reproduce(independent=True)
```

Names are imported when they are first used, so that the import itself is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starrating.api import (
        Archive,
        ArchiveErrors,
        Book,
        Ledger,
        LedgerErrors,
        RecordsErrors,
        Reproduction,
        Review,
        RulebookErrors,
        Story,
        UnknownName,
        compare,
        load_rulebook,
        open_archive,
        open_ledger,
        read_batch,
        read_records,
        records_from_frames,
        review,
        review_batch,
        rules_diff,
        rules_impact,
    )

__all__ = [
    "Archive",
    "ArchiveErrors",
    "Book",
    "Ledger",
    "LedgerErrors",
    "RecordsErrors",
    "Reproduction",
    "Review",
    "RulebookErrors",
    "Story",
    "UnknownName",
    "compare",
    "load_rulebook",
    "open_archive",
    "open_ledger",
    "read_batch",
    "read_records",
    "records_from_frames",
    "review",
    "review_batch",
    "rules_diff",
    "rules_impact",
]


def __getattr__(name: str) -> Any:
    """Give a name of the API, importing it when it is first asked for (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from starrating import api

    value = getattr(api, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """All names, those not yet imported too."""
    return sorted({*globals(), *__all__})
