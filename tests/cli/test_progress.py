"""The bar: after two seconds, with rate and time left, on stderr, gone when the work is done."""

import io
from pathlib import Path

import pytest

from starrating.cli._progress import Bar
from starrating.progress import counted, listening, tell

ROOT = Path(__file__).parents[2]


class Screen(io.StringIO):
    def isatty(self):
        return True


def shown(times, stream):
    """What is shown of ten things of which one is done a second."""
    now = iter(times)
    bar = Bar(stream, lambda: next(now))
    for done in range(len(times) - 1):
        bar("评定", done, 10, "个党组织")
    return stream.getvalue()


def test_nothing_is_shown_in_the_first_two_seconds():
    """Short work is silent."""
    assert shown([0, 0, 1, 1.9], Screen()) == ""


def test_rate_and_time_left_stand_on_the_line():
    """Four of ten after four seconds: one a second, six seconds left."""
    last = shown([0, 0, 1, 2, 3, 4], Screen()).rsplit("\r", 1)[-1]
    assert last == "评定 [#########...............] 4/10 个党组织，每秒 1.0 个党组织，约剩 6 秒"


def test_a_finished_bar_leaves_the_line_empty():
    """The last thing written wipes the line."""
    text = shown([0, *range(12)], Screen())
    assert text.endswith(" \r")
    assert "10/10" not in text


def test_where_no_screen_is_a_line_comes_now_and_then():
    """Nothing is drawn over: ten seconds lie between two lines."""
    lines = shown([0, *[each * 3 for each in range(10)]], io.StringIO()).splitlines()
    assert [line.split("]")[1].split()[0] for line in lines] == ["1/10", "5/10", "9/10"]


def test_who_listens_hears_and_nobody_afterwards():
    """Listening ends with its block."""
    heard = []
    with listening(lambda *told: heard.append(told)):
        assert list(counted("读取", ["甲", "乙"], "段")) == ["甲", "乙"]
    tell("读取", 1, 2)
    assert heard == [("读取", 0, 2, "段"), ("读取", 1, 2, "段"), ("读取", 2, 2, "段")]


def test_work_inside_work_is_not_told():
    """Of 检验 one hears how many cases are done, not how far the review of each is."""
    heard = []
    with listening(lambda *told: heard.append(told)):
        for _ in counted("检验", [1], "个案例"):
            assert list(counted("评定", [1, 2, 3])) == [1, 2, 3]
        tell("评定", 1, 3)
    assert heard == [("检验", 0, 1, "个案例"), ("检验", 1, 1, "个案例"), ("评定", 1, 3, "个")]


@pytest.mark.parametrize(
    ("words", "what", "unit"),
    [
        (("check", "rules/weak-and-lax/2023.yaml"), "检查规则", "个文件"),
        (("test", "rules/weak-and-lax/2023.yaml"), "检验 weak-and-lax@2023", "个案例"),
    ],
)
def test_long_commands_tell_how_far_they_are(words, what, unit, command, monkeypatch):
    """Each says what it does, how much is done of how much, and in what it counts."""
    heard = []
    monkeypatch.setattr("starrating.cli._run.BAR", lambda *told: heard.append(told))
    monkeypatch.chdir(ROOT)
    assert command("rules", *words).code == 0
    done, all_ = heard[-1][1:3]
    assert (heard[0], heard[-1]) == ((what, 0, all_, unit), (what, done, done, unit))


def test_the_next_piece_of_work_begins_anew():
    """Work of the same name that begins later is silent again at first."""
    now = iter([0, 0, 5, 6, 7])
    stream = Screen()
    bar = Bar(stream, lambda: next(now))
    bar("评定", 0, 2, "个")
    bar("评定", 2, 2, "个")
    bar("评定", 0, 2, "个")
    bar("评定", 1, 2, "个")
    assert stream.getvalue() == ""
