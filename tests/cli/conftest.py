"""One run of a command inside the test's own process."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from starrating.cli import run


@dataclass(frozen=True)
class Ended:
    """What a command left: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    def call(*words: object) -> Ended:
        code = run([str(word) for word in words])
        seen = capsys.readouterr()
        return Ended(code, seen.out, seen.err)

    return call
