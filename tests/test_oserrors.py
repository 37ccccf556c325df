"""The system's refusals in Chinese; nobody prints the system's own words."""

import os
import re
from pathlib import Path

import pytest

from starrating.oserrors import why

SOURCES = Path(__file__).parents[1] / "src" / "starrating"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("missing", "找不到文件或文件夹"),
        (".", "这是文件夹，不是文件"),
        ("file/below", "上级路径不是文件夹"),
        ("长" * 300, "文件名太长"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="Windows names these errors otherwise")
def test_a_refusal_is_told_in_chinese(path, said, tmp_path):
    """The reason alone, to stand in a sentence."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError) as refused:
        (tmp_path / path).read_bytes()
    assert why(refused.value) == said


def test_a_rare_refusal_has_its_number():
    """What the table lacks can be looked up."""
    assert why(OSError(71, "Protocol error")) == "系统错误 71"
    assert why(OSError("odd")) == "系统错误 OSError"


def test_nobody_prints_the_words_of_the_system():
    """`strerror` is English, or the language of the machine."""
    found = [
        path for path in SOURCES.rglob("*.py") if re.search(r"strerror", path.read_text("utf-8"))
    ]
    assert found == []
