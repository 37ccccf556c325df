"""`starrating rules try`: what it refuses."""

from pathlib import Path

import pytest

from impact.past import archive_bytes

RULES = Path(__file__).parents[2] / "rules"
BOOK = "town-village@2023"


@pytest.fixture
def ask(command, tmp_path):
    """The command on the town's archive."""
    path = tmp_path / "review.zip"
    path.write_bytes(archive_bytes())
    return lambda *words: command("rules", "try", BOOK, *words, "--on", path, "--rules", RULES)


def test_nothing_to_try(ask):
    """Without --set and --sweep there is nothing to do."""
    assert ask().code == 2


def test_a_wrong_path_names_the_nearest(ask):
    """The nearest known path is offered, and nothing is computed."""
    ended = ask("--set", "stars.5.form=92")
    assert (ended.code, ended.out) == (2, "")
    assert "stars.5.from" in ended.err


def test_rules_that_would_be_wrong(ask):
    """What `rules check` would refuse is not tried."""
    ended = ask("--set", "items.2.1.clauses.1.per=没有的指标")
    assert (ended.code, ended.out) == (4, "")
    assert "没有的指标" in ended.err


def test_into_files(ask, tmp_path):
    """A sweep is written as a workbook and as text."""
    for name, head in (("a.xlsx", b"PK"), ("a.txt", "试算".encode())):
        ended = ask("--sweep", "stars.4.from=80..81:1", "--out", tmp_path / name)
        assert ended.code == 0
        assert (tmp_path / name).read_bytes().startswith(head)
