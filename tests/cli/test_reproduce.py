"""`starrating archive reproduce`: the same review again, from the archive alone."""

import json
from dataclasses import replace

import pytest

from reviews import outcome
from starrating.archive.bundle import pack, unpack
from starrating.cli import run


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "review.zip"
    path.write_bytes(pack(outcome("county-mixed").bundle))
    return path


def test_an_untouched_archive_reproduces(archive, capsys):
    """Equal in every column of meaning: exit code 0."""
    assert run(["archive", "reproduce", str(archive), "--independent"]) == 0
    assert "一致" in capsys.readouterr().out


def test_a_changed_score_is_told_and_fails(archive, capsys):
    """A total altered in the archive (and packed consistently) is found: exit code 5."""
    bundle = unpack(archive.read_bytes())
    subjects = bundle.results["subjects.csv"].replace(b"101.50", b"102.50")
    results = {**bundle.results, "subjects.csv": subjects}
    archive.write_bytes(pack(replace(bundle, results=results, readme=None, sm3=None)))
    assert run(["archive", "reproduce", str(archive), "--json"]) == 5
    document = json.loads(capsys.readouterr().out)
    assert document["equal"] is False
    told = [(d["subject"], d["column"], d["then"], d["now"]) for d in document["differences"]]
    assert ("0101", "total_low", "102.50", "101.50") in told


def test_a_damaged_archive_is_not_reproduced(archive):
    """What does not verify is refused: exit code 5."""
    data = bytearray(archive.read_bytes())
    data[-40] ^= 1
    archive.write_bytes(bytes(data))
    assert run(["archive", "reproduce", str(archive)]) in (3, 5)
