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


NORMS = """format: 1
id: town
version: "1"
title: 镇级规则（虚构）
in_force: {from: 2020-01-01}
extends: {id: norms, version: "1"}
subjects: {where: 领域 in 农村}
defaults: {not_applicable: full}
sections:
  - {title: 组织生活, points: 5, items: [{id: "1", title: 大会, points: 5, clauses: [{deduct: 1, per: 缺大会季度}]}]}
stars: [{star: 1, from: 0}]
"""


def norms(more: str = "") -> list[str]:
    """The codes of a town's rules on the library of measures."""
    loaded = read_text((NORMS + more).encode(), "rules/town/1.yaml", find)
    return [fault.code for fault in grave(loaded)]


def test_a_locked_library_leaves_scope_points_and_stars_to_its_users() -> None:
    """Locked measures hold how a thing is counted, not what it is worth."""
    assert norms() == []
    assert norms("changes: {measures: {缺大会季度: {missing: {every: month}}}}") == []
    assert norms("changes: {measures: {缺大会季度: {missing: {every: half}}}}") == ["R601"]


def three(folder: Path, town: str) -> list[str]:
    """The faults of a town's rules on a county's, which tightened item 1.1 of the province's."""
    county = HEAD + 'changes: {items: {"1.1": {clauses: {1: {deduct: 3}}}}}\n'
    (folder / "county.yaml").write_text(county, "utf-8")
    head = HEAD.replace("id: county", "id: town").replace("id: province", "id: county")

    def shelf(book: str, version: str) -> Path | None:
        return folder / "county.yaml" if book == "county" else find(book, version)

    return [
        str(fault) for fault in grave(read_text((head + town).encode(), "rules/town/1.yaml", shelf))
    ]


def test_the_province_holds_for_the_town(tmp_path: Path) -> None:
    """A lock goes down through all layers, and what the county tightened stays tightened."""
    assert three(tmp_path, 'changes: {items: {"1.1": {clauses: {1: {deduct: 4}}}}}') == []
    (fault,) = three(tmp_path, 'changes: {items: {"1.1": {clauses: {1: {deduct: 2}}}}}')
    assert "R601" in fault
    assert "county.yaml" in fault
    (fault,) = three(tmp_path, "changes: {stars: {3: {from: 70}}}")
    assert "R601" in fault
    assert "province.yaml:70:" in fault


def test_what_is_not_locked_may_change(tmp_path: Path) -> None:
    """Without a locked star, an item that nobody locked may be eased, but not what locks rest on."""
    province = (HERE / "province.yaml").read_text("utf-8")
    (tmp_path / "province.yaml").write_text(province.replace("75%, locked: true", "75%"), "utf-8")

    def codes(text: str) -> list[str]:
        loaded = read_text(
            (HEAD + text).encode(), "rules/county/1.yaml", lambda _i, _v: tmp_path / "province.yaml"
        )
        return [fault.code for fault in grave(loaded)]

    assert codes('changes: {items: {"1.3": {clauses: {1: {deduct: 0.5}}}}}') == []
    assert codes('changes: {items: {"1.3": {points: 30}}}') == ["R601"]
    assert codes("changes: {stars: {3: {from: 70}}}") == ["R601"]
    assert codes('changes: {items: {"1.1": {clauses: {1: {deduct: 1}}}}}') == ["R601"]
