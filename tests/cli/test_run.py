"""What a run ends with, whatever happens: exit codes, the report of a defect."""

import json

import pytest

from starrating.cli import _run, check
from starrating.cli._defect import write_report


@pytest.fixture
def broken(monkeypatch):
    """A `check` that meets something nobody thought of."""

    def fail(**_options):
        raise RuntimeError("张三的手机号")

    monkeypatch.setattr(check.check, "callback", fail)


def test_no_command_prints_help(command):
    """`starrating` alone shows its help and counts as used wrongly."""
    ended = command()
    assert ended.code == 2
    assert "用法：" in ended.out


def test_version(command):
    """--version prints name and number."""
    ended = command("--version")
    assert ended.code == 0
    assert ended.out.startswith("starrating ")


def test_an_empty_path_is_none(command, tmp_path, monkeypatch):
    """`--out ""` is a variable left empty in a script: it must not mean the current folder."""
    monkeypatch.chdir(tmp_path)
    for words in (["review", "数据", "--out", ""], ["review", "", "--out", "结果"]):
        ended = command(*words)
        assert ended.code == 2
        assert "路径是空的" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_a_defect_makes_a_report(broken, command, tmp_path, monkeypatch):
    """An unexpected exception: 70, a Chinese line, a report in the current folder, no traceback."""
    monkeypatch.chdir(tmp_path)
    ended = command("check", "某村数据")
    assert ended.code == 70
    assert ended.out == ""
    assert "程序内部出错" in ended.err
    assert "Traceback" not in ended.err
    (report,) = tmp_path.iterdir()
    assert report.name in ended.err
    text = report.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "命令：check …" in text
    assert "某村数据" not in text


def test_a_defect_with_json(broken, command, tmp_path, monkeypatch):
    """With --json the document says 70 and where the report is."""
    monkeypatch.chdir(tmp_path)
    document = json.loads(command("check", "数据", "--json").out)
    assert document["exit_code"] == 70
    assert (tmp_path / document["report"]).exists()


def test_the_report_stands_beside_the_output(tmp_path, monkeypatch, command):
    """`review` puts its report beside the output folder, never into it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "results").mkdir()

    def fail(*_arguments, **_options):
        raise RuntimeError

    monkeypatch.setattr("starrating.cli.review.make_request", fail)
    assert command("review", "data", "--out", "results/out").code == 70
    assert [path.suffix for path in (tmp_path / "results").iterdir()] == [".txt"]


def test_a_report_finds_another_folder(tmp_path, monkeypatch):
    """Where the folder cannot be written, the report goes to the current one."""
    monkeypatch.chdir(tmp_path)
    path = write_report(ValueError("x"), ["check"], tmp_path / "nowhere")
    assert path is not None
    assert path.resolve().parent == tmp_path


def test_the_same_defect_makes_the_same_file(tmp_path):
    """The name of a report comes from what it says, not from the clock."""
    error = ValueError("x")
    first = write_report(error, ["check", "a"], tmp_path)
    assert write_report(error, ["check", "b"], tmp_path) == first


def test_interrupting_is_no_defect(monkeypatch, command, tmp_path):
    """Ctrl+C: 130 and one Chinese line."""
    monkeypatch.chdir(tmp_path)

    def stop(**_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(check.check, "callback", stop)
    ended = command("check", "数据")
    assert (ended.code, ended.err.strip()) == (130, "已中断，没有写入任何结果。")
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_left_is_no_defect(monkeypatch, command):
    """A closed pipe (`| head`) ends quietly."""

    def closed(**_options):
        raise BrokenPipeError

    monkeypatch.setattr(check.check, "callback", closed)
    monkeypatch.setattr(_run._terminal, "drop", lambda _stream: None)
    ended = command("check", "数据")
    assert (ended.code, ended.err) == (0, "")


def test_usage_errors_with_json(command):
    """With --json a usage error is one document too."""
    ended = command("check", "--json")
    assert ended.code == 2
    document = json.loads(ended.out)
    assert document["exit_code"] == 2
    assert "缺少参数" in document["error"]
