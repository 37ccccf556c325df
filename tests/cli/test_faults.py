"""Faults as lines and as JSON."""

from starrating.cli import _faults
from starrating.faults import Fault, Level
from starrating.origin import Origin


def fault(level, sheet, cell, code="D304"):
    return Fault(
        code, level, "“三”不是数字", "请只填数字", Origin("检查.xlsx", sheet=sheet, cell=cell)
    )


FOUND = (
    fault(Level.HINT, "组织生活", "B2"),
    fault(Level.ERROR, "组织生活", "B10"),
    fault(Level.ERROR, "组织生活", "B9"),
    fault(Level.ERROR, "党组织", "C3"),
)


def test_faults_are_grouped_and_counted():
    """By level, then by sheet; each line has its whole place, rows in order of number."""
    assert _faults.grouped_lines(FOUND) == [
        "错误（按未知处理）：3 处",
        "  检查.xlsx!党组织（1 处）",
        "    检查.xlsx!党组织!C3: D304 “三”不是数字（请只填数字）",
        "  检查.xlsx!组织生活（2 处）",
        "    检查.xlsx!组织生活!B9: D304 “三”不是数字（请只填数字）",
        "    检查.xlsx!组织生活!B10: D304 “三”不是数字（请只填数字）",
        "",
        "疑点提示：1 处",
        "  检查.xlsx!组织生活（1 处）",
        "    检查.xlsx!组织生活!B2: D304 “三”不是数字（请只填数字）",
    ]


def test_counted_in_words():
    """Levels in order of weight, those without a fault left out."""
    assert _faults.counted(FOUND) == "错误 3 处，疑点提示 1 处"
    assert _faults.counted(()) == "没有"


def test_messages_are_cut():
    """More faults than a screen holds end in their number."""
    many = [fault(Level.ERROR, "组织生活", f"B{row}") for row in range(2, 20)]
    lines = _faults.message_lines(many)
    assert len(lines) == _faults.SHOWN_AT_MOST + 1
    assert lines[-1] == "……另有 8 处"


def test_documents_leave_out_what_is_not_known():
    """A place in a text file has line and column, one in a sheet has sheet and cell."""
    text = Fault("R101", Level.ERROR, "m", "r", Origin("rules/x.yaml", 3, 5))
    (of_sheet,) = _faults.fault_documents([FOUND[3]])
    (of_text,) = _faults.fault_documents([text])
    assert of_sheet["cell"] == "C3"
    assert "line" not in of_sheet
    assert (of_text["line"], of_text["column"]) == (3, 5)
    assert "sheet" not in of_text
