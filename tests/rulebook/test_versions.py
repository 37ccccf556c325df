"""Versions on the shelf: what is found, what clashes, what is chosen and why."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from starrating.rulebook._heads import read_head
from starrating.rulebook.versions import Shelf, find_rulebooks, folder_of

END = date(2023, 12, 31)


def put(folder: Path, place: str, force: str, more: str = "") -> None:
    """Write the head of a rulebook at `<id>/<version>.yaml`."""
    own_id, version = place.removesuffix(".yaml").split("/")
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'format: 1\nid: {own_id}\nversion: "{version}"\ntitle: 细则\nin_force: {force}\n{more}',
        "utf-8",
    )


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Three versions of one id, and a library."""
    folder = tmp_path / "rules"
    put(folder, "town/2024.yaml", "{from: 2024-01-01}")
    put(folder, "town/2022.yaml", "{from: 2022-01-01, until: 2022-12-31}")
    put(folder, "town/2023.yaml", "{from: 2023-01-01, until: 2023-12-31}")
    put(folder, "base/2018.yaml", "{from: 2018-10-28}", "library: true")
    return folder


def codes(shelf: Shelf) -> list[str]:
    """The codes found, with their places."""
    return [f"{fault.code} {fault.origin}" for fault in shelf.faults]


def test_order_is_by_id_then_day(rules: Path) -> None:
    """The order of the file system plays no part."""
    shelf = find_rulebooks(rules)
    assert [head.reference for head in shelf.heads] == [
        "base@2018", "town@2022", "town@2023", "town@2024",
    ]  # fmt: skip
    assert shelf.faults == ()
    assert shelf.ids() == ("base", "town")
    assert shelf.heads[1].shown == "rules/town/2022.yaml"
    assert shelf.path("town", "2023") == rules / "town" / "2023.yaml"
    assert shelf.path("town", "2019") is None


def test_the_version_in_force_is_chosen(rules: Path) -> None:
    """The last day of the period decides, and the sentence says so."""
    choice = find_rulebooks(rules).choose("town", END)
    assert choice.head is not None
    assert choice.head.version == "2023"
    assert choice.sentence == (
        "采用 town 2023 版《细则》：考核期末日 2023-12-31 在其施行期内（2023-01-01至2023-12-31）。"
    )


def test_open_end_is_in_force(rules: Path) -> None:
    """A version without `until` stays in force."""
    choice = find_rulebooks(rules).choose("town", date(2031, 6, 30))
    assert choice.head is not None
    assert choice.head.version == "2024"
    assert "2024-01-01起长期" in choice.sentence


def test_a_named_version_is_taken_with_a_warning(rules: Path) -> None:
    """The plan may name a version; outside its days it warns."""
    choice = find_rulebooks(rules).choose("town", END, "2022")
    assert choice.head is not None
    assert choice.head.version == "2022"
    assert [fault.code for fault in choice.faults] == ["R412"]
    assert find_rulebooks(rules).choose("town", END, "2023").faults == ()


@pytest.mark.parametrize(
    ("rulebook", "day", "version", "code", "remedy"),
    [
        ("town", date(2021, 12, 31), None, "R408", "town 2022 版（2022-01-01至2022-12-31）"),
        ("towm", END, None, "R410", "是否想写 town？"),
        ("town", END, "2019", "R411", "2023 版"),
        ("base", END, None, "R414", "计划"),
    ],
)
def test_nothing_can_be_chosen(
    rules: Path, *, rulebook: str, day: date, version: str | None, code: str, remedy: str
) -> None:
    """Each reason has its code and says what there is."""
    choice = find_rulebooks(rules).choose(rulebook, day, version)
    assert choice.head is None
    assert choice.faults[0].code == code
    assert remedy in choice.faults[0].remedy


def test_the_only_rulebook_is_chosen_when_none_is_named(rules: Path) -> None:
    """Libraries do not count; two ids in force are too many, none is too few."""
    assert find_rulebooks(rules).choose_only(END).head == find_rulebooks(rules).find("town", "2023")
    assert find_rulebooks(rules).choose_only(date(2000, 1, 1)).faults[0].code == "R416"
    put(rules, "weak/2023.yaml", "{from: 2023-01-01}")
    assert find_rulebooks(rules).choose_only(END).faults[0].code == "R415"


@pytest.mark.parametrize("until", ["", ", until: 2023-03-01", ", until: 2023-01-01"])
def test_overlaps_are_errors(tmp_path: Path, until: str) -> None:
    """Two versions of one id never share a day."""
    put(tmp_path, "town/1.yaml", f"{{from: 2022-01-01{until}}}")
    put(tmp_path, "town/2.yaml", "{from: 2023-01-01}")
    shelf = find_rulebooks(tmp_path, "rules")
    assert codes(shelf) == ["R406 rules/town/2.yaml:5:11"]
    assert "until" in shelf.faults[0].remedy


def test_an_overlap_with_an_older_version_is_seen(tmp_path: Path) -> None:
    """The version that ends last counts, not only the neighbour."""
    put(tmp_path, "town/1.yaml", "{from: 2020-01-01, until: 2025-12-31}")
    put(tmp_path, "town/2.yaml", "{from: 2021-01-01, until: 2021-12-31}")
    put(tmp_path, "town/3.yaml", "{from: 2024-01-01}")
    shelf = find_rulebooks(tmp_path)
    assert [fault.code for fault in shelf.faults] == ["R406", "R406"]
    assert shelf.choose("town", date(2024, 5, 1)).faults[0].code == "R409"


def test_gaps_are_warned_of(tmp_path: Path) -> None:
    """Days without a version are told; neighbours without a gap are not."""
    put(tmp_path, "town/1.yaml", "{from: 2021-01-01, until: 2021-12-31}")
    put(tmp_path, "town/2.yaml", "{from: 2022-01-01, until: 2022-12-30}")
    put(tmp_path, "town/3.yaml", "{from: 2023-01-01}")
    shelf = find_rulebooks(tmp_path)
    assert [(fault.code, fault.level.value) for fault in shelf.faults] == [("R407", "warning")]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("town/1.yaml", 'id: town\nversion: "1"\ntitle: 甲', ["R401 rules/town/1.yaml:1:1"]),
        (
            "town/1.yaml",
            'id: town\nversion: "1"\ntitle: 甲\nin_force: {from: 2023-13-01}',
            ["R402 rules/town/1.yaml:4:18"],
        ),
        (
            "town/1.yaml",
            'id: town\nversion: "1"\ntitle: 甲\nin_force: {from: 2023-02-01, until: 2023-01-01}',
            ["R402 rules/town/1.yaml:4:11"],
        ),
        (
            "village/2.yaml",
            'id: town\nversion: "1"\ntitle: 甲\nin_force: {from: 2023-01-01}',
            ["R403 rules/village/2.yaml", "R404 rules/village/2.yaml"],
        ),
        ("town/1.yaml", "- 1", ["R401 rules/town/1.yaml"]),
        ("town/1.yaml", "a: [", ["R003 rules/town/1.yaml:2:1"]),
        (".town/1.yaml", "a: [", ["R413 rules"]),
    ],
)
def test_faults_of_heads(tmp_path: Path, name: str, text: str, expected: list[str]) -> None:
    """A head that cannot be read, or lies in the wrong place, is told with its place."""
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    assert codes(find_rulebooks(tmp_path, "rules")) == expected


@pytest.mark.parametrize("name", ["2025.yaml.txt", "2025.yml", "2025.YML.TXT"])
def test_a_rule_file_under_another_ending_is_told(rules: Path, name: str) -> None:
    """R420 says the name wanted, also where the year looked for stands in that file."""
    (rules / "town" / name).write_text("format: 1", "utf-8")
    shelf = find_rulebooks(rules, "rules")
    assert codes(shelf) == [f"R420 rules/town/{name}"]
    assert "改名为 2025.yaml" in shelf.faults[0].remedy
    assert "R420" in [fault.code for fault in shelf.choose("town", END).faults]


def test_a_folder_with_only_a_misnamed_file_names_it(tmp_path: Path) -> None:
    """Not R413, which would say that there is nothing."""
    (tmp_path / "2024.yaml.txt").write_text("format: 1", "utf-8")
    assert codes(find_rulebooks(tmp_path, "rules")) == ["R420 rules/2024.yaml.txt"]


def test_a_broken_file_of_the_id_is_told_when_choosing(rules: Path) -> None:
    """The file that cannot be read may be the very version that is wanted."""
    (rules / "town" / "2023.yaml").write_text("a: [", "utf-8")
    choice = find_rulebooks(rules).choose("town", END)
    assert [fault.code for fault in choice.faults] == ["R408", "R003"]


def test_one_id_in_its_own_folder(rules: Path) -> None:
    """The folder of one id can be named as well; the same version twice is an error."""
    assert len(find_rulebooks(rules / "town").heads) == 3
    (rules / "2023.yaml").write_bytes((rules / "town" / "2023.yaml").read_bytes())
    assert [fault.code for fault in find_rulebooks(rules).faults] == ["R405"]


@pytest.mark.parametrize(
    ("file", "folder"),
    [
        ("rules/town/2023.yaml", "rules"),
        ("rules/domains/rural/2024.yaml", "rules"),
        ("office/rules/2023/rules/town/2023.yaml", "office/rules/2023/rules"),
        ("my/town/2023.yaml", "my"),
        ("town/2023.yaml", "."),
    ],
)
def test_the_folder_a_file_stands_in(file: str, folder: str) -> None:
    """The nearest folder named rules, at any depth; without one, the folder above the file's own."""
    assert folder_of(Path(file)) == Path(folder)


@pytest.fixture
def quarterly(tmp_path: Path) -> Path:
    """A sheet that is issued anew each quarter."""
    folder = tmp_path / "rules"
    ends = ("03-31", "06-30", "09-30", "12-31")
    for number, (begin, end) in enumerate(zip(("01", "04", "07", "10"), ends, strict=True), 1):
        put(folder, f"town/2024-{number}.yaml", f"{{from: 2024-{begin}-01, until: 2024-{end}}}")
    return folder


@pytest.mark.parametrize(
    ("end", "version"),
    [
        (date(2024, 3, 31), "2024-1"),
        (date(2024, 6, 30), "2024-2"),
        (date(2024, 9, 30), "2024-3"),
        (date(2024, 12, 31), "2024-4"),
    ],
)
def test_a_sheet_of_each_quarter(quarterly: Path, end: date, version: str) -> None:
    """The review of a quarter takes the sheet of that quarter, however long ago."""
    shelf = find_rulebooks(quarterly)
    assert shelf.faults == ()
    chosen = shelf.choose("town", end)
    assert chosen.head is not None
    assert chosen.head.version == version


def test_stretches_show_gaps_and_overlaps(tmp_path: Path) -> None:
    """The time is cut where a version begins or ends; nothing and two at once are seen."""
    put(tmp_path, "town/1.yaml", "{from: 2022-01-01, until: 2022-12-31}")
    put(tmp_path, "town/2.yaml", "{from: 2023-04-01, until: 2023-12-31}")
    put(tmp_path, "town/3.yaml", "{from: 2023-10-01}")
    found = [
        (stretch.begin, stretch.until, [head.version for head in stretch.heads])
        for stretch in find_rulebooks(tmp_path).stretches("town")
    ]
    assert found == [
        (date(2022, 1, 1), date(2022, 12, 31), ["1"]),
        (date(2023, 1, 1), date(2023, 3, 31), []),
        (date(2023, 4, 1), date(2023, 9, 30), ["2"]),
        (date(2023, 10, 1), date(2023, 12, 31), ["2", "3"]),
        (date(2024, 1, 1), None, ["3"]),
    ]


def test_a_file_below_the_root_of_all_files_stands_in_its_own_folder() -> None:
    """Not everything there is is searched for rulebooks."""
    assert folder_of(Path("/invented/x.yaml")) == Path("/invented")
    assert folder_of(Path("/books/x/1.yaml")) == Path("/books")
    assert folder_of(Path("/a/rules/deep/x/1.yaml")) == Path("/a/rules")


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_file_that_can_not_be_read_is_told_as_such(tmp_path: Path) -> None:
    """R210 with the system's reason, not that its head lacks a line."""
    (tmp_path / "town").mkdir()
    (tmp_path / "town" / "2024.yaml").symlink_to("2024.yaml")
    faults = read_head(tmp_path / "town" / "2024.yaml", "town/2024.yaml")[1]
    assert [fault.code for fault in faults] == ["R210"]


def test_many_versions_are_not_all_listed(tmp_path: Path) -> None:
    """R410 names the first few ids and how many there are."""
    for number in range(20):
        put(tmp_path, f"book{number:02}/2023.yaml", "{from: 2023-01-01}")
    fault = find_rulebooks(tmp_path).choose("别的", END).faults[0]
    assert (fault.code, fault.remedy.count("、")) == ("R410", 5)
    assert fault.remedy.endswith(" 等20个")
