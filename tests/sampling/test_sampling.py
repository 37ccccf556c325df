"""The sample for on-site checks: reproducible, stratified, weighted by stated risks."""

import hashlib
import io
import json
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewing.small import reviewed
from reviews import outcome
from starrating.archive.bundle import pack
from starrating.archive.slim import slimmed
from starrating.archive.zipform import zip_members
from starrating.cli import run
from starrating.results.model import FindingRow, ItemRow, RatingRow, SubjectRow
from starrating.results.tables import Tables, read_tables
from starrating.sampling import RISKS, Candidate, candidates_of, draw, told
from starrating.sampling.draw import lot


def subject(code, town="东镇", star=4, **more):
    values = {
        "rated": True, "total_low": Decimal("85.00"), "total_high": Decimal("85.00"), "band": star,
        "star_low": star, "star_high": star, "state": "determined", "recommended": False,
        "lagging": False, "last_star": star, "decided_star": None, "final_star": str(star),
        "reasons": None,
    }  # fmt: skip
    return SubjectRow(
        "book", code, f"第{code}党支部", "农村", town, None, star=star, **(values | more)
    )


def candidate(code, town="东镇", star=4, risks=()):
    return Candidate(subject(code, town, star), tuple(risks))


def words(tables):
    (only,) = candidates_of(tables)
    return [risk.words for risk in only.risks]


def band(edge, following=None):
    detail = {"edge": edge} | ({"next_edge": following} if following else {})
    return FindingRow(
        "0101-star-band", "book", "0101", None, None, "band", None, None, json.dumps(detail), False,
        None, None, "F201", "",
    )  # fmt: skip


def item(name, points):
    points = Decimal(points)
    return ItemRow("book", "0101", name, name, points, points, points, "scored")


def rating(name, used=True):
    return RatingRow("book", "0101", name, "初评", None, "1", None, None, used)


# --- risks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, []),
        ({"state": "undecided"}, ["星级暂定或待定"]),
        ({"state": "provisional"}, ["星级暂定或待定"]),
        ({"last_star": 2}, ["比上年升两星以上"]),
        ({"last_star": 3}, []),
        ({"last_star": None}, []),
        ({"decided_star": "5"}, ["有审定或异议复核改变"]),
    ],
)
def test_risks_of_the_subject(more, expected):
    """Open states, large rises and decided stars each count by themselves."""
    assert words(Tables(subjects=(subject("0101", **more),))) == expected


@pytest.mark.parametrize(
    ("total", "near"),
    [("80.00", True), ("81.00", True), ("81.01", False), ("89.00", True), ("88.99", False)],
)
def test_near_an_edge(total, near):
    """Within one point of the edge reached (80) or of the next one (90)."""
    row = subject("0101", total_low=Decimal(total))
    found = words(Tables(subjects=(row,), findings=(band("80", "90"),)))
    assert ("总分距星级分数线不超过1分" in found) == near


def test_the_lowest_edge_is_none():
    """Everybody reaches 0: a total of 0 is not close to an edge."""
    row = subject("0101", total_low=Decimal(0))
    assert words(Tables(subjects=(row,), findings=(band("0", "60"),))) == []


@pytest.mark.parametrize(
    ("rated", "expected"),
    [(19, []), (20, ["人工评分的项目占总分值五分之一以上"]), (49, ["人工评分的项目占总分值五分之一以上"]),
     (50, ["人工评分的项目占总分值一半以上"])],
)  # fmt: skip
def test_human_share(rated, expected):
    """The printed points of items that a person rated, against all."""
    items = (item("1", rated), item("2", 100 - rated))
    tables = Tables(
        subjects=(subject("0101"),), items=items, ratings=(rating("1"), rating("2", False))
    )
    assert words(tables) == expected


def test_only_those_with_a_star():
    """Who was not rated is not drawn."""
    rows = (subject("0102"), subject("0101", rated=False), subject("0100", star=None))
    assert [each.row.code for each in candidates_of(Tables(subjects=rows))] == ["0102"]


# --- drawing --------------------------------------------------------------------------------------


def test_a_lot_is_the_smallest_stated_hash():
    """Anybody can make a ticket with any tool: SHA-256 of seed:code:n."""
    tickets = [hashlib.sha256(f"7:0101:{n}".encode()).hexdigest() for n in (1, 2, 3)]
    assert lot(7, "0101", 3) == (min(tickets), tickets.index(min(tickets)) + 1)
    assert lot(7, "0101", 1) == (
        "fda2e966c1cee43e0d948dae5b34d267970750cbae90c867aeb5edf816265d58",
        1,
    )


POOLS = st.lists(
    st.tuples(st.sampled_from(["东镇", "西镇", ""]), st.integers(0, 5), st.integers(0, 3)),
    max_size=30,
).map(
    lambda rows: [
        candidate(f"{n:04}", town, star, RISKS[:risks])
        for n, (town, star, risks) in enumerate(rows)
    ]
)


@given(POOLS, st.integers(0, 99), st.integers(1, 40), st.randoms(use_true_random=False))
def test_a_draw(pool, seed, size, random):
    """As many as asked or all; every stratum before a second place; order of rows is nothing."""
    found = draw(pool, seed, size)
    assert len(found.drawn) == min(size, len(pool))
    assert len({each.candidate.row.code for each in found.drawn}) == len(found.drawn)
    counts = [len(stratum.drawn) for stratum in found.strata]
    if 0 in counts:
        assert max(counts) == 1
    for stratum in found.strata:
        drawn = [each.candidate for each in stratum.drawn]
        assert {(each.town, each.star) for each in drawn} <= {(stratum.town, stratum.star)}
    shuffled = list(pool)
    random.shuffle(shuffled)
    assert draw(shuffled, seed, size) == found


@given(POOLS.filter(bool), st.integers(0, 99))
def test_more_places_keep_those_drawn(pool, seed):
    """A larger sample of the same seed holds the smaller one."""
    codes = [
        {each.candidate.row.code for each in draw(pool, seed, size).drawn} for size in (1, 3, 9, 40)
    ]
    assert codes[0] <= codes[1] <= codes[2] <= codes[3]


def test_weight_draws_more_readily():
    """Weight 4 against weight 1, one place: four times in five, over a thousand seeds."""
    pool = [candidate("0001", risks=RISKS[:1]), candidate("0002")]
    heavy = sum(draw(pool, seed, 1).drawn[0].candidate.row.code == "0001" for seed in range(1_000))
    assert 760 <= heavy <= 840


def test_no_members_is_a_mistake():
    """A sample of nobody is refused."""
    with pytest.raises(ValueError, match="at least one"):
        draw([candidate("0001")], 1, 0)


# --- told -----------------------------------------------------------------------------------------


def test_the_county_is_told():
    """Method, strata, names and reasons; the same in the document."""
    tables = read_tables(outcome("county-mixed").bundle.results)
    found = draw(candidates_of(tables), 20240115, 8)
    text = told.text_of(found)
    assert "种子 20240115，要抽 8 个，抽出 8 个" in text
    assert all(risk.words in text for risk in RISKS)
    assert all(each.candidate.row.name in text for each in found.drawn)
    document = told.document_of(found)
    assert sum(len(stratum["drawn"]) for stratum in document["strata"]) == 8


def test_lists_for_inspectors():
    """csv and xlsx have columns to fill in; texts that look like formulas are neutralised."""
    found = draw([Candidate(subject("0101", town="=1+1"), ())], 1, 1)
    lines = told.list_csv(found).decode("utf-8-sig").splitlines()
    assert lines[0].endswith("核查情况,核查人,核查日期")
    assert "'=1+1" in lines[1]
    from datetime import date

    data = told.list_xlsx(found, "某镇", date(2024, 1, 7), "0" * 12)
    assert data == told.list_xlsx(found, "某镇", date(2024, 1, 7), "0" * 12)
    cells = [c.value for row in openpyxl.load_workbook(io.BytesIO(data)).active for c in row]
    assert {"第0101党支部", "一般抽取", "核查人"} <= set(cells)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "review.zip").write_bytes(pack(reviewed(tmp_path / "small")))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command(folder, capsys):
    """The same seed gives the same list, from the slim archive too."""
    words_ = ["archive", "sample", "review.zip", "--seed", "5", "--size", "2"]
    assert run([*words_, "--out", "名单.csv"]) == 0
    first = capsys.readouterr().out
    assert run([*words_, "--out", "名单.xlsx"]) == 0
    assert capsys.readouterr().out == first
    assert {path.name for path in folder.glob("名单.*")} == {"名单.csv", "名单.xlsx"}
    data = slimmed((folder / "review.zip").read_bytes())
    assert zip_members(data, "slim.zip")
    (folder / "slim.zip").write_bytes(data)
    assert run(["archive", "sample", "slim.zip", "--seed", "5", "--size", "2"]) == 0
    assert capsys.readouterr().out == first
    assert run([*words_, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["seed"] == 5


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--seed", "1"], 2),
        (["--size", "1"], 2),
        (["--seed", "x", "--size", "1"], 2),
        (["--seed", "1", "--size", "0"], 2),
        (["--seed", "1", "--size", "1", "--out", "x.txt"], 2),
    ],
)
def test_slips(folder, more, code):
    """Seed and size must be said; the list is csv or xlsx."""
    assert run(["archive", "sample", "review.zip", *more]) == code


@pytest.mark.parametrize(
    ("size", "told"),
    [("0", "请写不小于 1 的整数，写的是 0"), ("甲", "“甲”不是整数，请写不小于 1 的整数")],
)
def test_a_size_that_is_none(capsys, size, told):
    """Told in Chinese."""
    assert run(["archive", "sample", "review.zip", "--seed", "1", "--size", size]) == 2
    assert told in capsys.readouterr().err
