"""The bar: after two seconds, with rate and time left, on stderr, gone when the work is done."""

import io

from starrating.cli._progress import Bar
from starrating.progress import counted, listening, tell


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
