"""Overlays that tighten are taken, those that loosen are refused with both places; as twins.

The first line of each file of `bad/` names the codes that come, with `行:列` of the lower
layer's place and of the superior's. `province.yaml` and all overlays are invented.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from starrating.faults import Fault, Level
from starrating.rulebook.read import Loaded, read_text

HERE = Path(__file__).parent
HEAD = """format: 1
id: county
version: "1"
title: 县级规则（虚构）
issued: {by: 虚构县委组织部}
in_force: {from: 2020-01-01}
extends: {id: province, version: "1"}
"""


def find(book: str, _version: str) -> Path | None:
    """The invented books beside this file."""
    path = HERE / f"{book}.yaml"
    return path if path.exists() else None


def overlay(text: str) -> Loaded:
    """What is read of these lines below the head of a county's book."""
    return read_text((HEAD + text).encode(), "rules/county/1.yaml", find)


def grave(loaded: Loaded) -> list[Fault]:
    """The errors."""
    return [fault for fault in loaded.faults if fault.level in (Level.FATAL, Level.ERROR)]


GOOD = sorted((HERE / "good").glob("*.yaml"))
BAD = sorted((HERE / "bad").glob("*.yaml"))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_tightening_is_taken(path: Path) -> None:
    """An overlay that tightens, or adds inside what was left to it, is merged without a fault."""
    loaded = overlay(path.read_text("utf-8"))
    assert loaded.book is not None
    assert [str(fault) for fault in grave(loaded)] == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_loosening_is_refused_with_both_places(path: Path) -> None:
    """An overlay that loosens is refused; each fault names the place in both files."""
    first, text = path.read_text("utf-8").split("\n", 1)
    expected = re.findall(r"R\d{3}", first)
    faults = grave(overlay(text))
    assert sorted({fault.code for fault in faults}) == expected, [str(fault) for fault in faults]
    for fault in faults:
        assert fault.origin.file == "rules/county/1.yaml"
        assert fault.origin.line is not None
        if fault.code in ("R601", "R602", "R603"):
            assert re.search(r"province\.yaml:\d+:\d+", fault.message)
