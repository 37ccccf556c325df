"""The sentences of a format are frozen with it: archives are worded alike for ever.

A digest below may be changed only with a line in docs/releasing.md ("Changes of frozen wording")
that says what changed and why old archives need not be worded alike; else the new wording is a
new message code, or belongs to a new `format`.
"""

import hashlib
import re
from importlib import resources
from pathlib import Path

import pytest

FROZEN = {
    "sentences.py": "596c77ada16eae24920219b2e955371b437a030c216930d314f8512e6e40821e",
    "words.py": "b2045c4d35e51eea0c22e36204445e9885e85682a7d85085d0f72e9a27b061b6",
}
PAGE = Path(__file__).parents[2] / "docs" / "releasing.md"


@pytest.mark.parametrize("name", FROZEN)
def test_the_templates_are_those_that_were_frozen(name):
    """The text of the template modules of format 1, line ends aside."""
    folder = resources.files("starrating.engine.format1")
    text = folder.joinpath(name).read_text("utf-8").replace("\r\n", "\n")
    assert hashlib.sha256(text.encode()).hexdigest() == FROZEN[name]


def test_the_page_lists_the_digests():
    """docs/releasing.md names every frozen digest, so that a change of one is seen there."""
    listed = set(re.findall(r"[0-9a-f]{64}", PAGE.read_text("utf-8")))
    assert set(FROZEN.values()) <= listed
