"""What is known of the flags of an organisation before a rulebook runs."""

from __future__ import annotations

from collections.abc import Mapping

from starrating.engine.flag_sets import Flags
from starrating.engine.people.part import Decisions
from starrating.engine.setting import Previous


def known_before(
    code: str, decided: Decisions, previous: Previous, flags: Mapping[str, Flags]
) -> Flags:
    """What people or earlier archives decided, and what rulebooks before proposed."""
    verdicts = decided.flags.get(code, {})
    confirmed = frozenset(flag for flag, verdict in verdicts.items() if verdict.confirmed)
    rejected = frozenset(flag for flag, verdict in verdicts.items() if not verdict.confirmed)
    confirmed |= previous.flags.get(code, frozenset()) - rejected
    known = confirmed | rejected
    before = flags.get(code, Flags())
    return Flags(confirmed, rejected, before.proposed - known, before.possible - known)
