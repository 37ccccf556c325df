"""What the source keeps to, beside what the linters hold."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8").splitlines()
    for room in ("src", "benchmarks")
    for path in sorted((ROOT / room).rglob("*.py"))
}
LONGEST = 400
"""Lines of a module that still holds one idea."""


def test_modules_are_short():
    """None is longer than somebody reads at once."""
    assert [path for path, lines in SOURCE.items() if len(lines) > LONGEST] == []


def test_exceptions_from_checkers_are_argued():
    """Where one stands it says why."""
    bare = re.compile(r"type: ignore(?!\[[a-z-]+\]  # \w)|# noqa(?!: [A-Z]+\d+ - \w)")
    assert [
        (path, line) for path, lines in SOURCE.items() for line in lines if bare.search(line)
    ] == []
