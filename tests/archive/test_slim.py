"""Slim archives: no inputs, no words of people, and still held to the full archive by digests."""

import json
from dataclasses import replace

import pytest

from reviews import outcome
from starrating.archive.bundle import content_digest, pack, unpack, verify
from starrating.archive.examine import examine
from starrating.archive.records_csv import table_texts
from starrating.archive.slim import against_faults, full_digest, slimmed
from starrating.archive.zipform import ArchiveErrors
from starrating.results.tables import read_tables
from starrating.reviewing.previous import read_archives
from starrating.reviewing.reproduce import reproduce


@pytest.fixture(scope="module")
def full():
    return pack(outcome("county-mixed").bundle)


@pytest.fixture(scope="module")
def slim(full):
    return slimmed(full)


def codes(faults):
    return [fault.code for fault in faults]


def repacked(data, **changes):
    bundle = unpack(data)
    parts = {name: {**bundle.folder(name), **files} for name, files in changes.items()}
    return pack(replace(bundle, **parts, sm3=None))


def test_slim_verifies_alone_and_against_the_full(full, slim):
    """Nothing is wrong with it, it names the full archive's digest, and slimming gives it again."""
    assert examine(slim) == []
    assert full_digest(unpack(slim)) == content_digest(full)
    assert against_faults(slim, full, "s.zip", "f.zip") == []
    assert slimmed(full) == slim


def test_inputs_and_words_are_gone(full, slim):
    """No inputs; no free text or name of a person in records, people or results."""
    bundle = unpack(slim)
    assert (bundle.inputs, bundle.previous) == ({}, {})
    for row in table_texts(bundle.records["问题清单.csv"]):
        assert (row["问题内容"], row["整改措施"], row["责任人"]) == (None, None, None)
    for row in table_texts(bundle.people["审定结果.csv"]):
        assert (row["理由"], row["复核人"]) == (None, None)
    tables = read_tables(bundle.results)
    assert not any(row.scorer or row.reason for row in tables.ratings)
    assert not any(row.problem or row.owner or row.task_text for row in tables.tasks)
    reasons = [row["理由"] for row in table_texts(unpack(full).people["审定结果.csv"])]
    assert all(reasons)
    whole = b"".join(data for data in bundle.results.values())
    assert not any(reason.encode() in whole for reason in reasons)


def test_scores_and_reasons_stay(full, slim):
    """Points, stars, clauses, sources and rules are those of the full archive."""
    one, other = (read_tables(unpack(data).results) for data in (full, slim))
    assert [replace(row, reasons=None) for row in one.subjects] == [
        replace(row, reasons=None) for row in other.subjects
    ]
    assert one.items == other.items
    assert len(one.findings) == len(other.findings)
    for full_row, slim_row in zip(one.findings, other.findings, strict=True):
        assert replace(full_row, detail=None, text="") == replace(slim_row, detail=None, text="")


@pytest.mark.parametrize(
    "changes",
    [
        {"results": {"subjects.csv": b"\xef\xbb\xbfx\r\n"}},
        {"records": {"党组织.csv": b"\xef\xbb\xbfx\r\n"}},
    ],
)
def test_altered_tables_are_found_against_the_full(full, slim, changes):
    """A table altered in a slim archive that was packed anew is named."""
    altered = repacked(slim, **changes)
    assert verify(altered) == []
    (fault,) = against_faults(altered, full, "s.zip", "f.zip")
    assert fault.code == "A133"
    assert next(iter(next(iter(changes.values())))) in fault.message


@pytest.mark.parametrize(
    "changes",
    [
        {"rules": {"county-star/2023.yaml": b"x"}},
        {"plan": {"more.json": b"{}"}},
        {"inputs": {"a.csv": b""}},
        {"results": {"computed/items.csv": b""}, "people": {"x.csv": b""}},
    ],
)
def test_what_was_kept_whole_is_held_to_the_full_manifest(slim, changes):
    """Altered or added members are found without the full archive."""
    assert "A131" in codes(examine(repacked(slim, **changes)))


def test_lost_members_are_found(slim):
    """A member that the full archive has may not be missing."""
    bundle = unpack(slim)
    assert codes(examine(pack(replace(bundle, people={}, sm3=None)))) == ["A131"] * len(
        bundle.people
    )


def test_other_facts_are_found(slim):
    """Title and period are those of the full manifest."""
    bundle = unpack(slim)
    other = replace(bundle, facts=replace(bundle.facts, title="另一次"), sm3=None)
    assert codes(examine(pack(other))) == ["A131"]


@pytest.mark.parametrize("full_part", [{}, {"members": 3}, {"members": [{}]}, "x", []])
def test_foreign_manifests_inside_are_refused(slim, full_part):
    """Whatever stands where the full manifest should stand, there is a fault and no traceback."""
    made = pack(replace(unpack(slim), full=full_part, sm3=None))
    assert codes(examine(made)) == ["A131"]


def test_another_full_archive_is_refused(slim):
    """A slim archive held against another review says so."""
    town = pack(outcome("town-2023").bundle)
    assert codes(against_faults(slim, town, "s.zip", "t.zip")) == ["A132"]
    assert codes(against_faults(town, town, "t.zip", "t.zip")) == ["A131"]


def test_what_a_slim_archive_cannot_do(slim, tmp_path):
    """It is not slimmed again, not reproduced, and gives no facts to a later review."""
    with pytest.raises(ArchiveErrors, match="A131"):
        slimmed(slim)
    assert codes(reproduce(unpack(slim)).faults) == ["A301"]
    path = tmp_path / "slim.zip"
    path.write_bytes(slim)
    assert codes(read_archives([path]).faults) == ["A301"]


def test_the_manifest_inside_is_the_full_one(full, slim):
    """The content of the full manifest stands in the slim one, word for word."""
    inner = json.loads(json.dumps(unpack(slim).full))
    assert inner["review"]["title"] == unpack(full).facts.title
    assert {m["name"] for m in inner["members"]} >= {"inputs/inspection.xlsx"}
