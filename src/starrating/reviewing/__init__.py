"""A review from request to results: plan, rules, records, evaluation, archive.

A name is imported when it is first asked for: a process that is handed what to review needs the
request alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starrating.reviewing.request import Outcome, Request, is_archive
    from starrating.reviewing.whole import check_data, run

__all__ = ["Outcome", "Request", "check_data", "is_archive", "run"]

_PLACES = {
    "Outcome": "request",
    "Request": "request",
    "check_data": "whole",
    "is_archive": "request",
    "run": "whole",
}


def __getattr__(name: str) -> Any:
    """Give a name of this room, importing it when it is first asked for (PEP 562)."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = value
    return value
