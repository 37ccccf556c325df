"""The room as its users import it."""

from __future__ import annotations

import subprocess
import sys

import starrating.records

HEAVY = ("pandas", "numpy", "pyarrow", "openpyxl", "chinese_calendar")


def test_all_names_exist() -> None:
    """Nothing is promised that is not there."""
    assert all(hasattr(starrating.records, name) for name in starrating.records.__all__)


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    """`starrating --help` is quick."""
    code = f"import starrating.records, sys; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
