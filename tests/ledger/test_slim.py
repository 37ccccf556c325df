"""Slim archives in a ledger: found by the number that is printed, marked, held to the full one."""

from dataclasses import replace

import pytest

from ledger.sample import archive, ledger
from starrating.archive.bundle import content_digest, number_of, pack, unpack
from starrating.archive.manifest import Links, Replaced
from starrating.archive.slim import slimmed
from starrating.archive.zipform import ArchiveErrors
from starrating.ledger import add, examine, history_of
from starrating.ledger.entry import read_entry


def plain(subjects=3, **changes):
    """An archive whose tables can be emptied: results alone."""
    whole = unpack(archive(2023, subjects=subjects, **changes))
    return pack(replace(whole, records={}, readme=None, sm3=None))


FULL = plain()
SLIM = slimmed(FULL)


def codes(faults):
    return [fault.code for fault in faults]


def forged(**changes):
    """The slim archive with a file of its results written anew."""
    bundle = unpack(SLIM)
    return pack(replace(bundle, results={**bundle.results, **changes}, sm3=None))


def test_a_slim_archive_has_the_number_of_the_full_one():
    """It is the number on the printed sheets; what it holds would give another."""
    assert number_of(unpack(SLIM)) == number_of(unpack(FULL))


def test_a_slim_archive_without_the_full_results_has_no_number():
    """The manifest that it carries has to list them."""
    bundle = unpack(SLIM)
    with pytest.raises(ArchiveErrors):
        number_of(replace(bundle, full={**bundle.full, "members": []}))


def test_a_slim_archive_is_entered_with_a_mark(tmp_path):
    """It is found by the printed number, says what it is, and warns of what it cannot prove."""
    added = add(tmp_path, SLIM)
    (entry,) = examine(tmp_path).entries
    assert entry.result_number == number_of(unpack(FULL))
    assert entry.full == entry.review == content_digest(FULL)
    assert read_entry(entry.body) == entry
    assert codes(added.ledger.notes) == ["A419"]


@pytest.mark.parametrize("order", [(FULL, SLIM), (SLIM, FULL)], ids=["full first", "slim first"])
def test_both_forms_are_one_review(order, tmp_path):
    """Neither is a second review of the same matter, and the history tells it once."""
    for data in order:
        added = add(tmp_path, data)
    assert codes(added.ledger.notes) == []
    code = unpack(FULL).results["subjects.csv"].decode("utf-8-sig").splitlines()[1].split(",")[1]
    assert {each.entry.full for each in history_of(added.ledger, code).standings} == {None}


@pytest.mark.parametrize("slim_first", [False, True])
def test_a_slim_archive_that_was_changed_is_refused_beside_the_full_one(slim_first, tmp_path):
    """Whichever of the two comes second."""
    other = unpack(slimmed(plain(subjects=2))).results["subjects.csv"]
    wrong = forged(**{"subjects.csv": other})
    for data in (wrong, FULL) if slim_first else (FULL, wrong):
        added = add(tmp_path, data)
    assert (added.entry, codes(added.faults)) == (None, ["A133"])
    assert len(examine(tmp_path).entries) == 1


def test_a_correction_of_a_review_entered_slim(tmp_path):
    """A correction names the full archive's digest; the slim one is found by it."""
    add(tmp_path, SLIM)
    links = Links(None, Replaced(content_digest(FULL), number_of(unpack(FULL)), "更正一处"))
    added = add(tmp_path, plain(subjects=2, links=links))
    assert codes(added.ledger.notes) == ["A419"]


def test_an_entry_of_a_full_archive_is_as_before(tmp_path):
    """No new word stands in it: ledgers that exist stay whole."""
    ledger(tmp_path)
    assert all(b"full" not in entry.body for entry in examine(tmp_path).entries)
