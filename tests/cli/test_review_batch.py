"""`starrating review` of partitioned Parquet."""

import json

from batch.made import batch, rules
from batch.test_run import invented


def test_a_batch_from_the_command_line(command, tmp_path):
    """The summary counts what was written; stdout is one document with --json."""
    book, data = rules(tmp_path), batch(tmp_path, invented(3), 2)
    out = tmp_path / "out"
    ended = command("review", data, "--rules", book, "--out", out)
    assert ended.code == 0
    assert "党组织 24 个，分 2 块" in ended.out
    assert sorted(path.name for path in (out / "subjects").iterdir()) == [
        "part-0.parquet",
        "part-1.parquet",
    ]
    again = command("review", data, "--rules", book, "--out", out, "--json")
    document = json.loads(again.out)
    assert (document["parts"], document["subjects"]) == (2, 24)


def test_a_folder_of_others_is_left_alone(command, tmp_path):
    """Exit 2; what lies there stays."""
    book, data = rules(tmp_path), batch(tmp_path, invented(3))
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine", "utf-8")
    ended = command("review", data, "--rules", book, "--out", out)
    assert ended.code == 2
    assert (out / "mine.txt").read_text("utf-8") == "mine"


def test_nothing_is_written_where_the_data_are_unusable(command, tmp_path):
    """Exit 3 with the code and the part."""
    book, data = rules(tmp_path), batch(tmp_path, invented(3), 2)
    (data / "检查记录" / "part-1.parquet").unlink()
    ended = command("review", data, "--rules", book, "--out", tmp_path / "out")
    assert ended.code == 3
    assert "D701" in ended.err
    assert not (tmp_path / "out").exists()
