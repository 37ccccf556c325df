"""docs/python.md is executed: every example prints what the page says."""

import doctest
import re
from pathlib import Path

import starrating as sr
from tiny import CHECKS, CORRECTIONS, DECISIONS, RULES, tiny, write

PAGE = Path(__file__).parents[1] / "docs" / "python.md"
FENCE = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STRICTER = RULES.replace("门牌破损: 5", "门牌破损: 30").replace('"2023"', '"2024"').replace(
    "2023-01-01", "2024-01-01"
)  # fmt: skip


def prepared(folder):
    """The small review that the page works on."""
    tiny(folder)
    tiny(folder / "corrected", 检查记录=CHECKS.replace("0001,门牌破损,否", "0001,门牌破损,是"))
    (folder / "corrected" / "data").rename(folder / "data-corrected")
    people = {
        "审定结果.csv": f"{DECISIONS}0002,星级,五星,党委研究提升,示例镇党委,〔2024〕3号,2024-01-20,王某\n",
        "核查更正.csv": f"{CORRECTIONS}检查记录.csv!检查记录!C4,改为否,现场复查,赵某,2024-01-10\n",
    }
    write(folder / "people", people)
    write(folder / "rules", {"tiny/2024.yaml": STRICTER})


def test_the_examples(tmp_path, monkeypatch):
    """All of them, in one session."""
    prepared(tmp_path)
    monkeypatch.chdir(tmp_path)
    text = "\n".join(FENCE.findall(PAGE.read_text("utf-8")))
    examples = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    told: list[str] = []
    found = doctest.DocTestRunner().run(examples, out=told.append)
    assert not told, "".join(told)
    assert found.attempted > 30


def test_every_name_is_on_the_page():
    """What the package offers is named, or is the type of what is named."""
    text = PAGE.read_text("utf-8")
    types = {"Archive", "Book", "Ledger", "Reproduction", "Review", "Story"}
    assert [name for name in sr.__all__ if name not in types and f"`{name}" not in text] == []
