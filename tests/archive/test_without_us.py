"""An archive can be checked without this software: a spreadsheet adds the findings up.

The csv files of results/ are put into a workbook as they are (texts as texts), formulas do the
sums as README.txt says, LibreOffice calculates them, and what it says is compared exactly.
"""

import csv
import io
import shutil
import subprocess
from decimal import Decimal

import pytest
import xlsxwriter

from reviews import outcome
from starrating.archive.bundle import pack
from starrating.archive.zipform import zip_members

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice"),
]
ARITHMETIC = (
    "base", "clause", "not_earned", "not_applicable", "clamp", "leave_out", "weight", "scale",
    "section_clamp", "zeroed", "round",
)  # fmt: skip
NUMBERS = ("points", "score_low", "score_high", "total_low", "total_high")


def sheet_of(book, tables, name):
    """One csv as a sheet: numbers in the columns of scores, texts elsewhere; its heads and rows."""
    text = tables[f"{name}.csv"].decode("utf-8-sig")
    heads, *rows = csv.reader(io.StringIO(text, newline=""))
    sheet = book.add_worksheet(name)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head)
        for at, row in enumerate(rows, 1):
            if head in NUMBERS and row[column]:
                sheet.write_number(at, column, Decimal(row[column]))
            else:
                sheet.write_string(at, column, row[column])
    return sheet, heads, rows


def letter(heads, name):
    return chr(ord("A") + heads.index(name))


def calculate(sheet, line, column, formula):
    """A formula without a value, so that whoever opens the book has to calculate it."""
    sheet.write_formula(line - 1, column, formula, value="")


def workbook(tables, path):
    """The three tables, a key and the counted points beside the findings, and the two sums."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        findings, heads, rows = sheet_of(book, tables, "findings")
        rulebook, code, item, kind, points = (
            letter(heads, name) for name in ("rulebook", "code", "item", "kind", "points")
        )
        width = len(heads)
        kinds = ",".join(f'"{each}"' for each in ARITHMETIC)
        for at in range(2, len(rows) + 2):
            counted = f"=IF(ISNUMBER(MATCH({kind}{at},{{{kinds}}},0)),{points}{at},0)"
            key = f'{rulebook}{at}&"|"&{code}{at}'
            calculate(findings, at, width, counted)
            calculate(findings, at, width + 1, f'={key}&"|"&{item}{at}')
            calculate(findings, at, width + 2, f"={key}")
        value, by_item, by_subject = (
            f"findings!${column}$2:${column}${len(rows) + 1}"
            for column in (chr(ord("A") + width + n) for n in range(3))
        )
        items, heads, rows = sheet_of(book, tables, "items")
        parts = [letter(heads, name) for name in ("rulebook", "code", "item")]
        for at in range(2, len(rows) + 2):
            key = '&"|"&'.join(f"{part}{at}" for part in parts)
            calculate(items, at, len(heads), f"=ROUND(SUMIFS({value},{by_item},{key}),4)")
        subjects, heads, rows = sheet_of(book, tables, "subjects")
        parts = [letter(heads, name) for name in ("rulebook", "code")]
        for at in range(2, len(rows) + 2):
            key = '&"|"&'.join(f"{part}{at}" for part in parts)
            formula = f"=ROUND(SUMIFS({value},{by_subject},{key}),4)"
            calculate(subjects, at, len(heads), formula)


def calculated(path, folder):
    """Each sheet as LibreOffice calculates it: its name, and its rows as texts."""
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", options, "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return {
        made.stem.removeprefix(f"{path.stem}-"): list(
            csv.reader(io.StringIO(made.read_bytes().decode("utf-8-sig"), newline=""))
        )
        for made in folder.glob("*.csv")
    }


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("town-2023", "results/"),
        ("county-mixed", "results/"),
        ("county-mixed", "results/computed/"),
    ],
)
def test_a_spreadsheet_gives_the_same_scores(name, folder, tmp_path):
    """SUMIFS over findings.csv give every item score and every total, to the last digit; the
    result without people's part adds up like the final one."""
    path = tmp_path / "check.xlsx"
    members = zip_members(pack(outcome(name).bundle), "review.zip")
    results = outcome(name).results
    if folder != "results/":
        results = results.computed
    tables = {n.removeprefix(folder): data for n, data in members.items() if n.startswith(folder)}
    workbook(tables, path)
    sheets = calculated(path, tmp_path)
    heads, *rows = sheets["items"]
    low, title = heads.index("score_low"), heads.index("item")
    assert len(rows) == len(results.items)
    deductions = {
        (row.rulebook, row.item)
        for row in results.findings
        if row.kind == "clause" and row.item and row.message == "F111"
    }
    for row in rows:
        summed, printed = Decimal(row[-1]), Decimal(row[low])
        assert summed == printed or (
            summed == -Decimal(row[heads.index("score_high")])
            and (row[0], row[title]) in deductions
        )
    heads, *rows = sheets["subjects"]
    low = heads.index("total_low")
    assert len(rows) == len(results.subjects)
    assert [Decimal(row[-1]) for row in rows] == [Decimal(row[low]) for row in rows]
