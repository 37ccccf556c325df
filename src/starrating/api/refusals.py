"""What cannot be used, as exceptions that carry every fault found."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from starrating.archive.zipform import ArchiveErrors
from starrating.faults import Fault, in_order
from starrating.reviewing.codes import TWICE
from starrating.reviewing.request import RULES, UNVERIFIED, USAGE


class _Errors(Exception):
    """Something that cannot be used; `faults` are all faults found, the weightiest first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = in_order(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class RulebookErrors(_Errors):
    """A rulebook that cannot be used; `faults` carries every finding."""


class RecordsErrors(_Errors):
    """Records that cannot be reviewed; `faults` carries every finding."""


class LedgerErrors(_Errors):
    """A ledger that does not stand as it was written, or does not take an archive."""


def refusal(faults: Iterable[Fault], exit_code: int) -> Exception:
    """The exception for faults that end a command with that exit code (docs/commands.md)."""
    told = in_order(faults)
    if exit_code == UNVERIFIED:
        return ArchiveErrors(told)
    if exit_code == RULES or any(fault.code == TWICE for fault in told):
        return RulebookErrors(told)
    if exit_code == USAGE:
        return ValueError("\n".join(map(str, told)))
    return RecordsErrors(told)


def given_reason(replaces: str | Path | None, reason: str | None) -> None:
    """Refuse a correction without a reason, and a reason without one."""
    if (replaces is None) != (not (reason or "").strip()):
        raise ValueError("replaces and reason go together: which archive is corrected, and why")
