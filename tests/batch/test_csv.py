"""Parts in csv: the same bytes as the same cells as text in Parquet, and every fault with its place."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from batch.made import BOOK, batch, rules
from batch.test_run import invented
from starrating.batch import files, is_batch, run_batch
from starrating.reviewing import Request


def cells(rows):
    """The rows as texts, header first; None is an empty cell."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [
        names,
        *(["" if row.get(name) is None else str(row[name]) for name in names] for row in rows),
    ]


def written(rows, mark=",", encoding="utf-8"):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=mark).writerows(rows)
    return stream.getvalue().encode(encoding)


def as_text(path):
    """A Parquet part with every cell as text; its cells."""
    rows = cells(pq.read_table(path).to_pylist())
    if len(rows) == 1:
        rows = [pq.read_schema(path).names]
    columns = list(zip(*rows[1:], strict=True)) or [()] * len(rows[0])
    table = pa.table(
        {
            name: pa.array([each or None for each in column], pa.string())
            for name, column in zip(rows[0], columns, strict=True)
        }
    )
    pq.write_table(table, path)
    return rows


def both(folder, sheets, parts=2, **how):
    """The same data as text in Parquet and as csv."""
    text = batch(folder, sheets, parts)
    own = folder / "csv" / text.name
    own.mkdir(parents=True)
    (own / "plan.yaml").write_bytes((text / "plan.yaml").read_bytes())
    for path in sorted(text.rglob("*.parquet")):
        place = own / path.relative_to(text).with_suffix(".csv")
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(written(as_text(path), **how))
    return text, own


def result(data, book, out):
    """Every file of a batch's results, and its faults without the files' extensions."""
    found = run_batch(Request(data, book), out)
    files = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*.parquet")}
    return files, [str(fault).replace(".csv", ".parquet") for fault in found.faults]


def codes(data, book):
    """The codes of what keeps a batch from being written."""
    out = data.parent / "nothing"
    found = run_batch(Request(data, book), out)
    assert not out.exists()
    return [(fault.code, fault.origin.file) for fault in found.faults]


HOW = [
    {},
    {"encoding": "utf-8-sig"},
    {"encoding": "gb18030"},
    {"encoding": "utf-16"},
    {"mark": "\t"},
    {"mark": ";"},
]


@pytest.mark.parametrize("how", HOW, ids=str)
def test_the_same_bytes_as_text_in_parquet(how, tmp_path):
    """Codes with zeros, decimals, dates, blanks: every file of the results."""
    sheets, book = invented(21), rules(tmp_path)
    sheets["党组织"][0]["党组织名称"] = '第一“支部”, "老"\n（改名）；第5"组'
    sheets["检查记录"][0]["结果"] = "NA"
    sheets["检查记录"][1]["结果"] = "null"
    text, own = both(tmp_path, sheets, **how)
    one, two = result(text, book, tmp_path / "one"), result(own, book, tmp_path / "two")
    assert one[0]
    assert one == two


def test_a_number_is_read_to_its_last_digit(tmp_path):
    """50 of 50 takes the full band, 49.9999999999999 falls short."""
    sheets, book = invented(22), rules(tmp_path)
    for row in sheets["党组织"]:
        row["领域"] = "农村"
        row["村集体收入"] = "49.9999999999999"
    sheets["党组织"][0]["村集体收入"] = "50.0000000000000"
    text, own = both(tmp_path, sheets)
    assert result(own, book, tmp_path / "two") == result(text, book, tmp_path / "one")
    found = pq.read_table(tmp_path / "two" / "findings").to_pylist()
    short = {row["code"] for row in found if row["item"] == "1.4"}
    assert short == {row["党组织代码"] for row in sheets["党组织"][1:]}


def test_a_csv_part_is_read_once_by_all_steps(tmp_path, monkeypatch):
    """A quota spans the parts: what the first step has read the later ones take from the shelf.

    Organisations are read once more, before, to see whether groups span parts.
    """
    read, text_of = Counter(), files._text

    def counted(path, origin):
        read[path.relative_to(own).as_posix()] += 1
        return text_of(path, origin)

    _, own = both(tmp_path, invented(24))
    book = rules(tmp_path, BOOK.replace(", among: 上级党组织", ""))
    monkeypatch.setattr(files, "_text", counted)
    assert result(own, book, tmp_path / "out")[0]
    assert {times for path, times in read.items() if "党组织" not in path} == {1}
    assert {times for path, times in read.items() if "党组织" in path} == {2}


def test_parquet_and_csv_parts_stand_side_by_side(tmp_path):
    """One sheet of one part in csv: the same bytes."""
    sheets, book = invented(23), rules(tmp_path)
    text, own = both(tmp_path, sheets)
    one = result(text, book, tmp_path / "one")
    place = text / "检查记录" / "part-1.parquet"
    place.unlink()
    place.with_suffix(".csv").write_bytes((own / "检查记录" / "part-1.csv").read_bytes())
    assert result(text, book, tmp_path / "two") == one


def test_a_folder_of_csv_parts_is_a_batch(tmp_path):
    """Also where names are in capitals; not where they are those of open or hidden files."""
    (tmp_path / "党组织").mkdir()
    (tmp_path / "党组织" / "~$part-0.csv").write_bytes(b"")
    (tmp_path / "党组织" / ".part-0.csv").write_bytes(b"")
    assert not is_batch(tmp_path)
    (tmp_path / "党组织" / "PART-0.CSV").write_bytes(b"")
    assert is_batch(tmp_path)


@pytest.mark.parametrize(
    ("data", "code", "part"),
    [
        (b"", "D102", ""),
        (b"\r\n\n", "D102", ""),
        (b"\xff\x00\xff", "D109", ""),
        ('党组织,检查项目,结果\n0001,缺台账,"是\n0002,缺台账,否\n'.encode(), "D116", "第 "),
        ('党组织,检查项目,结果\n0001,缺台账,"是"否\n'.encode(), "D116", "第 2 行"),
        ("党组织,检查项目,结果\n0001,缺台账,是\n0002,是\n".encode(), "D708", "第 3 行有 2 格"),
        ("党组织,检查项目,结果\n0001,缺,台,账\n".encode(), "D708", "第 2 行有 4 格"),
        ("组织,检查项目,结果\n".encode(), "D704", ""),
        (("党组织," + "," * 1000 + "\n").encode(), "D107", ""),
    ],
)
def test_what_can_not_be_read_is_told_with_its_place(data, code, part, tmp_path):
    """The file, the row, and nothing is written."""
    book = rules(tmp_path)
    _, own = both(tmp_path, invented(24))
    (own / "检查记录" / "part-1.csv").write_bytes(data)
    found = run_batch(Request(own, book), tmp_path / "out")
    assert [fault.code for fault in found.faults] == [code]
    assert found.faults[0].origin.file == "data-2/检查记录/part-1.csv"
    assert part in found.faults[0].message
    assert not (tmp_path / "out").exists()


def test_a_header_alone_is_a_part_without_rows(tmp_path):
    """With and without an end of line."""
    book = rules(tmp_path)
    _, own = both(tmp_path, invented(25))
    for end in ("", "\r\n"):
        (own / "检查记录" / "part-1.csv").write_text("党组织,检查项目,结果" + end, "utf-8")
        assert run_batch(Request(own, book), tmp_path / "out").exit_code == 0


def test_two_files_of_one_part_are_refused(tmp_path):
    """D709: nobody knows which one is meant."""
    book = rules(tmp_path)
    text, own = both(tmp_path, invented(26))
    (text / "检查记录" / "part-1.csv").write_bytes((own / "检查记录" / "part-1.csv").read_bytes())
    assert codes(text, book) == [("D709", "data-2/检查记录")]


def test_rows_without_a_code_are_refused(tmp_path):
    """D710: the empty rows that spreadsheets leave behind are no organisation."""
    book = rules(tmp_path)
    _, own = both(tmp_path, invented(27))
    path = own / "党组织" / "part-0.csv"
    path.write_bytes(path.read_bytes() + b",,,,,\r\n,,,,,\r\n")
    assert codes(own, book) == [("D710", "data-2/党组织/part-0.csv")]
