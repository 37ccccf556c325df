"""The rulebooks that are shipped, each read once."""

from pathlib import Path

import pytest

from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import read_rulebook
from starrating.rulebook.versions import find_rulebooks

RULES = Path(__file__).parents[3] / "rules"


@pytest.fixture(scope="session")
def shipped() -> dict[str, Rulebook]:
    """reference → rulebook, with all it extends."""
    shelf = find_rulebooks(RULES, "rules")
    loaded = [read_rulebook(head.path, head.shown, shelf.path).book for head in shelf.heads]
    return {book.reference: book for book in loaded if book is not None}
