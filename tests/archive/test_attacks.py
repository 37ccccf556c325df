"""Attacks on archives: whatever is done to one, it is noticed, told clearly, and writes nothing.

Every single bit of a small archive is flipped in test_bundle.py (slow); here are the large ones.
"""

import random
import struct
import zipfile
from dataclasses import replace
from unicodedata import normalize

import pytest

from archive.sample import bundle, codes, rezipped, zip_bytes
from reviews import outcome
from starrating.archive.bundle import pack, verify
from starrating.archive.examine import examine
from starrating.archive.zipform import zip_members
from starrating.cli import run

DATA = pack(bundle())
MEMBERS = zip_members(DATA, "review.zip")
NFC = "inputs/Zürich.csv"
NFD = normalize("NFD", NFC)


def flipped(data, bit):
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


# --- bits -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["town-2023", "county-mixed"])
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_flipped_bits_of_large_archives(name, seed):
    """A seeded sample of single bits of a whole review: every one is noticed."""
    data = pack(outcome(name).bundle)
    drawn = random.Random(seed).sample(range(len(data) * 8), 60 if seed == 1 else 1_000)
    assert [bit for bit in drawn if not verify(flipped(data, bit))] == []


def test_bits_of_the_frame():
    """Each bit of the first header and of the last listing entries is noticed."""
    frame = [*range(400), *range(len(DATA) * 8 - 800, len(DATA) * 8)]
    assert [bit for bit in frame if not verify(flipped(DATA, bit))] == []


@pytest.mark.parametrize("cut", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_truncated(cut):
    """However much of the end is missing."""
    assert codes(DATA[: int(len(DATA) * cut)]) == {"A101"}


# --- members --------------------------------------------------------------------------------------


def test_swapped():
    """Two members whose contents changed places are both named."""
    swapped = dict(MEMBERS)
    one, two = "results/items.csv", "results/findings.csv"
    swapped[one], swapped[two] = swapped[two], swapped[one]
    assert [(f.code, f.origin.sheet) for f in verify(zip_bytes(swapped))] == [
        ("A113", two),
        ("A113", one),
    ]


def test_swapped_with_another_review():
    """A member of another review is not accepted, though it is well formed."""
    other = zip_members(pack(bundle(plan={"plan.yaml": b"title: y\n"})), "x")
    mixed = {**MEMBERS, "plan/plan.yaml": other["plan/plan.yaml"]}
    assert codes(zip_bytes(mixed)) == {"A113"}


def test_the_manifest_of_another_review():
    """Another review's manifest does not fit these members."""
    other = zip_members(pack(bundle(plan={"plan.yaml": b"title: y\n"})), "x")
    assert codes(zip_bytes({**MEMBERS, "manifest.json": other["manifest.json"]})) == {"A113"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("place", ["first", "last"])
def test_two_manifests(place):
    """A second manifest is refused wherever it stands."""
    second = ("manifest.json", b"{}")
    members = [second, *MEMBERS.items()] if place == "first" else [*MEMBERS.items(), second]
    assert "A105" in codes(rezipped(members))


@pytest.mark.parametrize("name", ["plan/manifest.json", "MANIFEST.json", "inputs/../manifest.json"])
def test_manifests_elsewhere(name):
    """A manifest under another name is no manifest, and not listed."""
    assert codes(rezipped([*MEMBERS.items(), (name, MEMBERS["manifest.json"])]))


def test_decomposed_names_are_refused():
    """A name in decomposed form (NFD) looks like another and is refused by its own code."""
    with_nfc = pack(bundle(inputs={NFC.removeprefix("inputs/"): b"x"}))
    assert verify(with_nfc) == []
    members = [(NFD if n == NFC else n, d) for n, d in zip_members(with_nfc, "x").items()]
    assert "A117" in codes(rezipped(members))
    twins = [*zip_members(with_nfc, "x").items(), (NFD, b"y")]
    assert "A117" in codes(rezipped(twins))


def test_names_that_differ_in_the_local_header():
    """A reader that goes by the local headers would see another name: refused."""
    at = DATA.index(b"plan/plan.yaml")
    assert codes(DATA[:at] + b"plan/evil.yaml" + DATA[at + 14 :]) & {"A101", "A113"}


def test_overlapping_members():
    """Two names over the same bytes (a bomb without compression) are refused."""
    members = list(MEMBERS.items())[:3]
    data = bytearray(rezipped(members))
    listing = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", listing + 4)
    struct.pack_into("<I", data, second + 42, 0)
    assert verify(bytes(data))


def test_sizes_that_lie():
    """A listing that claims gigabytes is refused before anything is read."""
    data = bytearray(DATA)
    entry = data.index(b"PK\x01\x02")
    struct.pack_into("<II", data, entry + 20, 0xFFFFFFF0, 0xFFFFFFF0)
    assert "A102" in codes(bytes(data))


def test_recompressed():
    """Compressed anew, with the same members: refused, and told what to do."""
    told = verify(rezipped(MEMBERS.items(), zipfile.ZIP_DEFLATED))
    assert {fault.code for fault in told} == {"A107"}
    assert "原始档案" in told[0].remedy


@pytest.mark.parametrize(
    "change",
    [
        lambda info: setattr(info, "date_time", (2024, 1, 1, 0, 0, 0)),
        lambda info: setattr(info, "create_system", 0),
        lambda info: setattr(info, "comment", b"x"),
        lambda info: setattr(info, "extra", b"\x99\x99\x01\x00x"),
    ],
)
def test_other_zip_forms(change):
    """The same members in any other zip form are another byte string, and noticed."""
    assert verify(rezipped(MEMBERS.items(), change=change))


# --- structure ------------------------------------------------------------------------------------


def test_a_whole_review_is_complete():
    """Nothing is missing in the archive of a review."""
    assert examine(pack(outcome("town-2023").bundle)) == []


@pytest.mark.parametrize(
    ("lost", "word"),
    [("plan", "plan.json"), ("rules", "细则"), ("inputs", "原始文件"), ("records", "党组织"),
     ("results", "results")],
)  # fmt: skip
def test_what_is_left_out_is_named(lost, word):
    """A folder left out of a consistent archive is named in Chinese."""
    made = pack(replace(outcome("county-mixed").bundle, **{lost: {}}))
    found = examine(made)
    assert {fault.code for fault in found} == {"A118"}
    assert any(word in fault.message for fault in found)


def test_another_plan_is_found():
    """The plan must be the one whose digest the manifest states."""
    own = outcome("county-mixed").bundle
    made = pack(replace(own, plan={**own.plan, "plan.json": b"{}"}))
    assert [fault.code for fault in examine(made)] == ["A118"]


# --- nothing is written ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../evil.yaml", "rules/../../evil.yaml", "/evil.yaml"])
def test_nothing_is_written_outside(name, tmp_path, monkeypatch):
    """No command on a crafted archive leaves a file anywhere but in its own target."""
    folder = tmp_path / "deep" / "work"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    (folder / "evil.zip").write_bytes(rezipped([*MEMBERS.items(), (name, b"x")]))
    for words in (
        ["archive", "verify", "evil.zip"],
        ["archive", "reproduce", "evil.zip"],
        ["archive", "slim", "evil.zip", "--out", "slim.zip"],
    ):
        assert run(words) == 5
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["evil.zip"]
