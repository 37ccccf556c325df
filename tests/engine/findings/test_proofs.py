"""What an inspector noted as proof stands with the findings that read the row."""

import json

from reviews import outcome
from starrating.engine.findings import noted_rows, with_proofs
from starrating.origin import Origin
from starrating.records.model import Records, Row, Table
from starrating.results.model import FindingRow
from starrating.schema import STANDARD


def meeting(line, proof, code="0101"):
    origin = Origin("a.xlsx", sheet="组织生活", cell=f"A{line}")
    values = {"党组织": code, "日期": None, "佐证": proof}
    return Row(code, values, origin, {"党组织": f"A{line}", "日期": f"B{line}"})


def finding(sources, detail='{"less":"2"}'):
    return FindingRow(
        "0101-1-1", "book", "0101", "1", "1", "clause", None, None, detail, False, None, sources,
        "F111", "扣2分",
    )  # fmt: skip


def test_proofs_follow_the_sources():
    """The proofs of the rows whose cells were read, each once, in the order of the sources."""
    rows = [meeting(2, "第2页"), meeting(3, "第3页"), meeting(5, "第2页")]
    cells = "; ".join(f"a.xlsx!组织生活!B{line}" for line in (3, 4, 5, 2))
    (told,) = with_proofs([finding(cells)], rows)
    assert json.loads(told.detail) == {"evidence": ["第3页", "第2页"], "less": "2"}
    assert told.text == "扣2分"


def test_nothing_noted_changes_nothing():
    """A finding whose rows have no proof stays as it is."""
    row = finding("a.xlsx!组织生活!B4")
    assert list(with_proofs([row], [meeting(2, "第2页")])) == [row]


def test_rows_with_a_proof_by_organisation():
    """Only rows with a proof are kept, under their organisation."""
    rows = (meeting(2, "第2页"), meeting(3, None), meeting(4, "册", code="0102"))
    table = Table("组织生活", ("党组织", "日期", "佐证"), rows)
    assert noted_rows(Records(STANDARD, {"组织生活": table}, ())) == {
        "0101": [rows[0]],
        "0102": [rows[2]],
    }


def test_the_town_tells_where_its_minutes_are():
    """Proofs noted in the town's diary reach its findings; topics nobody reads reach no csv."""
    made = outcome("town-2023")
    told = [row for row in made.results.findings if row.detail and "记录本第" in row.detail]
    assert told
    heads = made.bundle.records["组织生活.csv"].decode("utf-8-sig").split("\r\n")[0].split(",")
    assert "佐证" in heads
    assert "主题" not in heads
