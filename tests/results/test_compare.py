"""Two reviews compared: what differs, and whether only in wording."""

import pytest

from results.sample import results
from starrating.results.columns import FILES as FILES_OUT
from starrating.results.compare import differences, is_wording
from starrating.results.tables import COMPUTED, MalformedTable, result_files

FILES = result_files(results(6))


def edited(name, old, new, count=1):
    data = FILES[name].decode()
    assert old in data
    return {**FILES, name: data.replace(old, new, count).encode()}


def test_equal():
    """Equal files have no differences."""
    assert differences(FILES, dict(FILES)) == ()


def test_one_cell():
    """A changed cell is named with its row, its column and both values."""
    row = results(6).items[0]
    line = f"{row.rulebook},{row.code},{row.item},{row.title},{row.points},{row.score_low}"
    found = differences(FILES, edited("items.csv", line, line + "9"))
    said = (
        f"党组织 {row.code}，项目 {row.item}：得分下限 当时 {row.score_low}，现在 {row.score_low}9"
        f"（items.csv {row.rulebook} {row.code} {row.item}）"
    )
    assert [str(each) for each in found] == [said]
    assert (found[0].subject, found[0].item) == (row.code, row.item)
    assert not is_wording(found[0])


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("findings.csv", "起评分", "起始分"), ("faults.csv", "请改为全称", "改为全称")],
)
def test_wording(name, old, new):
    """Sentences of findings and faults are wording; message codes and details are meaning."""
    found = differences(FILES, edited(name, old, new))
    assert found
    assert all(is_wording(each) for each in found)


def test_rows():
    """A row of one review alone is a difference, either way round; so is another order."""
    lines = FILES["tasks.csv"].splitlines(keepends=True)
    less = {**FILES, "tasks.csv": b"".join(lines[:-1])}
    (gone,), (come,) = differences(FILES, less), differences(less, FILES)
    assert "当时有、现在没有" in str(gone)
    assert "当时没有、现在有" in str(come)
    turned = {**FILES, "tasks.csv": b"".join([lines[0], *reversed(lines[1:])])}
    assert [str(each) for each in differences(FILES, turned)] == ["tasks.csv：行的次序不同"]


def test_rows_about_the_same():
    """Two rows about the same thing are told apart by their order."""
    lines = FILES["flags.csv"].splitlines(keepends=True) or [b""]
    twice = {**FILES, "flags.csv": b"".join([*lines, lines[-1]])}
    assert len(differences(FILES, twice)) == (1 if len(lines) > 1 else 0)


def test_people_took_part_in_one_only():
    """computed/ in one archive alone is a difference for every row of it."""
    without = {name: data for name, data in FILES.items() if not name.startswith(COMPUTED)}
    held = {f"{COMPUTED}{file.name}" for file in FILES_OUT}
    assert {each.file for each in differences(FILES, without)} == held


def test_computed_is_compared_like_the_final_result():
    """A cell, a wording and a subject are told alike in both; the file says which it was."""
    line = f"{results(6).items[0].code},1.1,"
    for name in ("items.csv", f"{COMPUTED}items.csv"):
        (found,) = differences(FILES, edited(name, f"{line}班子配备", f"{line}改"))
        assert (found.file, found.subject, found.item) == (name, "0001", "1.1")
        assert found.title == "项目名称"
    (worded, *_) = differences(FILES, edited(f"{COMPUTED}findings.csv", "起评分", "起始分"))
    assert is_wording(worded)


def test_malformed():
    """Bytes that no writer of ours can have written are refused."""
    for data in (b"x", b"\xef\xbb\xbfa,b\r\n", FILES["items.csv"] + b"1,2\r\n"):
        with pytest.raises(MalformedTable):
            differences(FILES, {**FILES, "items.csv": data})
