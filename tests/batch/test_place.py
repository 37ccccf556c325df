"""The folder of a batch's results: one run at a time, whole or not at all, never over others' files."""

from __future__ import annotations

import pytest

from batch.made import batch, rules
from batch.test_run import invented
from starrating.batch import run_batch
from starrating.batch.place import MARK, NoPlace, taken
from starrating.report.lock import locked
from starrating.report.output import write_files
from starrating.reviewing import Request


@pytest.fixture
def request_(tmp_path):
    """A small batch."""
    return Request(batch(tmp_path, invented(31)), rules(tmp_path))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_two_runs_are_kept_apart(request_, tmp_path):
    """E801 while another run holds the folder; its working files stay; afterwards it may."""
    out = tmp_path / "new" / "out"
    with taken(out) as place:
        (place.work / "half").write_text("1", "utf-8")
        found = run_batch(request_, out)
        assert ([fault.code for fault in found.faults], found.exit_code) == (["E801"], 2)
        assert (place.work / "half").exists()
    assert names(out.parent) == []
    assert run_batch(request_, out).exit_code == 0
    assert names(out.parent) == ["out"]


def test_ordinary_reviews_hold_the_same_lock(request_, tmp_path):
    """Neither writes while the other does."""
    out = tmp_path / "out"
    with locked(tmp_path / ".out.starrating-lock") as held:
        assert held
        assert [fault.code for fault in run_batch(request_, out).faults] == ["E801"]
    with taken(out):
        assert [fault.code for fault in write_files(out, {"a": b"a"})] == ["E801"]


def test_files_of_others_stay(request_, tmp_path):
    """E804 names the first; E802 where the folder is a file."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "b.txt").write_text("b", "utf-8")
    (out / "a.txt").write_text("a", "utf-8")
    found = run_batch(request_, out)
    assert [(fault.code, found.exit_code) for fault in found.faults] == [("E804", 2)]
    assert "a.txt" in found.faults[0].message
    assert names(out) == ["a.txt", "b.txt"]
    assert [each.code for each in run_batch(request_, out / "a.txt").faults] == ["E802"]


def test_a_run_of_ours_is_replaced(request_, tmp_path):
    """What an earlier batch wrote goes away as a whole."""
    out = tmp_path / "out"
    run_batch(request_, out)
    (out / "subjects" / "part-9.parquet").write_bytes(b"")
    assert run_batch(request_, out).exit_code == 0
    assert names(out / "subjects") == ["part-0.parquet"]
    assert (out / MARK).exists()


def test_a_run_cut_short_between_two_moves_is_put_right(tmp_path):
    """The result before it comes back, whatever then becomes of the new run."""
    out = tmp_path / "out"
    with taken(out) as place:
        place.publish()
    out.rename(tmp_path / ".out-old")
    with taken(out):
        assert (out / MARK).exists()
    assert names(tmp_path) == ["out"]


def test_what_the_system_refuses_is_told(request_, tmp_path):
    """E803: a parent that is no folder."""
    (tmp_path / "file").write_text("", "utf-8")
    found = run_batch(request_, tmp_path / "file" / "out")
    assert [(fault.code, found.exit_code) for fault in found.faults] == [("E803", 2)]


def test_a_full_disk_while_parts_are_written_is_told(tmp_path):
    """E803, and the result before stays."""
    out = tmp_path / "out"
    with taken(out) as place:
        place.publish()
    with pytest.raises(NoPlace, match="磁盘空间不足"), taken(out):
        raise OSError(28, "No space left on device")
    assert names(tmp_path) == ["out"]
