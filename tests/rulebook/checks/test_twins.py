"""Each check has a bad twin it speaks up at, and a good twin that is quiet.

The twins are rulebooks in `<CODE>/bad.yaml` and `<CODE>/good.yaml`. In a bad twin a line that
ends with `# R301 R301` is one on which exactly these findings are expected; nothing else is.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from starrating.faults import Fault
from starrating.rulebook.checks import check
from starrating.rulebook.checks.codes import CHECK_CODES
from starrating.rulebook.read import read_text

HERE = Path(__file__).parent
TWINS = sorted(folder.name for folder in HERE.iterdir() if re.fullmatch(r"R\d+", folder.name))
MARK = re.compile(r"# (R\d+(?: R\d+)*)$")


def findings(path: Path) -> tuple[Fault, ...]:
    """What the checks say of a rule file that can be read."""
    loaded = read_text(path.read_bytes(), path.name, lambda _id, _version: None)
    assert loaded.faults == ()
    assert loaded.book is not None
    return check(loaded.book)


def expected(path: Path) -> list[tuple[int, str]]:
    """The marks at the ends of lines."""
    lines = enumerate(path.read_text("utf-8").splitlines(), start=1)
    marked = ((number, MARK.search(line)) for number, line in lines)
    return sorted(
        (number, code) for number, mark in marked if mark is not None for code in mark[1].split()
    )


@pytest.mark.parametrize("code", TWINS)
def test_bad_twin(code: str) -> None:
    """The bad twin has the finding, on the line that is marked, and says how to mend it."""
    path = HERE / code / "bad.yaml"
    found = findings(path)
    assert sorted((fault.origin.line or 0, fault.code) for fault in found) == expected(path)
    assert code in {fault.code for fault in found}
    assert all(fault.origin.column for fault in found)
    assert all(fault.remedy for fault in found)


@pytest.mark.parametrize("code", TWINS)
def test_good_twin(code: str) -> None:
    """The good twin is quiet."""
    assert [str(fault) for fault in findings(HERE / code / "good.yaml")] == []


def test_every_code_has_twins() -> None:
    """No code of the checks is without an example."""
    assert [code.id for code in CHECK_CODES] == TWINS
