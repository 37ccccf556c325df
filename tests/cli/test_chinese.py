"""No English sentence reaches a user: help, usage errors, click's own words."""

import ast
import re
from importlib.util import find_spec
from pathlib import Path
from string import Formatter

import pytest
import rich_click as click

from starrating.cli._chinese import CATALOGUE
from starrating.cli.app import app

ENGLISH = re.compile(r"\b[A-Za-z]{2,}[,.;:]? +[A-Za-z]{2,}\b")
FOR_PROGRAMMERS = (
    "%(prog)s, version",
    "Arguments take exactly one parameter declaration",
    "Boolean option",
    "Could not determine name for option",
    "No options defined but a name was passed",
)
OURS = re.compile(r"starrating(?: [a-z]+)*")


def commands(group, path=()):
    yield path
    for name, command in sorted(getattr(group, "commands", {}).items()):
        yield from commands(command, (*path, name))


def english(text):
    return ENGLISH.findall(OURS.sub("", text))


def sentences():
    """Every sentence that the installed click passes through gettext."""
    folder = Path(find_spec("click").origin).parent
    for file in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name in {"_", "ngettext"}:
                for argument in node.args[: 1 if name == "_" else 2]:
                    if isinstance(argument, ast.Constant):
                        yield argument.value


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("path", list(commands(app)), ids=" ".join)
def test_help_has_no_english_sentence(path, command):
    """--help of every command is Chinese, with Chinese headings."""
    ended = command(*path, "--help")
    assert ended.code == 0
    assert "用法：" in ended.out
    assert "选项" in ended.out
    assert english("\n".join(ln for ln in ended.out.split("\n") if "例：" not in ln)) == []
    assert "Usage" not in ended.out


@pytest.mark.parametrize("path", [p for p in commands(app) if p], ids=" ".join)
def test_every_command_takes_json(path):
    """--json is on every command that does something."""
    found = app
    for name in path:
        found = found.commands[name]
    if not isinstance(found, click.Group):
        assert "--json" in [opt for param in found.params for opt in param.opts]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["reveiw"], "没有“reveiw”这个命令。 是不是 'review'？"),
        (["review"], "缺少参数"),
        (["review", "data"], "缺少选项"),
        (["review", "data", "--out"], "选项“--out”后面要带一个值"),
        (["review", "data", "--out", "o", "--jsno"], "没有“--jsno”这个选项"),
        (["review", "data", "more", "--out", "o"], "多出了参数：more"),
        (["review", "data", "--out", "o", "--stage", "初"], "“初”不在可选之列"),
        (["review", "data", "--out", "o", "--level", "乡村"], "“乡村”不在可选之列"),
        (["review", "data", "--out", "o", "--issued", "昨天"], "“昨天”不是日期"),
        (["review", "data", "--out", "o", "--cut-off", "2023-02-30"], "“2023-02-30”不是日期"),
        (["review", "data", "--out", "o", "--rulebook", "x@"], "编号@版本"),
        (["review", "data", "--out", "o", "--rulebook", "x", "--plan", "p"], "不能同时写"),
        (["check", "--json=1", "data"], "后面不带值"),
        (["archive", "verfy"], "是不是 'verify'"),
        (["rules", "show"], "缺少参数"),
    ],
    ids=" ".join,
)
def test_usage_errors_are_chinese(words, told, command):
    """Wrong words end with 2, nothing on stdout (but the document of --json), a hint on stderr."""
    ended = command(*words)
    assert ended.code == 2
    assert ended.out == ""
    assert told in ended.err
    assert english(ended.err) == []
    assert "--help" in ended.err or "后面" in ended.err


def test_the_catalogue_is_complete():
    """Every sentence of the installed click has a Chinese one, but those for programmers."""
    assert {s for s in sentences() if not s.startswith(FOR_PROGRAMMERS)} <= set(CATALOGUE)


@pytest.mark.parametrize("sentence", list(CATALOGUE))
def test_translations_fill_in_what_click_gives(sentence):
    """A translation has no field that click does not fill in."""
    assert fields(CATALOGUE[sentence]) <= fields(sentence)
