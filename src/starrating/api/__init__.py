"""starrating from Python: rulebooks, records, a review, archives (docs/python.md).

Faults in files are values: `Records.faults`, `Review.faults`. What cannot be used at all raises
an exception that carries every fault found; wrong arguments raise ValueError.
"""

from __future__ import annotations

from starrating.api.archives import Archive, open_archive
from starrating.api.batches import read_batch, review_batch
from starrating.api.books import Book, load_rulebook, read_records, records_from_frames
from starrating.api.changes import compare, rules_diff, rules_impact
from starrating.api.ledgers import Ledger, open_ledger
from starrating.api.refusals import LedgerErrors, RecordsErrors, RulebookErrors
from starrating.api.reviews import Review, review
from starrating.archive.zipform import ArchiveErrors
from starrating.explain import Story, UnknownName
from starrating.reviewing.reproduce import Reproduction

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
