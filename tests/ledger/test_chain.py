"""Tampering with a ledger: every kind is noticed and named."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.sample import archive, ledger, run_sql
from starrating.archive.bundle import pack, unpack
from starrating.archive.manifest import Links, Replaced
from starrating.ledger import add, examine
from starrating.ledger.chain import ARCHIVES
from starrating.ledger.entry import read_entry
from starrating.ledger.store import INDEX, stored
from starrating.results.columns import CHANGES
from starrating.results.tables import changes_csv


@pytest.fixture
def three(tmp_path):
    ledger(tmp_path)
    return tmp_path


def codes(folder, head=None):
    return [fault.code for fault in examine(folder, head).faults]


def archive_of(folder, number):
    return next((folder / ARCHIVES).glob(f"{number:04d}-*"))


def test_an_untouched_ledger_stands(three):
    """Nothing is wrong, nothing catches the eye."""
    found = examine(three)
    assert (found.faults, found.notes, len(found.entries)) == ((), (), 3)


def test_no_ledger(tmp_path):
    """A folder without an index is none."""
    assert codes(tmp_path) == ["A401"]


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + bytes(4096)])
def test_not_an_index(three, data):
    """What is no SQLite file, or an empty one."""
    (three / INDEX).write_bytes(data)
    assert codes(three) == ["A402"]


def test_a_missing_guard(three):
    """The structure is part of the index."""
    import sqlite3

    base = sqlite3.connect(three / INDEX)
    base.execute("DROP TRIGGER no_DELETE")
    base.close()
    assert codes(three) == ["A402"]


def test_an_entry_taken_out(three):
    """The gap and the broken chain are named, and the archive nobody lists."""
    run_sql(three, "DELETE FROM entries WHERE entry = 2")
    assert codes(three) == ["A403", "A405", "A408"]


def test_an_entry_altered(three):
    """One letter of a body."""
    body = stored(three)[1][1].replace(b"2022", b"2020")
    run_sql(three, ("UPDATE entries SET body = ? WHERE entry = 2", (body,)))
    assert "A404" in codes(three)


def test_an_entry_altered_with_its_hash(three):
    """A body with its own hash put right: the next entry does not follow."""
    entry = replace(read_entry(stored(three)[1][1]), cut_off=date(2020, 1, 1))
    statement = "UPDATE entries SET body = ?, hash = ? WHERE entry = 2"
    run_sql(three, (statement, (entry.body, entry.hash)))
    assert codes(three) == ["A405", "A404"]


@pytest.mark.parametrize(
    "what", [{"cut_off": date(2020, 1, 1)}, {"title": "另一次"}, {"result_number": "0" * 12}]
)
def test_the_last_entry_written_anew(three, what):
    """No entry follows the last one; it is held to what its archive says."""
    entry = replace(read_entry(stored(three)[2][1]), **what)
    path = examine(three).path(examine(three).entries[-1])
    path.rename(path.with_name(entry.file))
    statement = "UPDATE entries SET body = ?, hash = ? WHERE entry = 3"
    run_sql(three, (statement, (entry.body, entry.hash)))
    assert codes(three) == ["A404"]


def test_entries_in_another_order(three):
    """Two rows change places."""
    run_sql(
        three,
        "UPDATE entries SET entry = 9 WHERE entry = 1",
        "UPDATE entries SET entry = 1 WHERE entry = 2",
        "UPDATE entries SET entry = 2 WHERE entry = 9",
    )
    assert codes(three)[:2] == ["A403", "A403"]


def test_an_archive_removed(three):
    """Named with its number."""
    archive_of(three, 2).unlink()
    assert codes(three) == ["A406"]


def test_an_archive_replaced(three):
    """By another archive that verifies."""
    archive_of(three, 2).write_bytes(archive(2019))
    assert codes(three) == ["A407"]


def test_an_archive_linked(three, tmp_path_factory):
    """A link to a file elsewhere is no archive of this ledger."""
    away = tmp_path_factory.mktemp("away") / "a.zip"
    archive_of(three, 2).rename(away)
    (three / ARCHIVES / f"0002-{examine(three).entries[1].result_number}.zip").symlink_to(away)
    assert codes(three) == ["A406"]


def test_an_archive_put_in(three):
    """A file nobody entered."""
    (three / ARCHIVES / "0004-0123456789ab.zip").write_bytes(archive(2024))
    assert codes(three) == ["A408"]


def test_the_tail_cut_off(three):
    """With its archive: only the head that was kept shows it."""
    head = examine(three).head
    run_sql(three, "DELETE FROM entries WHERE entry = 3")
    archive_of(three, 3).unlink()
    assert codes(three) == []
    assert codes(three, head) == ["A409"]


def test_a_ledger_written_anew(three, tmp_path_factory):
    """Another history in place of the old one: the head that was kept is not in it."""
    head = examine(three).head
    other = tmp_path_factory.mktemp("other")
    ledger(other, (2021, 2023))
    assert codes(other, head) == ["A409"]


def test_the_head_of_an_earlier_day(three):
    """What was kept stays in the chain while it grows; 16 digits are enough, 15 are not."""
    head = examine(three).head
    add(three, archive(2024))
    assert (codes(three, head), codes(three, head[:16].upper())) == ([], [])
    assert codes(three, head[:15]) == ["A409"]


# --- what catches the eye -------------------------------------------------------------------------


def notes(folder):
    return [(dict(note.parts)["entry"], note.code) for note in examine(folder).notes]


def test_an_archive_entered_late(three):
    """Its date lies before one that was entered earlier."""
    add(three, archive(2020))
    assert notes(three) == [("4", "A412")]


def test_a_date_of_issue_counts_before_the_cut_off(three):
    """An archive issued after the last one is not late."""
    add(three, archive(2020, issued=date(2025, 1, 1)))
    assert notes(three) == []


def test_a_second_review_of_the_same(three):
    """The same period, stage and rules without a word of correction."""
    add(three, archive(2023, subjects=2))
    assert notes(three) == [("4", "A413")]


def test_the_next_stage_is_no_second_review(three):
    """初评, then 审定."""
    add(three, archive(2023, stage="审定"))
    assert notes(three) == []


def test_data_that_were_corrected_in_between(three):
    """A decision on the data of an archive that another has corrected by then."""
    first = examine(three).entries[0]
    links = Links(replaces=Replaced(first.content_digest, first.result_number, "漏录"))
    made = unpack(archive(2021, links=links))
    listed = {**made.results, CHANGES.name: changes_csv(())}
    add(three, pack(replace(made, results=listed, sm3=None)))
    add(three, archive(2021, stage="审定", links=Links(based_on=first.content_digest)))
    assert ("5", "A418") in notes(three)


# --- tampering at random --------------------------------------------------------------------------


ROWS = st.integers(1, 4)
TEXT = st.binary(min_size=1, max_size=8)
TAMPERING = st.one_of(
    st.tuples(st.just("delete"), ROWS),
    st.tuples(st.just("swap"), ROWS, ROWS).filter(lambda t: t[1] != t[2]),
    st.tuples(st.just("move"), ROWS, st.integers(5, 9)),
    st.tuples(st.just("body"), ROWS, st.integers(0, 10**6), st.integers(1, 255)),
    st.tuples(st.just("hash"), ROWS, st.integers(0, 63), st.sampled_from("0123456789abcdef")),
    st.tuples(st.just("unlink"), ROWS),
    st.tuples(st.just("flip"), ROWS, st.integers(0, 10**6), st.integers(0, 7)),
    st.tuples(st.just("exchange"), ROWS, ROWS).filter(lambda t: t[1] != t[2]),
    st.tuples(st.just("append"), ROWS, TEXT),
    st.tuples(st.just("put"), st.integers(1, 99)),
)


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    folder = tmp_path_factory.mktemp("four") / "台账"
    return folder, ledger(folder, (2020, 2021, 2022, 2023))


def state(folder):
    """All that a ledger holds: its rows and its files."""
    files = {path.name: path.read_bytes() for path in (folder / ARCHIVES).iterdir()}
    return stored(folder), files


def tamper(folder, act, *how):
    if act == "delete":
        run_sql(folder, ("DELETE FROM entries WHERE entry = ?", how))
    elif act == "move":
        run_sql(folder, ("UPDATE OR IGNORE entries SET entry = ? WHERE entry = ?", how[::-1]))
    elif act == "swap":
        one, two = how
        move = "UPDATE OR IGNORE entries SET entry = ? WHERE entry = ?"
        run_sql(folder, (move, (99, one)), (move, (one, two)), (move, (two, 99)))
    elif act in ("body", "hash"):
        rows = {number: (body, digest) for number, body, digest in stored(folder)}
        if how[0] in rows:
            body, digest = rows[how[0]]
            if act == "body":
                changed = bytearray(body)
                changed[how[1] % len(body)] ^= how[2]
                body = bytes(changed)
            else:
                digest = digest[: how[1]] + how[2] + digest[how[1] + 1 :]
            statement = "UPDATE entries SET body = ?, hash = ? WHERE entry = ?"
            run_sql(folder, (statement, (body, digest, how[0])))
    else:
        tamper_with_files(folder, act, *how)


def tamper_with_files(folder, act, number, *how):
    files = sorted((folder / ARCHIVES).iterdir())
    path = files[(number - 1) % len(files)] if files else None
    if act == "put" or path is None:
        (folder / ARCHIVES / f"{number:04d}-00.zip").write_bytes(b"x")
    elif act == "unlink":
        path.unlink()
    elif act == "append":
        path.write_bytes(path.read_bytes() + how[0])
    elif act == "flip":
        data = bytearray(path.read_bytes())
        data[how[0] % len(data)] ^= 1 << how[1]
        path.write_bytes(bytes(data))
    else:
        other = files[(how[0] - 1) % len(files)]
        one, two = path.read_bytes(), other.read_bytes()
        path.write_bytes(two)
        other.write_bytes(one)


@settings(max_examples=150, deadline=None)
@given(acts=st.lists(TAMPERING, min_size=1, max_size=3))
def test_every_tampering_is_noticed(four, acts):
    """Rows deleted, altered or re-ordered, files removed, changed or put in: faults, every time."""
    folder, head = four
    with TemporaryDirectory() as place:
        copy = Path(place) / "台账"
        shutil.copytree(folder, copy)
        for act in acts:
            tamper(copy, *act)
        changed = state(copy) != state(folder)
        assert bool(examine(copy, head).faults) == changed


def test_an_index_that_the_system_closes(tmp_path):
    """Told as a fault of the ledger, with the reason; never as a defect of ours."""
    (fault,) = examine(tmp_path / ("长" * 300)).faults
    assert fault.code == "A402"
    assert "文件名太长" in fault.message
