"""The documentation for rule authors is executed: its examples are read, checked and run.

In docs/language.md and docs/language/ a block ```yaml example is a rulebook, or parts of one that
the block ```yaml frame completes with the keys it does not write itself; ```yaml wrong R201 shows
a slip and the codes it is answered with. In docs/first-rulebook.md the blocks ```yaml step are
pasted one below the other into one file; the other files name themselves, the commands are run,
and what the page says they print (wholly, or in some lines) is what they print.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from starrating.cli import _progress, run
from starrating.faults import Fault, Level
from starrating.rulebook import expressions, model
from starrating.rulebook.casewords import EXPECT
from starrating.rulebook.checks import check
from starrating.rulebook.checks._uses import BUILT_INS
from starrating.rulebook.model import Block, Rulebook
from starrating.rulebook.read import Loaded, read_text
from starrating.rulecases import run_case
from starrating.schema import STANDARD

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
OVERVIEW = DOCS / "language.md"
LANGUAGE = (OVERVIEW, *sorted((DOCS / "language").glob("*.md")))
TUTORIAL = DOCS / "first-rulebook.md"
FENCE = re.compile(r"^```(\w+)(?: ([^\n]*))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TOP_KEY = re.compile(r"^(\w+):", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
SHOWN_ALONE = "R351"
"""An example of a measure shows it alone: nothing uses it."""

PAGES = {
    "structure": (
        "Rulebook", "Issued", "InForce", "Extends", "Subjects", "Defaults", "Term", "Points",
        "CheckPolicy", "Waiver",
    ),
    "layers": ("Changes",),
    "columns": ("ColumnDecl", "TableDecl", "RowCheck"),
    "measures": ("Measure", "Units", "Late", "RankDecl", "ReviewDecl", "SubordinatesDecl", "GroupDecl"),
    "clauses": ("Clause", "Bands", "Table", "PointsTable", "TruthTable"),
    "items": ("Item", "Section", "Variants", "Variant"),
    "stars": ("Star", "PerSection", "AtMost", "Moves", "Lagging"),
    "judgements": ("Judgement", "Effect"),
    "rectification": ("Duty",),
    "cases": ("Case", "CasePlan"),
}  # fmt: skip
"""page → the blocks whose words it explains."""
OF_ANOTHER = ("Table", "TruthTable")
"""What a points table is made from, and what leaves a judgement only its condition."""


@dataclass(frozen=True)
class Fenced:
    """A fenced block: its page, line, language, the mark behind it, and its text."""

    page: Path
    line: int
    language: str
    mark: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.stem}:{self.line}"


def fenced(page: Path) -> list[Fenced]:
    """All fenced blocks of a page."""
    text = page.read_text("utf-8")
    return [
        Fenced(page, text.count("\n", 0, found.start()) + 1, found[1], found[2] or "", found[3])
        for found in FENCE.finditer(text)
    ]


def marked(mark: str) -> list[Fenced]:
    """The blocks of the language reference whose mark begins with that word."""
    return [b for page in LANGUAGE for b in fenced(page) if b.mark.split(" ")[0] == mark]


@cache
def frame() -> str:
    """The keys that complete an example."""
    (block,) = marked("frame")
    return block.text


def completed(text: str) -> str:
    """An example with the lines of the frame whose keys it does not write itself."""
    own = set(TOP_KEY.findall(text))
    lines = [
        line for line in frame().splitlines(keepends=True) if TOP_KEY.findall(line)[0] not in own
    ]
    return "".join(lines) + text


def find(own_id: str, version: str) -> Path | None:
    """A rulebook of rules/, for `extends`."""
    path = ROOT / "rules" / own_id / f"{version}.yaml"
    return path if path.is_file() else None


def read(text: str, name: str) -> Loaded:
    """A rulebook written in the documentation."""
    return read_text(text.encode(), name, find)


def grave(faults: tuple[Fault, ...]) -> list[str]:
    """What an example may not have: errors, and warnings but on a measure shown alone."""
    return [
        str(fault)
        for fault in faults
        if fault.level in (Level.FATAL, Level.ERROR)
        or (fault.level is Level.WARNING and fault.code != SHOWN_ALONE)
    ]


def failures(book: Rulebook) -> list[str]:
    """The cases of a book that do not come out as they say."""
    return [f"{case.title}：{line}" for case in book.cases for line in run_case(book, case)]


@pytest.mark.parametrize("block", marked("example"), ids=str)
def test_example(block: Fenced) -> None:
    """An example is read without faults, checked without errors, and its cases come out."""
    loaded = read(completed(block.text), str(block))
    assert [str(fault) for fault in loaded.faults] == []
    assert loaded.book is not None
    assert grave(check(loaded.book)) == []
    assert loaded.book.cases
    assert failures(loaded.book) == []


@pytest.mark.parametrize("block", marked("wrong"), ids=str)
def test_slip(block: Fenced) -> None:
    """A slip is answered with the codes that stand behind it."""
    loaded = read(completed(block.text), str(block))
    found = loaded.faults or (check(loaded.book) if loaded.book is not None else ())
    assert sorted({f.code for f in found if f.level is not Level.INFO}) == block.mark.split(" ")[1:]


def test_every_block_is_marked() -> None:
    """No yaml of the documentation goes unread."""
    blocks = [block for page in (*LANGUAGE, TUTORIAL) for block in fenced(page)]
    unread = [str(b) for b in blocks if b.language in ("yaml", "csv") and not b.mark]
    assert unread == []


# --- every word ---------------------------------------------------------------------------------------


def blocks_of_model() -> dict[str, type[Block]]:
    """The blocks of the language by the name of their class."""
    found = {
        name: each
        for name, each in vars(model).items()
        if isinstance(each, type)
        and issubclass(each, Block)
        and each.__module__.startswith(f"{model.__name__}.")
    }
    return {name: each for name, each in found.items() if words(each)}


def words(block: type[BaseModel]) -> dict[str, str]:
    """word as written → field, of one block."""
    return {
        info.alias or name: name for name, info in block.model_fields.items() if name != "origin"
    }


def prose(page: str) -> str:
    """A page of the reference without its blocks."""
    return FENCE.sub("", (DOCS / "language" / f"{page}.md").read_text("utf-8"))


def explained(page: str) -> set[str]:
    """The code spans of a page, and the words in them."""
    spans = CODE.findall(prose(page))
    return {*spans, *(word for span in spans for word in re.findall(r"\w+", span))}


def test_every_class_has_a_page() -> None:
    """No block of the language is left out of PAGES."""
    assert {name for names in PAGES.values() for name in names} == set(blocks_of_model())


@pytest.mark.parametrize("page", PAGES)
def test_every_word_is_explained(page: str) -> None:
    """Each field word of a block stands on the page that explains the block."""
    known = blocks_of_model()
    missing = [
        f"{name}.{word}"
        for name in PAGES[page]
        for word in words(known[name])
        if word not in explained(page)
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_every_choice_is_explained(page: str) -> None:
    """Each of the printed choices of a word stands there too."""
    known = blocks_of_model()
    missing = [
        f"{name}.{field}: {choice}"
        for name in PAGES[page]
        for field, info in known[name].model_fields.items()
        for choice in choices(info.annotation)
        if choice not in explained(page)
    ]
    assert missing == []


def choices(annotation: Any) -> Iterator[str]:
    """The literals inside an annotation."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    for argument in get_args(annotation):
        if not isinstance(argument, str):
            yield from choices(argument)


@pytest.mark.parametrize("page", PAGES)
def test_no_word_is_invented(page: str) -> None:
    """A table headed 词 lists words of the blocks of its page only."""
    known = blocks_of_model()
    allowed = {word for name in PAGES[page] for word in words(known[name])}
    listed = {word for table in tables(prose(page)) for word in table}
    assert listed
    assert sorted(listed - allowed) == []


def tables(text: str) -> Iterator[list[str]]:
    """The first column of each table whose head begins with 词."""
    for found in re.finditer(r"^\| 词 \|.*\n\|[-| ]+\|\n((?:\|.*\n)+)", text, re.MULTILINE):
        yield [w for row in found[1].splitlines() for w in CODE.findall(row.split("|")[1])]


def test_every_word_has_an_executed_example() -> None:
    """Each field of each block is written in some example."""
    written: set[tuple[str, str]] = set()
    for block in marked("example"):
        book = read(completed(block.text), str(block)).book
        assert book is not None
        written |= set(fields_written(book))
    missing = [
        f"{name}.{word}"
        for name, each in blocks_of_model().items()
        if name not in OF_ANOTHER
        for word, field in words(each).items()
        if (name, field) not in written
    ]
    assert missing == []


def fields_written(value: object) -> Iterator[tuple[str, str]]:
    """The fields that a book writes, with the classes of their blocks."""
    if isinstance(value, Block):
        for name in value.model_fields_set - {"origin"}:
            yield type(value).__name__, name
            yield from fields_written(getattr(value, name))
    elif isinstance(value, dict):
        for part in value.values():
            yield from fields_written(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from fields_written(part)


def test_every_word_of_expressions_is_explained() -> None:
    """Reserved words, functions and built-in names stand on the page of expressions."""
    known = {*expressions.RESERVED, *expressions.FUNCTIONS, *BUILT_INS, expressions.SCORE_FUNCTION}
    text = " ".join(explained("expressions"))
    assert sorted(word for word in known if not re.search(rf"(?<!\w){word}(?!\w)", text)) == []


def test_every_word_of_expect_is_explained() -> None:
    """What a case may expect stands on the page of cases."""
    assert sorted(set(EXPECT.words) - explained("cases")) == []


@pytest.mark.parametrize("sheet", STANDARD.sheets)
def test_every_sheet_is_listed(sheet: str) -> None:
    """The page of columns lists all standard sheets with their columns."""
    named = "、".join(column.name for column in STANDARD.sheets[sheet].columns)
    assert f"| `{sheet}` | {named} |" in prose("columns")


@pytest.mark.parametrize("page", [*LANGUAGE, TUTORIAL], ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    """Each relative link is a file."""
    links = re.findall(r"\]\(([^)#:]+)\)", FENCE.sub("", page.read_text("utf-8")))
    assert [link for link in links if not (page.parent / link).is_file()] == []


# --- the tutorial -------------------------------------------------------------------------------------


RULES = "rules/my-town/2024.yaml"
EDIT = re.compile(r'run edit "(.+)" "(.+)"')


def test_first_rulebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever pastes step by step and runs the commands sees what the page says."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(_progress, "QUIET", math.inf)  # the bar that a busy machine shows
    text = ""
    printed = ""
    blocks = [block for block in fenced(TUTORIAL) if block.mark]
    for block in blocks:
        kind, _, name = block.mark.partition(" ")
        if kind == "step":
            text += "\n" + block.text if text else block.text
            write(tmp_path / RULES, text)
        elif kind == "file":
            write(tmp_path / name, block.text)
        elif kind == "run":
            write(tmp_path / RULES, edited(text, block))
            code = run(block.text.split()[1:])
            printed = "".join(capsys.readouterr())  # as a window shows both streams
            assert code == (1 if EDIT.fullmatch(block.mark) else 0), (str(block), printed)
        elif kind == "output":
            assert printed == block.text, str(block)
        else:
            assert kind == "lines"
            assert set(block.text.splitlines()) <= set(printed.splitlines()), str(block)
    assert (tmp_path / "out" / "results.xlsx").is_file()


def write(path: Path, text: str) -> None:
    """Write a file of the tutorial as an editor would."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def edited(text: str, block: Fenced) -> str:
    """The rule file with the slip that a step asks for."""
    slip = EDIT.fullmatch(block.mark)
    if slip is None:
        return text
    assert text.count(slip[1]) == 1, str(block)
    return text.replace(slip[1], slip[2])
