"""The strict YAML profile: texts with places, and every refusal with its place."""

from __future__ import annotations

import copy

import pytest

from starrating.limits import MAX_RULE_BYTES, MAX_RULE_DEPTH
from starrating.origin import Origin
from starrating.yamltext import Declared, Listed, MappingNode, Scalar, ScalarNode, as_data, load


def read(text: str) -> Declared:
    """The data of a sound file."""
    node, faults = load(text.encode(), "r.yaml")
    assert faults == ()
    assert node is not None
    data = as_data(node)
    assert isinstance(data, Declared)
    return data


@pytest.mark.parametrize("text", ["0.1", "no", "2026.1", "2024-01-01", "1e3", "null", "~", "0x1F"])
def test_scalars_stay_text(text: str) -> None:
    """Nothing is typed by the reader, quoted or not."""
    assert read(f"甲: {text}") == {"甲": text}
    assert read(f"甲: '{text}'") == {"甲": text}


def test_quoted_is_remembered() -> None:
    """Both quotes and block texts count as quoted."""
    data = read("a: 1\nb: '1'\nc: \"1\"\nd: |\n  1\n")
    quoted = [value.quoted for value in data.values() if isinstance(value, Scalar)]
    assert quoted == [False, True, True, True]


def test_nothing_written_is_an_empty_text() -> None:
    """A key without a value holds an unquoted empty text."""
    node, _ = load(b"a:\nb: ''", "r.yaml")
    assert isinstance(node, MappingNode)
    assert node.get("a") == ScalarNode("", Origin("r.yaml", 1, 3), pieces=((0, 1, 3),))
    assert node.get("b") == ScalarNode("", Origin("r.yaml", 2, 4), quoted=True, pieces=((0, 2, 5),))
    assert node.get("c") is None


def test_places_count_characters() -> None:
    """Columns count characters, not bytes, behind Chinese keys."""
    data = read("甲乙: {丙: 丁}\n列: [一, 二]")
    inner = data["甲乙"]
    listed = data["列"]
    assert isinstance(inner, Declared)
    assert isinstance(listed, Listed)
    assert isinstance(listed[1], Scalar)
    assert (inner.origin.line, inner.origin.column) == (1, 5)
    assert str(inner.key_origins["丙"]) == "r.yaml:1:6"
    assert str(listed.origin) == "r.yaml:2:4"
    assert str(listed[1].origin) == "r.yaml:2:8"


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("a: 类型 = 党课", "党课", (1, 9)),
        ("a: '类型 = 党课'", "党课", (1, 10)),
        ("a: '类型 = ''党课'' or 乙'", "乙", (1, 20)),
        ('a: "类型\\t= \\"党课\\" or 乙"', "乙", (1, 21)),
        ("a: >\n  甲 or\n  乙 or\n    丙", "乙", (3, 3)),
        ("a: 甲 or\n   乙", "乙", (2, 4)),
        ("a: '甲 or\n   乙'", "乙", (2, 4)),
    ],
)
def test_place_inside_a_text(text: str, word: str, place: tuple[int, int]) -> None:
    """Each character of a text has its place, whatever the quotes and folds."""
    value = read(text)["a"]
    assert isinstance(value, Scalar)
    origin = value.at(value.index(word))
    assert (origin.line, origin.column) == place


def test_copies_keep_the_place() -> None:
    """A copy of the data is as good as the data."""
    value = copy.deepcopy(read("a: '1'"))["a"]
    assert isinstance(value, Scalar)
    assert value.quoted
    assert str(value.at(0)) == "r.yaml:1:5"


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: 1\nb: {c: 1, c: 2}", "R004", "2:11"),
        ("ａ: 1\na: 2", "R004", "2:1"),
        ("a: &x 1", "R005", "1:4"),
        ("a: *x", "R005", "1:4"),
        ("a: !!int 1", "R006", "1:4"),
        ("a: !mine 1", "R006", "1:4"),
        ("a: 1\n<<: {b: 2}", "R008", "2:1"),
        ("? [1]\n: 2", "R012", "1:3"),
        ("? {a: 1}\n: 2", "R012", "1:3"),
        ("'': 2", "R013", "1:1"),
        ("%YAML 1.1\n---\na: 1", "R015", "1:1"),
    ],
)
def test_faults_that_leave_a_document(text: str, code: str, place: str) -> None:
    """These are told with their place, and the rest of the file is still read."""
    node, faults = load(text.encode(), "r.yaml")
    assert node is not None
    assert [str(fault).split(" ")[:2] for fault in faults] == [[f"r.yaml:{place}:", code]]


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"#" * (MAX_RULE_BYTES + 1), "R001", ""),
        ("甲: 乙\n丙: ".encode() + "丁".encode("gbk"), "R002", ":2:4"),
        (b"a: 'x", "R003", ":1:6"),
        (b"a: [1\nb: 2", "R003", ":2:2"),
        (b"a: 1\n---\nb: 1", "R007", ":2:1"),
        (b"[" * (MAX_RULE_DEPTH + 9), "R009", f":1:{MAX_RULE_DEPTH + 1}"),
        (b"", "R011", ""),
        (b"# nothing\n", "R011", ""),
        ("a: 党\u200b课".encode(), "R014", ":1:5"),
        (b"a: \x07", "R014", ":1:4"),
    ],
)
def test_faults_that_leave_nothing(data: bytes, code: str, place: str) -> None:
    """After these no document is given."""
    node, faults = load(data, "r.yaml")
    assert node is None
    assert [str(fault).split(" ")[:2] for fault in faults] == [[f"r.yaml{place}:", code]]


def test_nodes_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of too many nodes is refused where the limit is passed."""
    monkeypatch.setattr("starrating.yamltext.MAX_RULE_NODES", 3)
    node, faults = load(b"[1, 2, 3]", "r.yaml")
    assert node is None
    assert str(faults[0]).startswith("r.yaml:1:8: R010")


@pytest.mark.parametrize(
    ("text", "slip"),
    [("a：1\nb: 2", "全角冒号"), ("a: [1，2\nb: 3", "全角逗号"), ("a:\n\tb: 1", "Tab")],
)
def test_slips_of_the_hand_are_named(text: str, slip: str) -> None:
    """The remedy names the full-width sign or the tab that stands near."""
    _, faults = load(text.encode(), "r.yaml")
    assert faults[0].code == "R003"
    assert slip in faults[0].remedy


def test_all_faults_at_once() -> None:
    """A file with several faults tells all of them, in order of place."""
    _, faults = load(b"a: 1\na: 2\nb: &x 1\nc: !t 3", "r.yaml")
    assert [fault.code for fault in faults] == ["R004", "R005", "R006"]


def test_byte_order_mark_is_tolerated() -> None:
    """Notepad's mark at the start is no part of the first key."""
    node, faults = load(b"\xef\xbb\xbfa: 1", "r.yaml")
    assert faults == ()
    assert isinstance(node, MappingNode)
    assert node.items[0][0] == ScalarNode("a", Origin("r.yaml", 1, 1), pieces=((0, 1, 1),))


@pytest.mark.parametrize("text", ["{甲: 2, 乙", "[甲", "甲: {乙", "{", '{甲: "乙'])
def test_an_unfinished_last_line_is_told(text):
    """A file that breaks off inside a bracket, without a line end, is R003 and no defect."""
    node, faults = load(text.encode(), "x.yaml")
    assert node is None
    assert [fault.code for fault in faults] == ["R003"]
