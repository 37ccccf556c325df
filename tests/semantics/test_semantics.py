"""Every worked example of the semantics comes out as it was computed by hand, under each judge."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from starrating.engine.judge import DurableJudge, OutOfReach, RuleSet
from starrating.rulebook.model import Case, Rulebook
from starrating.rulebook.read import read_rulebook
from starrating.rulecases import run_case

HERE = Path(__file__).parent


def worked_examples() -> Iterator[tuple[str, Rulebook, Case]]:
    """(step/file:line, rulebook, case) of every case of every file, in the order of the steps."""
    for path in sorted(HERE.glob("*/*.yaml")):
        shown = path.relative_to(HERE).as_posix()
        loaded = read_rulebook(path, shown, lambda _id, _version: None)
        assert loaded.usable, [fault.message for fault in loaded.faults]
        assert loaded.book is not None
        for case in loaded.book.cases:
            yield f"{shown}:{case.origin.line}", loaded.book, case


EXAMPLES = [
    pytest.param(book, case, id=name.replace(".yaml", "")) for name, book, case in worked_examples()
]


def durable_exists() -> bool:
    """Whether durable_rules can be had on this machine."""
    try:
        DurableJudge(RuleSet((), (), ()))
    except OutOfReach:
        return False
    return True


@pytest.mark.parametrize(("book", "case"), EXAMPLES)
def test_worked_example(book, case):
    """The review gives what the case expects."""
    assert run_case(book, case, "native") == []


@pytest.mark.skipif(not durable_exists(), reason="durable_rules can not be had here")
@pytest.mark.parametrize(
    ("book", "case"), [example for example in EXAMPLES if example.values[0].judgements]
)
def test_worked_example_under_the_durable_judge(book, case):
    """Which judge chains changes nothing: the cases of rulebooks that judge come out alike."""
    assert run_case(book, case, "durable") == []


def test_every_file_holds_cases():
    """No worked example is lost for want of a `cases:` block."""
    held = {example.id.rsplit(":", 1)[0] for example in EXAMPLES}
    files = {path.relative_to(HERE).with_suffix("").as_posix() for path in HERE.glob("*/*.yaml")}
    assert held == files
