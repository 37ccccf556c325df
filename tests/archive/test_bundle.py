"""review.zip: one byte string for one archive, and refusal of everything else."""

import io
import json
import zipfile
from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.sample import FACTS, bundle, codes, rezipped, zip_bytes
from starrating.archive import bundle as module
from starrating.archive import canonical, manifest
from starrating.archive.bundle import (
    Bundle,
    content_digest,
    environment_facts,
    pack,
    packed,
    unpack,
    verify,
)
from starrating.archive.manifest import Facts
from starrating.archive.zipform import ArchiveErrors, zip_members
from starrating.faults import Level

DATA = pack(bundle())
MEMBERS = zip_members(DATA, "review.zip")
SMALL = pack(Bundle(Facts("t", "2023", *[date(2023, 1, 1)] * 3, "初评", "d")))


def test_round_trip():
    """Unpacking gives the bundle back, packing that gives the same bytes, verify finds nothing."""
    assert unpack(DATA) == bundle()
    assert pack(unpack(DATA)) == DATA
    assert verify(DATA) == []


def test_a_file_holds_what_is_packed(tmp_path):
    """An archive that is written straight to its file has the same bytes."""
    with (tmp_path / "review.zip").open("xb") as file:
        packed(bundle())(file)
    assert (tmp_path / "review.zip").read_bytes() == DATA


def test_order_of_mappings_does_not_matter():
    """Files given in another order make the same archive."""
    turned = bundle()
    other = bundle(
        inputs=dict(reversed(turned.inputs.items())), results=dict(reversed(turned.results.items()))
    )
    assert pack(other) == DATA


def test_canonical_order_and_storage():
    """Members are stored uncompressed, in their canonical order, with fixed attributes."""
    with zipfile.ZipFile(io.BytesIO(DATA)) as archive:
        infos = archive.infolist()
    folders = list(dict.fromkeys(info.filename.split("/")[0] for info in infos))
    assert folders == [
        "manifest.json", "README.txt", "plan", "rules", "inputs", "records", "people", "previous",
        "calendar", "results",
    ]  # fmt: skip
    for info in infos:
        assert (info.compress_type, info.date_time) == (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0))
        assert (info.external_attr, info.create_system) == (0o100644 << 16, 3)


def test_manifest_states_digests():
    """The manifest has SHA-256 and (where it can be had) SM3 of every other member."""
    document = json.loads(MEMBERS["manifest.json"])
    listed = {member["name"]: member["sha256"] for member in document["content"]["members"]}
    others = {name: data for name, data in MEMBERS.items() if name != "manifest.json"}
    assert listed == {name: canonical.sha256(data) for name, data in others.items()}
    if canonical.sm3(b"") is not None:
        assert document["sm3"] == {name: canonical.sm3(data) for name, data in others.items()}
    assert document["content"]["results"]["number"] == document["content"]["results"]["digest"][:12]


def test_environment_is_outside_the_content_digest():
    """Another Python or judge makes other bytes, but the same content digest."""
    other = pack(bundle(environment=environment_facts("durable")))
    assert other != DATA
    assert content_digest(other) == content_digest(DATA)


@pytest.mark.parametrize(
    "changes",
    [
        {"inputs": {"inspection.xlsx": b"PK\x03\x05", "附表/一.csv": b""}},
        {"facts": Facts("t", "2023", *[date(2023, 1, 1)] * 3, "初评", "d")},
        {"calendar": {}},
    ],
)
def test_content_digest_covers_content(changes):
    """Another file, fact or name changes the content digest."""
    assert content_digest(pack(bundle(**changes))) != content_digest(DATA)


def test_without_sm3(monkeypatch):
    """A machine without SM3 packs without it, verifies archives that have it, and keeps it."""
    monkeypatch.setattr(manifest, "sm3", lambda _: None)
    monkeypatch.setattr(module, "sm3", lambda _: None)
    assert verify(DATA) == []
    bare = pack(bundle())
    assert json.loads(zip_members(bare, "x")["manifest.json"])["sm3"] == {}
    monkeypatch.undo()
    assert verify(bare) == []
    assert content_digest(bare) == content_digest(DATA)


def test_readme_is_chinese():
    """README.txt says in Chinese what the archive is, for this review."""
    text = MEMBERS["README.txt"].decode("utf-8-sig")
    assert FACTS.title in text
    assert "复算" in text


@pytest.mark.parametrize(
    "name",
    ["../x", "/x", "a/../x", "a//x", "a\\x", "a/", ".", "..", "", "a\nb", "a\x00b", "x" * 2000],
)
def test_unsafe_names_are_refused(name):
    """Names that could leave the archive are refused when packing and when reading."""
    with pytest.raises(ArchiveErrors, match="A103"):
        pack(bundle(inputs={name: b""}))


@pytest.mark.parametrize(
    "name", ["../evil", "inputs/../../evil", "/etc/passwd", "inputs\\..\\evil"]
)
def test_traversal_is_refused(name):
    """A crafted archive with such a member is refused by that name."""
    assert "A103" in codes(rezipped([*MEMBERS.items(), (name, b"")]))


@pytest.mark.parametrize(
    "name", ["evil.exe", "results/evil.csv", "plan/a/plan.yaml", "records/x", "Inputs/x", "inputs"]
)
def test_unknown_members_are_refused(name):
    """A member this format does not know is refused."""
    assert "A106" in codes(rezipped([*MEMBERS.items(), (name, b"")]))


def test_members_not_in_the_manifest_are_refused():
    """A known name that the manifest does not list is refused, and so is a lost one."""
    added = dict(MEMBERS) | {"inputs/z.csv": b""}
    assert codes(zip_bytes(added)) == {"A112"}
    lost = {name: data for name, data in MEMBERS.items() if name != "plan/plan.yaml"}
    assert codes(zip_bytes(lost)) == {"A112"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicates_are_refused():
    """A name that stands twice is refused."""
    assert "A105" in codes(rezipped([*MEMBERS.items(), list(MEMBERS.items())[-1]]))


def test_links_are_refused():
    """A symbolic link, a device or a folder is no member."""

    def link(info):
        if info.filename == "inputs/inspection.xlsx":
            info.external_attr = 0o120777 << 16

    assert codes(rezipped(MEMBERS.items(), change=link)) == {"A104"}


def test_compressed_members_are_refused():
    """Compressed members, bombs among them, are refused before they are opened."""
    bomb = dict(MEMBERS) | {"inputs/inspection.xlsx": b"\0" * 10_000_000}
    found = codes(rezipped(bomb.items(), zipfile.ZIP_DEFLATED))
    assert found == {"A107"}


def test_order_is_refused():
    """Members in another order are refused."""
    assert "A109" in codes(rezipped(sorted(MEMBERS.items())))


@pytest.mark.parametrize("data", [b"x" + DATA, DATA + b"x", DATA + b"\0" * 40, b"MZ" * 50 + DATA])
def test_data_around_is_refused(data):
    """Bytes before or after the archive are refused."""
    assert codes(data) & {"A108", "A101"}


def test_comment_and_gap_are_refused():
    """An archive comment or bytes between members are refused."""
    target = io.BytesIO(DATA)
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b"hello"
    assert codes(target.getvalue()) == {"A108"}


@pytest.mark.parametrize("data", [b"", b"PK", b"hello" * 100, DATA[:-30], DATA[: len(DATA) // 2]])
def test_no_archives(data):
    """What is no zip at all is refused as such, with a remedy."""
    faults = verify(data)
    assert [fault.code for fault in faults] == ["A101"]
    assert faults[0].level is Level.FATAL
    assert faults[0].remedy


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace('"format":1', '"format":2'), "A111"),
        (lambda text: text.replace('"stage":"初评"', '"stage":"审定"'), "A115"),
        (lambda text: text.replace(",", ", ", 1), "A110"),
        (lambda text: text.replace('"judge":"native"', '"judge":1.5'), "A110"),
        (lambda text: "[" * 100_000, "A110"),
        (lambda text: "{}", "A110"),
        (lambda text: '{"content":{"format":1}}', "A110"),
    ],
)
def test_manifests_out_of_form(change, code):
    """A manifest that was edited is refused, each kind by its own code."""
    text = change(MEMBERS["manifest.json"].decode())
    assert codes(zip_bytes(dict(MEMBERS) | {"manifest.json": text.encode()})) == {code}


def test_edited_member():
    """An edited member names itself, in Chinese."""
    data = zip_bytes(dict(MEMBERS) | {"results/subjects.csv": b"x"})
    (fault,) = verify(data)
    assert fault.code == "A113"
    assert "results/subjects.csv" in fault.message


def test_extra_words_in_the_manifest_are_noticed():
    """A manifest that is consistent but says more than we write does not pack to equal bytes."""
    document = json.loads(MEMBERS["manifest.json"]) | {"note": "x"}
    data = zip_bytes(dict(MEMBERS) | {"manifest.json": canonical.canonical_json(document)})
    assert codes(data) == {"A116"}


def test_missing_manifest():
    """An archive without a manifest is refused."""
    rest = {name: data for name, data in MEMBERS.items() if name != "manifest.json"}
    assert codes(zip_bytes(rest)) == {"A110"}


def test_limits(monkeypatch):
    """Too many members or bytes are refused before anything is read."""
    monkeypatch.setattr("starrating.archive.zipform.MAX_ARCHIVE_MEMBERS", 3)
    assert codes(DATA) == {"A102"}
    monkeypatch.setattr("starrating.archive.zipform.MAX_ARCHIVE_BYTES", 10)
    assert codes(DATA) == {"A102"}
    monkeypatch.setattr("starrating.archive.bundle.MAX_ARCHIVE_MEMBERS", 3)
    with pytest.raises(ArchiveErrors, match="A102"):
        pack(bundle())


_PART = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="/\\"),
        min_size=1,
        max_size=20,
    )
    .map(lambda part: normalize("NFC", part))
    .filter(lambda part: part not in {".", ".."})
)
_FILES = st.dictionaries(
    st.lists(_PART, min_size=1, max_size=3).map("/".join), st.binary(max_size=60), max_size=4
)
_TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(inputs=_FILES, title=_TEXTS, environment=st.dictionaries(_TEXTS, _TEXTS, max_size=3))
def test_any_bundle_comes_back(inputs, title, environment):
    """Whatever names, bytes and facts a bundle has, it comes back and verifies."""
    facts = Facts(
        title, "2023H1", date(2023, 1, 1), date(2023, 6, 30), date(2023, 7, 7), "自评", ""
    )
    made = Bundle(facts, inputs=inputs, environment=environment)
    data = pack(made)
    assert unpack(data) == made
    assert verify(data) == []


@settings(max_examples=300, deadline=None)
@given(bit=st.integers(0, len(SMALL) * 8 - 1))
def test_every_flipped_bit_is_noticed(bit):
    """No bit of an archive can change unnoticed, and no change ends in a traceback."""
    flipped = bytearray(SMALL)
    flipped[bit // 8] ^= 1 << bit % 8
    assert verify(bytes(flipped))


@pytest.mark.slow
def test_really_every_flipped_bit_is_noticed():
    """The same, for each bit in turn."""
    for bit in range(len(SMALL) * 8):
        flipped = bytearray(SMALL)
        flipped[bit // 8] ^= 1 << bit % 8
        assert verify(bytes(flipped)), bit


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(SMALL)), st.integers(0, 60))
def test_any_splice_is_noticed(noise, at, length):
    """Replacing a stretch by other bytes is noticed unless it is the same stretch."""
    data = SMALL[:at] + noise + SMALL[at + length :]
    assert bool(verify(data)) == (data != SMALL)
