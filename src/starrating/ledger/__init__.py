"""The ledger (档案台账): a folder of archives with an append-only, hash-chained index."""

from __future__ import annotations

from starrating.ledger.adding import Added, add
from starrating.ledger.chain import Examined, examine
from starrating.ledger.entry import Entry
from starrating.ledger.history import History, Standing, history_of

__all__ = ["Added", "Entry", "Examined", "History", "Standing", "add", "examine", "history_of"]
