"""Why a cell can not be read."""

from __future__ import annotations

from starrating.records.trouble import shorten, trouble


def test_values_are_shortened() -> None:
    """A message stays on a line."""
    assert shorten("一\n二") == "一 二"
    assert dict(trouble("D304", value="字" * 99).parts)["value"] == "字" * 40 + "…"
