"""What a check tells is what a review would tell: every fault, in the same words and order."""

from pathlib import Path

import pytest

from starrating.reviewing import Request, check_data, run

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "fixtures/town-2023": "rules",
    "fixtures/town-2023-faults": "rules",
    "fixtures/county-mixed": "fixtures/county-mixed/rules",
    "fixtures/systems/flag-contest": "rules/systems",
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_check_tells_what_a_review_tells(folder):
    """The fixtures: clean, with every fault, with mixed rulebooks, with levels and words."""
    request = Request(ROOT / folder, ROOT / FOLDERS[folder])
    reviewed = run(request)
    assert reviewed.results is not None
    assert check_data(request).faults == reviewed.faults


def test_what_is_told_of_findings_is_told_by_a_check(tmp_path):
    """An objection to a finding that is not there (E118), and a date of issue, need the review."""
    roll = "党组织代码,党组织名称,领域\n0001,甲支部,农村\n"
    (tmp_path / "党组织.csv").write_text(roll, "utf-8")
    objection = "编号,党组织,针对,收到日期,结论\n1,0001,0001-9.9-1,2023-12-01,调整\n"
    (tmp_path / "异议复核.csv").write_text(objection, "utf-8")
    request = Request(tmp_path, ROOT / "rules", rulebook=(("town-village", None),), period="2023")
    told = check_data(request).faults
    assert told == run(request).faults
    assert "E118" in {fault.code for fault in told}
