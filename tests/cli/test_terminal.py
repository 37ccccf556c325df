"""Alignment by display width, and the one JSON document."""

import io
import json
import sys

from starrating.cli._terminal import columns, padded, show_document


def test_chinese_characters_are_two_wide():
    """A Chinese character fills two columns of the screen."""
    assert padded("五星", 6) == "五星  "
    assert padded("12", 4, right=True) == "  12"


def test_columns_stand_under_each_other():
    """Cells align by display width; trailing spaces are dropped."""
    assert columns([("五星", "4", "★★★★"), ("不定星", "12", "")], right="1") == [
        "  五星     4  ★★★★",
        "  不定星  12",
    ]


def test_rows_may_be_short():
    """A row may have fewer cells than the others."""
    assert columns([("a",), ("b", "c")], indent="") == ["a", "b  c"]


def test_the_document_is_utf8_on_a_gbk_console(monkeypatch):
    """JSON is UTF-8 whatever the console speaks, so that no character is lost."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp936", errors="replace"))
    show_document({"名称": "𠮷村", "a": 1})
    assert raw.getvalue() == '{"a":1,"名称":"𠮷村"}\n'.encode()
    assert json.loads(raw.getvalue())["名称"] == "𠮷村"
