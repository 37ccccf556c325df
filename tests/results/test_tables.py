"""The csv files that go out: form, round trip, digest."""

import csv
import hashlib
import io
from dataclasses import fields, replace
from decimal import Decimal

import pytest

from results.sample import EMPTY, results
from starrating.faults import Fault, Level
from starrating.origin import Origin
from starrating.results import columns, model
from starrating.results.columns import CHANGES
from starrating.results.tables import (
    COMPUTED,
    DESCRIPTION,
    MalformedTable,
    computed_files,
    csv_files,
    read_tables,
    result_files,
    result_number,
    results_digest,
)

INTERFACES = {
    "subjects.csv": "rulebook, code, name, kind, town, parent, rated, total_low, total_high, band, "
    "star_low, star_high, star, state, recommended, lagging, last_star, decided_star, final_star, "
    "reasons",
    "items.csv": "rulebook, code, item, title, points, score_low, score_high, state",
    "findings.csv": "finding, rulebook, code, item, clause, kind, quantity, points, detail, "
    "set_aside, rule, sources, message, text",
    "tasks.csv": "task, code, item, problem, findings, task_text, owner, kind, issued, due, status, "
    "carried_from, repeated",
    "flags.csv": "rulebook, code, flag, case, state, evidence, missing_evidence",
    "ratings.csv": "rulebook, code, item, rater, scorer, score, reason, date, used",
    "faults.csv": "code, level, file, sheet, cell, message, remedy",
}


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def cell(data: bytes, column: str, row: int = 1) -> str:
    table = lines(data)
    return table[row][table[0].index(column)]


@pytest.mark.parametrize(("name", "heads"), INTERFACES.items())
def test_columns(name, heads):
    """Each file has exactly its stable columns, also where there are no rows."""
    assert lines(csv_files(EMPTY)[name]) == [heads.split(", ")]


def test_columns_are_the_fields_of_the_rows():
    """Every row type has its csv columns as fields, in order."""
    for file, row in (
        (columns.SUBJECTS, model.SubjectRow),
        (columns.ITEMS, model.ItemRow),
        (columns.FINDINGS, model.FindingRow),
        (columns.TASKS, model.TaskRow),
        (columns.FLAGS, model.FlagRow),
        (columns.RATINGS, model.RatingRow),
    ):
        assert [column.name for column in file.columns] == [f.name for f in fields(row)]


def test_bytes_form():
    """UTF-8 with BOM; every line ends with CRLF."""
    for data in result_files(results()).values():
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")
        assert data.count(b"\n") == data.count(b"\r\n")


def test_totals_keep_their_digits():
    """A total prints the digits its Decimal has."""
    sample = results(1)
    row = replace(sample.subjects[0], total_low=Decimal("91.50"), total_high=Decimal("92.00"))
    data = csv_files(replace(sample, subjects=(row,)))["subjects.csv"]
    assert (cell(data, "total_low"), cell(data, "total_high")) == ("91.50", "92.00")


@pytest.mark.parametrize(
    ("number", "text"),
    [("0E-4", "0.0000"), ("-0.00", "0.00"), ("1E+2", "100"), ("-2.5", "-2.5")],
)
def test_numbers_are_plain(number, text):
    """Points are never neutralised, never exponents, never minus zero."""
    sample = results(1)
    row = replace(sample.findings[0], points=Decimal(number))
    assert cell(csv_files(replace(sample, findings=(row,)))["findings.csv"], "points") == text


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_running_text_is_neutralised_and_comes_back(sign):
    """Text that a spreadsheet would run gets an apostrophe; reading takes it off again."""
    hostile = f"{sign}cmd|' /C calc'!A0"
    sample = results(1)
    rows = tuple(
        replace(sample.subjects[0], name=text) for text in (hostile, f"'{hostile}", f"''{hostile}")
    )
    files = csv_files(replace(sample, subjects=rows))
    assert cell(files["subjects.csv"], "name") == f"'{hostile}"
    assert read_tables(files).subjects == rows


def test_figures_of_raters_stay_numbers():
    """A rater's -3 stays -3, while a rater's other texts are neutralised."""
    sample = results(2)
    rows = tuple(replace(sample.ratings[0], score=score) for score in ("-3", "-很差"))
    files = csv_files(replace(sample, ratings=rows))
    assert cell(files["ratings.csv"], "score") == "-3"
    assert cell(files["ratings.csv"], "score", 2) == "'-很差"
    assert read_tables(files).ratings == rows


def test_round_trip():
    """Reading the files gives the rows back, and writing those gives the same bytes."""
    sample = results()
    tables = read_tables(result_files(sample))
    for own, given in ((tables, sample), (tables.computed, sample.computed)):
        for name in ("subjects", "items", "findings", "tasks", "flags", "ratings", "faults"):
            assert getattr(own, name) == getattr(given, name)


def test_computed_only_with_people():
    """computed/ is there only where people took part, and never changes the digest."""
    sample = results(3)
    alone = replace(sample, computed=None)
    files = result_files(sample)
    assert computed_files(result_files(alone)) == {}
    assert computed_files(files) == csv_files(alone)
    assert results_digest(files) == results_digest(csv_files(alone))
    assert COMPUTED in [row[0] for row in lines(files[DESCRIPTION])]


@pytest.mark.parametrize("name", INTERFACES)
def test_computed_is_whole(name):
    """computed/ without one of the seven files is malformed, and the file is named."""
    files = result_files(results(1))
    del files[f"{COMPUTED}{name}"]
    with pytest.raises(MalformedTable, match=f"{COMPUTED}{name}"):
        read_tables(files)


@pytest.mark.parametrize(
    "origin",
    [
        Origin("plan.yaml", 3, 7),
        Origin("plan.yaml", 3),
        Origin("a.xlsx", sheet="表", cell="B7"),
        Origin("a.xlsx"),
    ],
)
def test_places_of_faults(origin):
    """A fault's place comes back, be it a cell, a line or a file."""
    fault = Fault("D101", Level.ERROR, "坏", "改", origin)
    files = csv_files(replace(EMPTY, faults=(fault,)))
    assert read_tables(files).faults == (fault,)


def test_long_cells_and_newlines_come_back():
    """Cells longer than csv's own limit and cells with newlines survive."""
    sample = results(1)
    row = replace(sample.findings[0], text="长" * 200_000 + '\r\n,"x"\n', sources="a\rb")
    files = csv_files(replace(sample, findings=(row,)))
    assert read_tables(files).findings == (row,)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\xef\xbb\xbf", b""),
        (b"rulebook,code", b"code,rulebook"),
        (b",true,", b",True,"),
        (b"determined", b"determined,more"),
        ("东庄".encode(), b"\xff\xfe"),
        (b",5,", b",5_0,"),
        (b"96.50,", b"NaN,"),
    ],
)
def test_what_we_cannot_have_written_is_refused(old, new):
    """Changed form raises MalformedTable rather than reading something."""
    files = csv_files(results(1))
    data = files["subjects.csv"]
    assert old in data
    with pytest.raises(MalformedTable):
        read_tables(files | {"subjects.csv": data.replace(old, new, 1)})


def test_a_missing_file_is_refused():
    """All seven files must be there."""
    files = csv_files(EMPTY)
    del files["tasks.csv"]
    with pytest.raises(MalformedTable, match=r"tasks\.csv"):
        read_tables(files)


def test_digest_is_what_sha256sum_gives():
    """The digest can be had with ordinary tools; 结果编号 is its beginning."""
    files = csv_files(results())
    listing = "".join(f"{hashlib.sha256(files[n]).hexdigest()}  {n}\n" for n in INTERFACES)
    digest = hashlib.sha256(listing.encode()).hexdigest()
    assert results_digest(files) == results_digest(result_files(results())) == digest
    assert result_number(digest) == digest[:12]


def test_description_covers_every_column():
    """字段说明.csv names every file and column once, with a Chinese meaning."""
    table = lines(result_files(EMPTY)[DESCRIPTION])
    assert [(row[0], row[3]) for row in table[1:]] == [
        *((name, column) for name, heads in INTERFACES.items() for column in heads.split(", ")),
        *(("changes.csv", column.name) for column in CHANGES.columns),
    ]
    assert all(row[4] for row in table)
