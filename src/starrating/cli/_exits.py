"""The exit codes (docs/commands.md)."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What a command ends with; docs/commands.md lists them for users."""

    DONE = 0
    FOUND = 1
    """A condition that was asked for was found: errors by `check`, failed cases by `test`, a
    difference by `rules diff`."""
    USAGE = 2
    """Used wrongly, or it is unclear which rulebook is meant, or the place to write to is not free."""
    DATA = 3
    """The data can not be used."""
    RULES = 4
    """The rules can not be used."""
    UNVERIFIED = 5
    """An archive failed its verification."""
    DEFECT = 70
    """A defect of ours; a report file was written."""
    INTERRUPTED = 130
    """The user pressed Ctrl+C (the shells' own convention)."""
