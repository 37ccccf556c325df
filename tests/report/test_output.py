"""Writing `--out DIR`: all or not at all, only our own files, two runs apart."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from starrating.report import moves
from starrating.report.lock import locked
from starrating.report.output import INDEX, read_index, was_written, write_files

FIRST = {"results.xlsx": b"one", "subjects.csv": b"a", "sub/x.csv": b"x"}
SECOND = {"results.xlsx": b"two", "items.csv": b"b", "sub/x.csv": b"y"}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != INDEX
    }


def beside(folder: Path) -> list[str]:
    return [path.name for path in folder.parent.iterdir()]


@pytest.fixture
def out(tmp_path):
    return tmp_path / "deep" / "out"


def test_new_folder(out):
    """A new folder appears with all files, and nothing is left beside it."""
    assert write_files(out, FIRST) == ()
    assert tree(out) == FIRST
    assert beside(out) == ["out"]


def test_second_run_replaces_only_ours(out):
    """Listed files are replaced, stale ones go, foreign ones stay."""
    write_files(out, FIRST)
    (out / "mine.txt").write_bytes(b"mine")
    assert write_files(out, SECOND) == ()
    assert tree(out) == SECOND | {"mine.txt": b"mine"}
    assert beside(out) == ["out"]


def test_a_content_may_write_itself(out):
    """Large files are written straight to the disk; the index knows them like the others."""
    write_files(out, {"review.zip": lambda file: file.write(b"zip"), "items.csv": b"b"})
    assert tree(out) == {"review.zip": b"zip", "items.csv": b"b"}
    listed = dict(read_index(out)["review"])
    write_files(out, {"review.zip": b"zip", "items.csv": b"b"})
    assert read_index(out)["review"] == listed


def test_a_content_that_fails_leaves_all_as_it_was(out):
    """Whatever goes wrong while a file writes itself, nothing is changed or left over."""
    write_files(out, FIRST)
    with pytest.raises(ZeroDivisionError):
        write_files(out, {"results.xlsx": lambda _: 1 // 0})
    assert tree(out) == FIRST
    assert beside(out) == ["out"]


def test_same_run_twice_gives_same_index(out):
    """The index depends on the files alone."""
    write_files(out, FIRST)
    index = (out / INDEX).read_bytes()
    write_files(out, dict(reversed(FIRST.items())))
    assert (out / INDEX).read_bytes() == index
    assert set(json.loads(index)["groups"]["review"]) == set(FIRST)


def test_existing_folder_with_foreign_files(out):
    """A folder of the user's own takes our files beside his."""
    out.mkdir(parents=True)
    (out / "mine.txt").write_bytes(b"mine")
    assert write_files(out, FIRST) == ()
    assert tree(out) == FIRST | {"mine.txt": b"mine"}


@pytest.mark.parametrize("foreign", ["results.xlsx", "sub"])
def test_foreign_files_are_not_overwritten(out, foreign):
    """A file of that name which is not ours is refused before anything is changed."""
    out.mkdir(parents=True)
    (out / foreign).write_bytes(b"mine")
    faults = write_files(out, FIRST)
    assert [fault.code for fault in faults] == ["E804"]
    assert not was_written(faults)
    assert tree(out) == {foreign: b"mine"}


def test_changed_copies_are_kept(out):
    """A file of ours that the office filled in is kept under another name, and said so."""
    write_files(out, FIRST)
    (out / "results.xlsx").write_bytes(b"filled in")
    faults = write_files(out, SECOND)
    assert [fault.code for fault in faults] == ["E806"]
    assert was_written(faults)
    (kept,) = (name for name in tree(out) if "改动稿" in name)
    assert tree(out) == SECOND | {kept: b"filled in"}
    (out / "results.xlsx").write_bytes(b"filled in")
    assert was_written(write_files(out, SECOND))
    assert tree(out) == SECOND | {kept: b"filled in"}


def test_changed_and_stale_stays(out):
    """A changed copy of a file this run does not write stays where it is."""
    write_files(out, FIRST)
    (out / "subjects.csv").write_bytes(b"changed")
    assert write_files(out, SECOND) == ()
    assert tree(out) == SECOND | {"subjects.csv": b"changed"}


def test_groups_stay_apart(out):
    """Documents written later leave the review's files, and the other way round."""
    write_files(out, FIRST)
    write_files(out, {"通报.docx": b"d"}, group="documents")
    write_files(out, SECOND)
    assert tree(out) == SECOND | {"通报.docx": b"d"}
    assert set(read_index(out)) == {"review", "documents"}


def test_a_file_changes_its_group(out):
    """A name another group wrote first belongs to the last writer."""
    write_files(out, FIRST)
    write_files(out, {"results.xlsx": b"d"}, group="documents")
    assert {name for names in read_index(out).values() for name in names} == set(FIRST)
    assert "results.xlsx" not in read_index(out)["review"]


@pytest.mark.parametrize("at", range(1, 12))
def test_failure_anywhere_changes_nothing(out, monkeypatch, at):
    """Whichever rename fails, the folder is as it was, and the message names the reason."""
    write_files(out, FIRST)
    (out / "results.xlsx").write_bytes(b"filled in")
    before = tree(out)
    rename = Path.rename
    calls = []

    def failing(self, target):
        calls.append(self)
        if len(calls) == at:
            raise PermissionError(13, "open elsewhere", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    faults = write_files(out, SECOND)
    if was_written(faults):
        assert at > 8
        return
    assert [fault.code for fault in faults] == ["E805"]
    assert tree(out) == before
    assert beside(out) == ["out"]


def test_open_workbook_has_a_clear_message(out, monkeypatch):
    """A results.xlsx open in Excel is named, with what to do."""
    write_files(out, FIRST)
    rename = Path.rename

    def failing(self, target):
        if self.name == "results.xlsx":
            raise PermissionError(13, "open elsewhere", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    (fault,) = write_files(out, SECOND)
    assert "results.xlsx" in fault.message
    assert "关闭" in fault.remedy


@pytest.mark.parametrize("at", range(1, 9))
def test_a_killed_run_is_undone_by_the_next(out, at):
    """A run that dies between two renames is undone; the next run starts from the old state."""
    write_files(out, FIRST)
    before = tree(out)
    script = f"""
import os, sys
from pathlib import Path
from starrating.report.output import write_files
rename, calls = Path.rename, []
def dying(self, target):
    calls.append(self)
    if len(calls) == {at}:
        os._exit(9)
    return rename(self, target)
Path.rename = dying
write_files(Path(sys.argv[1]), {SECOND!r})
"""
    run = subprocess.run([sys.executable, "-c", script, str(out)], check=False)
    (work,) = (
        (p for p in out.parent.iterdir() if p.name.endswith("-work")) if run.returncode else (None,)
    )
    if work:
        moves.recover(work)
        assert tree(out) == before
    assert write_files(out, SECOND) == ()
    assert tree(out) == SECOND
    assert beside(out) == ["out"]


def test_disk_full(out, monkeypatch):
    """A full disk leaves everything as it was and says so."""
    write_files(out, FIRST)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    (fault,) = write_files(out, SECOND)
    assert fault.code == "E803"
    assert "磁盘空间不足" in fault.message
    assert tree(out) == FIRST
    assert beside(out) == ["out"]


def test_two_runs_are_kept_apart(out):
    """While one run holds the lock another is refused; afterwards it may."""
    write_files(out, FIRST)
    with locked(out.parent / ".out.starrating-lock") as held:
        assert held
        (fault,) = write_files(out, SECOND)
        assert fault.code == "E801"
    assert tree(out) == FIRST
    assert write_files(out, SECOND) == ()


def test_a_dead_runs_lock_file_does_not_matter(out):
    """A lock file nobody holds any more does not stop a run."""
    out.parent.mkdir(parents=True)
    (out.parent / ".out.starrating-lock").touch()
    assert write_files(out, FIRST) == ()


def test_not_a_folder(out):
    """A file in the place of the folder, or above it, is refused."""
    out.parent.mkdir(parents=True)
    out.write_bytes(b"mine")
    assert [fault.code for fault in write_files(out, FIRST)] == ["E802"]
    assert [fault.code for fault in write_files(out / "more", FIRST)] == ["E803"]
    assert out.read_bytes() == b"mine"


def test_link_to_a_folder(tmp_path):
    """A link to a folder is followed; the link stays."""
    (tmp_path / "real").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    assert write_files(link, FIRST) == ()
    assert link.is_symlink()
    assert tree(tmp_path / "real") == FIRST


@pytest.mark.parametrize("index", [b"", b"[]", b'{"groups": 1}', b"\xff"])
def test_broken_index_protects_files(out, index):
    """With an index we cannot read no file is taken for ours."""
    write_files(out, FIRST)
    (out / INDEX).write_bytes(index)
    assert {fault.code for fault in write_files(out, SECOND)} == {"E804"}
    assert tree(out) == FIRST


@pytest.mark.parametrize("name", ["../x", "/x", "a//b", "", ".", "a\\b", INDEX])
def test_names_stay_inside(out, name):
    """Names that leave the folder are an error of the caller."""
    with pytest.raises(ValueError):
        write_files(out, {name: b""})


def test_parent_that_cannot_serve(out, monkeypatch):
    """Where the parent cannot be written, the work is done inside the folder."""
    write_files(out, FIRST)
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert write_files(out, SECOND) == ()
    assert tree(out) == SECOND
