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
