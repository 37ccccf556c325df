"""Other tools given the sixty indicators: each computes every branch's total and verdicts.

One file a peer, one interface: `load` reads the data into what the peer works on, `grade` gives an
`Answer` a branch, `TRACE` says what the peer explains ("" where it explains nothing) and `LIMIT`
how far a total may be off, for the type of number the peer counts in. What a peer needs to know of
the rulebook it takes from the table of indicators (`table.py`); no rule is written here twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from benchmarks.peers.table import Table

EXACT = Decimal(0)

PEERS = {
    "pandas": "frames",
    "plain-python": "loop",
    "openfisca-core": "openfisca",
    "zen-engine": "zen_rules",
    "rule-engine": "rule_engines",
    "clipspy": "clips_rules",
    "durable_rules": "durable_rules",
}
"""Name → module."""


class Answer(NamedTuple):
    """What a peer found of one branch: the total, and the ids of the verdicts that hold."""

    code: str
    total: Decimal
    verdicts: frozenset[str]


class Peer(Protocol):
    """What a peer's module holds."""

    TRACE: str
    LIMIT: Decimal

    def load(self, table: Table, folder: Path) -> Any:
        """The data as the peer works on it."""

    def grade(self, table: Table, data: Any) -> Iterable[Answer]:
        """Every branch."""


def peer(name: str) -> Peer:
    """The module of a peer."""
    found: Any = import_module(f"benchmarks.peers.{PEERS[name]}")
    return found
