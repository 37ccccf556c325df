"""Entering archives: verified first, whole or not at all, none twice."""

import sqlite3

import pytest

from archive.sample import bundle
from ledger.sample import archive, ledger
from starrating.archive.bundle import pack, unpack
from starrating.archive.canonical import sha256
from starrating.ledger import add, examine
from starrating.ledger.chain import ARCHIVES, staged_path
from starrating.ledger.entry import FIRST, entry_of, read_entry
from starrating.ledger.store import INDEX, append
from starrating.report.lock import locked


def codes(faults):
    return [fault.code for fault in faults]


def test_an_archive_is_entered_and_copied_whole(tmp_path):
    """The copy has the bytes of the archive, and the entry says what they are."""
    data = archive()
    added = add(tmp_path / "台账", data)
    entry = added.entry
    copy = tmp_path / "台账" / ARCHIVES / entry.file
    assert copy.read_bytes() == data
    assert (entry.number, entry.previous, entry.digest) == (1, FIRST, sha256(data))
    assert entry.file == f"0001-{entry.result_number}.zip"


def test_each_entry_names_the_hash_of_the_one_before(tmp_path):
    """The chain is of SHA-256 over canonical bytes."""
    ledger(tmp_path)
    first, second, third = examine(tmp_path).entries
    assert (second.previous, third.previous) == (sha256(first.body), sha256(second.body))
    assert examine(tmp_path).head == sha256(third.body)


def test_equal_archives_give_equal_heads(tmp_path):
    """Nothing of a clock or a machine goes into the chain."""
    assert ledger(tmp_path / "a") == ledger(tmp_path / "b")


def test_an_entry_is_read_as_it_was_written():
    """Canonical bytes and back."""
    entry = entry_of(7, "a" * 64, archive(), bundle())
    assert read_entry(entry.body) == entry
    with pytest.raises(ValueError):
        read_entry(entry.body.replace(b'"entry":7', b'"entry": 7'))


def test_what_does_not_verify_is_refused(tmp_path):
    """A flipped bit: nothing is entered, no ledger is made."""
    data = bytearray(archive())
    data[len(data) // 2] ^= 1
    added = add(tmp_path / "台账", bytes(data))
    assert added.entry is None
    assert added.faults
    assert not (tmp_path / "台账").exists()


def test_results_that_cannot_be_read_are_refused(tmp_path):
    """An archive whose tables nobody can read later has no place in a ledger."""
    results = {**bundle().results, "subjects.csv": b"no table"}
    added = add(tmp_path / "台账", pack(bundle(results=results)))
    assert codes(added.faults) == ["A301"]


def test_an_archive_is_not_entered_twice(tmp_path):
    """The second time it is only found."""
    ledger(tmp_path)
    again = add(tmp_path, archive(2022))
    assert (again.known, again.entry.number) == (True, 2)
    assert len(examine(tmp_path).entries) == 3


def test_a_damaged_ledger_takes_no_entry(tmp_path):
    """An archive is missing: the fault is told, nothing is added."""
    ledger(tmp_path, (2021, 2022))
    next((tmp_path / ARCHIVES).glob("0001-*")).unlink()
    added = add(tmp_path, archive(2023))
    assert (added.entry, codes(added.faults)) == (None, ["A406"])
    assert len(examine(tmp_path).entries) == 2


def test_a_ledger_without_the_head_given_takes_no_entry(tmp_path):
    """Whoever adds can ask for the head that was kept."""
    head = ledger(tmp_path, (2021,))
    assert codes(add(tmp_path, archive(2022), head="f" * 64).faults) == ["A409"]
    assert add(tmp_path, archive(2022), head=head).entry.number == 2


def test_a_lost_index_is_not_made_anew(tmp_path):
    """Archives without an index are no empty ledger."""
    ledger(tmp_path, (2021,))
    (tmp_path / INDEX).unlink()
    assert codes(add(tmp_path, archive(2022)).faults) == ["A401"]


def test_two_runs_are_kept_apart(tmp_path):
    """While one enters, the other is sent away."""
    ledger(tmp_path, (2021,))
    with locked(tmp_path / ".lock"):
        assert codes(add(tmp_path, archive(2022)).faults) == ["A410"]


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    """A file stands where the ledger should be."""
    (tmp_path / "台账").write_text("x", "utf-8")
    assert codes(add(tmp_path / "台账", archive()).faults) == ["A411"]


def test_a_refusal_of_the_index_leaves_nothing(tmp_path, monkeypatch):
    """The disk is full at the commit: no archive, no entry."""
    ledger(tmp_path, (2021,))

    def full(*_):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("starrating.ledger.adding.append", full)
    assert codes(add(tmp_path, archive(2022)).faults) == ["A411"]
    assert len(list((tmp_path / ARCHIVES).iterdir())) == 1


def test_what_a_crash_left_is_finished(tmp_path):
    """An entry whose archive still has its hidden name stands, and gets it by the next run."""
    ledger(tmp_path, (2021,))
    data, before = archive(2022), examine(tmp_path)
    entry = entry_of(2, before.head, data, unpack(data))
    staged_path(tmp_path, entry).write_bytes(data)
    append(tmp_path, (2, entry.body, entry.hash))
    assert examine(tmp_path).faults == ()
    add(tmp_path, archive(2023))
    assert (tmp_path / ARCHIVES / entry.file).read_bytes() == data


def test_what_a_crash_left_unentered_is_dropped(tmp_path):
    """A staged archive without an entry does not count and is cleared away."""
    ledger(tmp_path, (2021,))
    left = tmp_path / ARCHIVES / ".0002-0123456789ab.zip.new"
    left.write_bytes(b"half")
    assert examine(tmp_path).faults == ()
    add(tmp_path, archive(2022))
    assert not left.exists()


def test_rows_cannot_be_changed_in_passing(tmp_path):
    """The index itself refuses UPDATE and DELETE."""
    ledger(tmp_path, (2021,))
    base = sqlite3.connect(tmp_path / INDEX)
    with pytest.raises(sqlite3.IntegrityError):
        base.execute("DELETE FROM entries")
    with pytest.raises(sqlite3.IntegrityError):
        base.execute("UPDATE entries SET hash = ''")
    base.close()
