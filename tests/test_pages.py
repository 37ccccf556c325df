"""Pages that repeat what the code says are held equal to it."""

import importlib
import pkgutil
import re
from pathlib import Path

import starrating
from starrating import codes, limits
from starrating.faults import CodeTable

DOCS = Path(__file__).parents[1] / "docs"


def modules():
    for found in pkgutil.walk_packages(starrating.__path__, "starrating."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def test_codes_page():
    """docs/codes.md is what `python -m starrating.codes` prints."""
    assert (DOCS / "codes.md").read_text(encoding="utf-8") == codes.page()


def test_every_table_of_codes_is_gathered():
    """No module has codes of its own that the list lacks."""
    found = {
        id(value)
        for module in modules()
        for value in vars(module).values()
        if isinstance(value, CodeTable)
    }
    assert found == {id(table) for table in codes.TABLES}


def test_code_ids_are_of_one_form():
    """A code is one of the letters R, D, A, E and three digits."""
    assert all(re.fullmatch(r"[RDAE]\d{3}", code.id) for code in codes.all_codes())


def test_limits_page():
    """docs/limits.md names every limit with its value."""
    text = (DOCS / "limits.md").read_text(encoding="utf-8")
    rows = re.findall(r"\| [^|]*?([\d,]+)[^|]*\| (\w+) \|", text)
    shown = {name: int(value.replace(",", "")) for value, name in rows}
    declared = {name: value for name, value in vars(limits).items() if name.isupper()}
    assert shown == declared


def test_links_lead_somewhere():
    """Every relative link of README.md and docs/ points to a file that exists."""
    for page in [DOCS.parent / "README.md", *sorted(DOCS.rglob("*.md"))]:
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_exit_codes_are_listed():
    """docs/commands.md lists every exit code."""
    from starrating.cli._exits import Exit

    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    listed = {int(number) for number in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert listed == set(Exit)


def test_pages_that_the_code_names_exist():
    """A docstring points to pages of docs/ only."""
    named = {
        (path.name, page)
        for path in Path(starrating.__file__).parent.rglob("*.py")
        for page in re.findall(r"[a-z/-]+\.md\b", path.read_text(encoding="utf-8"))
    }
    assert [
        each for each in sorted(named) if not (DOCS / each[1].removeprefix("docs/")).exists()
    ] == []


def steps():
    """The rows of the table that says where each sentence of the semantics is."""
    text = (DOCS / "semantics.md").read_text(encoding="utf-8").split("## Where it is")[1]
    return [
        (int(number), rest)
        for number, rest in re.findall(r"^\| (\d+) \|(.*)\|$", text, re.MULTILINE)
    ]


def test_every_step_of_the_semantics_has_its_modules():
    """Each step that the page describes, its table places and tests/semantics gives examples of."""
    told = re.findall(
        r"^\*\*(\d+)\. ", (DOCS / "semantics.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    examples = {
        path.name.split("-")[0] for path in (DOCS.parent / "tests/semantics").glob("[0-9]*")
    }
    assert [int(number) for number in told] == list(range(18))
    assert {number for number, _ in steps()} == {int(each) for each in examples} == set(range(18))


def test_the_modules_of_the_semantics_exist():
    """Each file of the table is there and defines what is named in it."""
    source = Path(starrating.__file__).parent
    named = [each for _, rest in steps() for each in re.findall(r"`([^`:]+)(?::(\w+))?`", rest)]
    assert len(named) > len(steps())
    for path, name in named:
        text = (source / path).read_text(encoding="utf-8")
        assert re.search(rf"^ *(?:def|class) {name}\b", text, re.MULTILINE) if name else text, (
            path,
            name,
        )
