"""starrating from Python: books, records, reviews as DataFrames, archives, reproduction."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pandas as pd
import pytest

import starrating as sr
from reviews import FIXTURES, ROOT, outcome
from starrating.archive.bundle import pack
from starrating.archive.canonical import canonical_json
from starrating.engine.setting import Previous
from starrating.engine.tasks.model import EarlierTask
from starrating.results.tables import csv_files
from starrating.reviewing.inputs import frame_inputs, records_of
from starrating.reviewing.previous import previous_document, read_previous
from starrating.reviewing.reproduce import reproduce
from starrating.schema import STANDARD

RULES = ROOT / "rules"
BOOK = """
format: 1
id: small
version: "2023"
title: 小细则
in_force: {from: 2023-01-01, until: 2023-12-31}
defaults: {not_applicable: full}
columns: {党组织: {收入: {type: number, unit: 万元}}}
measures:
  缺会季度: {sheet: 组织生活, where: 类型 includes '党员大会', missing: {every: quarter}}
sections:
  - title: 组织生活
    points: 10
    items:
      - {id: "1", title: 党员大会, points: 6, clauses: [{deduct: 2, per: 缺会季度}]}
      - id: "2"
        title: 收入
        points: 4
        clauses: [{bands: {of: 收入, from: {20: 4, 10: 2.5}, otherwise: 0}}]
stars: [{star: 2, from: 6}, {star: 1, from: 0}]
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small rulebook."""
    path = tmp_path_factory.mktemp("rules") / "small" / "2023.yaml"
    path.parent.mkdir()
    path.write_text(BOOK, encoding="utf-8")
    return sr.load_rulebook(path)


@pytest.fixture(scope="module")
def frames():
    """Two organisations with cells of many types."""
    return {
        "党组织": pd.DataFrame(
            {
                "党组织代码": ["0001", "0002"],
                "党组织名称": ["甲支部", "乙支部"],
                "领域": ["农村", "农村"],
                "成立日期": [date(2010, 1, 1), None],
                "是否参评": [True, "是"],
                "收入": [Decimal("10.0"), 0.1 + 0.2],
            }
        ),
        "组织生活": pd.DataFrame(
            {
                "党组织": ["0001", "0001", "乙支部"],
                "日期": [
                    datetime.fromisoformat("2023-02-01T09:30"),
                    pd.Timestamp("2023-05-01"),
                    "2023年8月1日",
                ],
                "类型": ["党员大会", "党员大会、党课", "党员大会"],
                "应到": [10, None, float("nan")],
            },
            dtype=object,
        ),
    }


@pytest.fixture(scope="module")
def made(small, frames):
    """The review of the frames."""
    return sr.review(small, sr.records_from_frames(frames, small), period=2023, issued="2024-01-20")


# --- the package ----------------------------------------------------------------------------------


def test_import_is_light():
    """`import starrating` imports nothing heavy and takes well under 0.3 s of work."""
    code = (
        "import sys, time; t = time.process_time(); import starrating; "
        "took = time.process_time() - t; "
        "heavy = {'pandas', 'pydantic', 'openpyxl', 'durable'} & set(sys.modules); "
        "assert not heavy, heavy; assert took < 0.3, took; assert 'review' in dir(starrating)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_names():
    """Every name that is offered is there, and no other."""
    assert all(getattr(sr, name) is not None for name in sr.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        sr.no_such_name  # noqa: B018


# --- rulebooks and records ------------------------------------------------------------------------


def test_load_rulebook():
    """A book comes with what it extends, under paths relative to the rules folder."""
    book = sr.load_rulebook(RULES / "town-village" / "2023.yaml")
    assert book.reference == "town-village@2023"
    assert list(book.texts) == ["rules/town-village/2023.yaml", "rules/branch-norms/2018.yaml"]
    assert {fault.level.value for fault in book.warnings} <= {"warning", "hint", "info"}


def test_load_rulebook_from_anywhere(tmp_path):
    """A file needs no folder of its id."""
    path = tmp_path / "mine.yaml"
    path.write_text(BOOK, encoding="utf-8")
    assert sr.load_rulebook(str(path)).path == f"{tmp_path.name}/mine.yaml"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (BOOK.replace("缺会季度}]", "缺会季}]").replace("收入, from", "收人, from"), 2),
        (BOOK.replace("points: 6", "points: six"), 1),
        ("format: 1", 1),
    ],
)
def test_rulebook_errors(tmp_path, text, count):
    """A book that cannot be used raises with all of its faults."""
    path = tmp_path / "small" / "2023.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(sr.RulebookErrors) as caught:
        sr.load_rulebook(path)
    found = [fault for fault in caught.value.faults if fault.level.value in {"error", "fatal"}]
    assert len(found) >= count
    assert str(found[0]) in str(caught.value)


def test_missing_rulebook(tmp_path):
    """A file that is not there is a fault too."""
    with pytest.raises(sr.RulebookErrors):
        sr.load_rulebook(tmp_path / "none.yaml")


def test_unusable_records(small, tmp_path):
    """Reading never raises; reviewing what could not be read does, with every fault."""
    records = sr.read_records(tmp_path / "none", small)
    with pytest.raises(sr.RecordsErrors) as caught:
        sr.review(small, records, period="2023")
    assert caught.value.faults == records.faults


# --- a review -------------------------------------------------------------------------------------


def test_same_as_the_command():
    """The API gives the figures of the command for the same review."""
    books = [
        sr.load_rulebook(RULES / name / "2023.yaml") for name in ("town-village", "weak-and-lax")
    ]
    records = sr.read_records(FIXTURES / "town-2023", books)
    review = sr.review(books, records, period="2023", level="镇级", stage="复核")
    theirs = outcome("town-2023").results
    assert csv_files(review.results) == csv_files(theirs)
    assert review.subjects["star"].value_counts().to_dict() == {5: 14, 4: 3}


def test_frames(made):
    """Results are DataFrames with the csv columns; scores are Decimal, stars whole numbers."""
    assert list(made.subjects["code"]) == ["0001", "0002"]
    assert list(made.subjects["total_low"]) == [Decimal("4.50"), Decimal("0.00")]
    assert made.subjects["star"].dtype == "Int64"
    assert made.items.shape == (4, 8)
    assert {type(points) for points in made.findings["points"].dropna()} == {Decimal}
    assert set(made.tasks["code"]) == {"0001", "0002"}
    assert made.flags.empty
    assert made.ratings.empty
    assert list(made.faults.columns)[:2] == ["code", "level"]
    assert made.subjects is made.subjects


def test_explain(made):
    """A story is text, HTML, and a value."""
    story = made.explain("甲支部", item="党员大会")
    assert str(story) == story.text
    assert "缺：2023年第3季度、2023年第4季度" in story.text
    assert story._repr_html_().startswith("<div")
    assert "核对：10-5.5=4.5" in made.explain("0001").text
    with pytest.raises(sr.UnknownName, match="甲支部"):
        made.explain("甲支")


def test_rulebook_out_of_force(small, frames):
    """A book given for a period it is not in force in is used, and the story says so."""
    records = sr.records_from_frames(frames, small)
    story = sr.review(small, records, period="2022").explain("0001")
    assert "不在其施行期" in "".join(story.text.split())


@pytest.mark.parametrize(
    "wrong",
    [
        {"period": "次年"},
        {"period": "2023", "cut_off": "2022-01-01"},
        {"period": "2023", "level": "星级"},
        {"period": "2023", "stage": "试评"},
        {"period": "2023", "issued": "明天"},
    ],
)
def test_wrong_arguments(small, frames, wrong):
    """Wrong arguments are the programmer's mistake."""
    with pytest.raises(ValueError):
        sr.review(small, sr.records_from_frames(frames, small), **wrong)


def test_wrong_books(small, frames):
    """Records of other books, one book twice, none, a library: refused."""
    records = sr.records_from_frames(frames, small)
    town = sr.load_rulebook(RULES / "town-village" / "2023.yaml")
    library = sr.load_rulebook(RULES / "branch-norms" / "2018.yaml")
    for books in ([], [small, small], [town], [library]):
        with pytest.raises(ValueError):
            sr.review(books, records, period="2023")


def graded_by(where, small, frames, tmp_path):
    """A review by two rulebooks that give stars, the second for those `where` takes."""
    other = tmp_path / "other" / "2023.yaml"
    other.parent.mkdir()
    where = f"subjects: {{where: {where}}}\n"
    other.write_text(BOOK.replace("id: small", "id: other") + where, encoding="utf-8")
    books = [small, sr.load_rulebook(other)]
    return sr.review(books, sr.records_from_frames(frames, books), period="2023")


def test_one_organisation_graded_twice(small, frames, tmp_path):
    """Two rulebooks that give one organisation stars: R503, with its name and how many."""
    with pytest.raises(sr.RulebookErrors, match=r"R503.*甲支部.*2 个"):
        graded_by("领域 = '农村'", small, frames, tmp_path)


def test_two_grading_rulebooks_for_different_organisations(small, frames, tmp_path):
    """Rulebooks of different 领域 stand in one review; each grades its own."""
    made = graded_by("领域 = '学校'", small, frames, tmp_path)
    assert [row.rulebook for row in made.results.subjects] == ["small", "small"]


# --- archives -------------------------------------------------------------------------------------


def test_save_and_open(made, tmp_path):
    """An archive is written whole, opens again, and tells the same."""
    path = tmp_path / "review.zip"
    path.write_bytes(b"old")
    assert made.save(str(path)) == path
    assert [each.name for each in tmp_path.iterdir()] == ["review.zip"]
    archive = sr.open_archive(path)
    assert archive.results.subjects == made.results.subjects
    assert archive.facts.period == "2023"
    assert archive.verify() == ()
    assert archive.explain("0001") == made.explain("0001")
    assert made.number == archive.explain("0001").plan.number


def test_save_keeps_the_old_one(made, tmp_path, monkeypatch):
    """Where writing fails, the old file stands and nothing is left beside it."""
    path = tmp_path / "review.zip"
    path.write_bytes(b"old")

    def full(beside, _data):
        beside.write_bytes(b"PK")
        raise OSError(28, "disk full")

    monkeypatch.setattr("starrating.report.moves.write_synced", full)
    with pytest.raises(OSError, match="disk full"):
        made.save(path)
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["review.zip"]


def test_open_refuses(tmp_path):
    """What is no archive raises with its faults."""
    path = tmp_path / "review.zip"
    path.write_bytes(b"PK no")
    with pytest.raises(sr.ArchiveErrors) as caught:
        sr.open_archive(path)
    assert caught.value.faults


@pytest.mark.parametrize("name", ["town-2023", "town-2023-faults", "county-mixed"])
def test_reproduce_fixtures(name):
    """Every fixture comes out the same from its own archive, chained by the native judge."""
    found = reproduce(outcome(name).bundle)
    assert found.equal, str(found)
    assert (found.judge, found.wording) == ("native", ())
    assert str(found) == "复算结果与档案一致"


def test_reproduce_frames(made, tmp_path):
    """DataFrames are archived cell by cell, so that a review of them can be run again."""
    archive = sr.open_archive(made.save(tmp_path / "review.zip"))
    assert archive.reproduce().equal
    assert archive.reproduce(independent=False).equal


def test_reproduce_sees_differences(made):
    """A changed result is found; one of wording alone is told and fails nothing."""
    bundle = made.bundle
    items = bundle.results["items.csv"].replace(b",2.5,2.5,", b",3.5,3.5,")
    found = reproduce(replace(bundle, results={**bundle.results, "items.csv": items}))
    assert not found.equal
    assert [each.column for each in found.differences] == ["score_low", "score_high"]
    assert "得分下限 当时 3.5，现在 2.5（items.csv small 0001 2）" in str(found)
    worded = bundle.results["findings.csv"].decode().replace("满分6分", "满分为6分").encode()
    told = reproduce(replace(bundle, results={**bundle.results, "findings.csv": worded}))
    assert told.equal
    assert len(told.wording) == 2
    assert "措辞有2处不同" in str(told)


@pytest.mark.parametrize(
    "part",
    [
        {"inputs": {}},
        {"rules": {}},
        {"rules": {f"{'x' * 400}.yaml": b""}},
        {"rules": {"/x/2023.yaml": b""}},
        {"plan": {}},
        {"plan": {"plan.json": b"{}"}},
        {"plan": {"plan.json": b"[" * 100_000}},
        {"previous": {"previous.json": b"{}"}},
        {"results": {"items.csv": b"x"}},
    ],
)
def test_cannot_reproduce(made, part):
    """An archive that lacks what a review needs says so."""
    found = reproduce(replace(made.bundle, **part))
    assert not found.equal
    assert [fault.code for fault in found.faults] == ["A301"]
    assert str(found).startswith("没有复算成功")


def test_second_year(tmp_path):
    """Last stars and open tasks come from an earlier archive, and stand in the next one whole."""
    book = {
        year: sr.load_rulebook(RULES / "town-village" / f"{year}.yaml") for year in (2023, 2024)
    }
    first = sr.review(
        book[2023],
        sr.read_records(FIXTURES / "town-2023", book[2023]),
        period="2023",
        issued="2024-01-20",
    )
    earlier = first.save(tmp_path / "2023.zip")
    records = sr.read_records(FIXTURES / "town-2023", book[2024])
    second = sr.review(
        book[2024], records, period=2024, previous=[earlier], issued=date(2025, 1, 20)
    )
    stars = dict(zip(first.subjects["code"], first.subjects["final_star"], strict=True))
    last = dict(zip(second.subjects["code"], second.subjects["last_star"], strict=True))
    assert last["0101"] == int(stars["0101"])
    assert second.tasks["carried_from"].notna().any()
    archive = sr.open_archive(second.save(tmp_path / "2024.zip"))
    assert archive.reproduce().equal
    assert earlier.name.encode() in archive.bundle.previous["previous.json"]
    alone = replace(archive.bundle, previous={})
    assert not reproduce(alone).equal


def test_previous_facts_come_back():
    """What previous.json keeps of earlier archives is read back whole."""
    task = EarlierTask(
        "2022-b-0101-1", "b", "0101", "1", "整改中", "2022", date(2023, 2, 1), date(2023, 1, 1),
        "1", "缺会", "补开", "书记", "限期整改", "2021-b-0101-1", repeated=True,
    )  # fmt: skip
    known = {
        "b": Previous(
            {"0101": 5, "0102": 0, "0103": None},
            {"0101": frozenset(("软弱涣散",))},
            (task, replace(task, due=None, item=None)),
            frozenset(("0104",)),
        ),
        "a": Previous(),
    }
    data = canonical_json(previous_document(known, date(2023, 1, 7)))
    assert read_previous(data) == (known, date(2023, 1, 7))


def test_frame_cells_are_kept_exactly(monkeypatch):
    """Every type of cell comes back with its exact value."""
    cells = ["0001", 7, 0.1 + 0.2, Decimal("1.10"), True, date(2023, 1, 2), timedelta(hours=1)]
    cells += [time(3, 4), datetime.fromisoformat("2023-01-02T03:04")]
    frame = pd.DataFrame({"党组织": pd.Series(cells, dtype=object)})
    files = frame_inputs({"甲/乙": frame})
    assert list(files) == ["frames/甲%2F乙.json"]
    grids: list = []
    monkeypatch.setattr(
        "starrating.reviewing.inputs.assemble", lambda found, *_, **__: grids.extend(found)
    )
    records_of(files, [], STANDARD, {})
    values = [row[1] for row in grids[0].rows.values()]
    assert values == ["党组织", *cells]
    assert [type(value) for value in values[1:]] == [type(cell) for cell in cells]


def test_archives_are_deterministic(small, frames):
    """The same frames give the same bytes."""
    one, two = (
        sr.review(small, sr.records_from_frames(dict(order), small), period=2023)
        for order in (frames.items(), reversed(frames.items()))
    )
    assert pack(one.bundle) == pack(two.bundle)
