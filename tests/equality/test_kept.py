"""Counterexamples that the search found stay mended: both evaluators agree on each."""

from pathlib import Path

import pytest

from equality.holding import held
from equality.reading import checked
from starrating.rulebook.read import read_text
from starrating.rulecases import ground_of

KEPT = sorted((Path(__file__).parent / "kept").glob("*.yaml"))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_kept(path):
    """Every row, every facet, every measure."""
    book = checked(read_text(path.read_bytes(), path.name, lambda _id, _version: None))
    for case in book.cases:
        found = held(ground_of(book, case, "native"))
        assert not found.refused
        assert found.lines == []
