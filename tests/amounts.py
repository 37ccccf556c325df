"""How many examples the slow properties draw: HYPOTHESIS_MANY=20 for twenty times as many."""

from __future__ import annotations

import os


def many(number: int) -> int:
    """That many, times the factor that is asked for."""
    return number * int(os.environ.get("HYPOTHESIS_MANY", "1"))
