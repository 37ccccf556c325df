"""The D codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import starrating.records
from starrating.faults import Code
from starrating.records.codes import CODES

SOURCE = "".join(
    path.read_text("utf-8")
    for path in sorted(Path(starrating.records.__file__).parent.glob("*.py"))
    if path.name != "codes.py"
)


@pytest.mark.parametrize("code", list(CODES), ids=lambda code: code.id)
def test_every_code_is_raised_and_has_a_remedy(code: Code) -> None:
    """A code nobody raises is dead; a fault without a remedy helps nobody."""
    assert re.fullmatch(r"D[1-6]\d\d", code.id)
    assert f'"{code.id}"' in SOURCE
    assert code.message
    assert code.remedy
