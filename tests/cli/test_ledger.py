"""`starrating archive add|list|history|find` as a clerk types them."""

import json

import pytest

from ledger.sample import archive, ledger
from results.sample import results
from starrating.cli import run
from starrating.ledger import examine
from starrating.ledger.chain import ARCHIVES


@pytest.fixture
def folder(tmp_path):
    ledger(tmp_path / "台账")
    return tmp_path / "台账"


def given(tmp_path, year=2024, **changes):
    path = tmp_path / "review.zip"
    path.write_bytes(archive(year, **changes))
    return str(path)


def test_add_prints_the_head_to_keep(folder, tmp_path, capsys):
    """The number of the entry, and the hash that is to be kept elsewhere."""
    assert run(["archive", "add", given(tmp_path), "--ledger", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "第 4 号" in out
    assert examine(folder).head in out


def test_add_refuses_what_does_not_verify(folder, tmp_path):
    """Exit code 5."""
    path = tmp_path / "bad.zip"
    path.write_bytes(archive()[:-1])
    assert run(["archive", "add", str(path), "--ledger", str(folder)]) == 5
    assert len(examine(folder).entries) == 3


def test_add_again_is_no_failure(folder, tmp_path, capsys):
    """A clerk who is not sure may ask again."""
    assert run(["archive", "add", given(tmp_path, 2023), "--ledger", str(folder)]) == 0
    assert "没有重复登记" in capsys.readouterr().out


def test_list_shows_every_entry(folder, capsys):
    """One line each, and that the tail is not proved without a head."""
    assert run(["archive", "list", "--ledger", str(folder)]) == 0
    told = capsys.readouterr()
    assert all(entry.result_number in told.out for entry in examine(folder).entries)
    assert "--head" in told.err


def test_list_names_what_is_wrong(folder, capsys):
    """A missing archive: told by number, exit code 5."""
    next((folder / ARCHIVES).glob("0002-*")).unlink()
    assert run(["archive", "list", "--ledger", str(folder)]) == 5
    assert "第2号的档案不见了" in capsys.readouterr().err


def test_list_with_a_head_that_is_not_there(folder, capsys):
    """Exit code 5."""
    assert run(["archive", "list", "--ledger", str(folder), "--head", "0" * 20 + "1"]) == 5
    assert "A409" in capsys.readouterr().err


def test_no_ledger_is_data_that_cannot_be_used(tmp_path):
    """Exit code 3."""
    assert run(["archive", "list", "--ledger", str(tmp_path)]) == 3


def test_list_as_json(folder, capsys):
    """One document with entries and head."""
    assert run(["archive", "list", "--ledger", str(folder), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["count"], document["head"]) == (3, examine(folder).head)
    assert [entry["entry"] for entry in document["entries"]] == [1, 2, 3]


def test_find_says_where_the_archive_lies(folder, capsys):
    """By the number printed on the cover, or its beginning."""
    entry = examine(folder).entries[0]
    assert run(["archive", "find", entry.result_number[:8], "--ledger", str(folder)]) == 0
    assert entry.file in capsys.readouterr().out


def test_find_nothing(folder, capsys):
    """Exit code 2, as for an unknown organisation."""
    assert run(["archive", "find", "000000000000", "--ledger", str(folder)]) == 2
    assert "A417" in capsys.readouterr().err


def test_find_asks_for_six_digits(folder):
    """Fewer mean too much."""
    assert run(["archive", "find", "000", "--ledger", str(folder)]) == 2


def test_history_shows_the_years(folder, capsys):
    """One line an archive."""
    code = results(3).subjects[0].code
    assert run(["archive", "history", code, "--ledger", str(folder)]) == 0
    out = capsys.readouterr().out
    assert all(year in out for year in ("2021", "2022", "2023"))


def test_history_as_json(folder, capsys):
    """Totals are texts."""
    row = results(3).subjects[0]
    assert run(["archive", "history", row.code, "--ledger", str(folder), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)["standings"][0]
    assert (first["period"], first["star"], first["total_low"]) == (
        "2021", row.star, f"{row.total_low:f}",
    )  # fmt: skip


def test_history_of_nobody(folder, capsys):
    """Exit code 2; the ledger does not hold it, whatever its archives are called."""
    assert run(["archive", "history", "无此支部", "--ledger", str(folder)]) == 2
    assert f"{folder.as_posix()}: A303 台账中没有党组织“无此支部”" in capsys.readouterr().err
