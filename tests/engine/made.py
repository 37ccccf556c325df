"""Makes rulebooks, records and the facts of subjects for the tests of the engine."""

from datetime import date

from starrating.engine.facts import SubjectFacts
from starrating.engine.reference import evaluate
from starrating.engine.setting import Setting
from starrating.engine.subjects import scopes
from starrating.records import records_from_rows
from starrating.rulebook.read import read_text
from starrating.rulebook.sheets import schema_of
from starrating.schema import STANDARD

HEAD = """format: 1
id: made
version: "1"
title: 细则
in_force: {from: 2020-01-01}
defaults: {not_applicable: full}
"""


def book(text=""):
    """The rulebook of a head and `text`."""
    loaded = read_text((HEAD + text).encode(), "r.yaml", lambda _id, _version: None)
    assert loaded.usable, [fault.message for fault in loaded.faults]
    return loaded.book


def setting(text="", cut_off=date(2023, 12, 31), **sheets):
    """A review of the year 2023 under the rulebook `text`."""
    rules = book(text)
    records = records_from_rows(sheets, schema_of([rules]), "case.yaml")
    return Setting(rules, records, "2023", date(2023, 1, 1), date(2023, 12, 31), cut_off)


def subject(text="", faults=None, **sheets):
    """The facts of the only organisation; what is reported goes to `faults`."""
    ground = setting(text, **sheets)
    report = (faults if faults is not None else []).append
    (scope,) = scopes(ground, lambda _fault: None)
    return SubjectFacts(ground, scope, report, lambda _subject, _rule: None)


def evaluated(text, **sheets):
    """The whole evaluation under the rulebook `text`, by the native judge."""
    return evaluate(setting(text, **sheets), prefer="native")


def reviewed(text, **sheets):
    """The result of the only organisation."""
    (result,) = evaluated(text, **sheets).subjects
    return result


def section(*clauses, points=10, more=""):
    """A rulebook of one base section with one item."""
    listed = ", ".join(clauses)
    return (
        f"sections: [{{title: 基础, points: {points}, items: "
        f'[{{id: "1", title: 项目, points: {points}, {more}clauses: [{listed}]}}]}}]\n'
    )


def answers(**found):
    """Rows of 检查记录: point → answer."""
    return [{"检查项目": name, "结果": answer} for name, answer in found.items()]


def inspected_sheets(inspected, **columns):
    """党组织 and 检查记录 of organisations 0000, 0001 … of which each was inspected (point → answer);
    `columns` give further cells of 党组织, by number."""
    codes = [f"{n:04}" for n in range(len(inspected))]
    rows = [
        {"党组织代码": code, "党组织名称": f"支部{n}", "领域": "农村", "成立日期": "2010-01-01"}
        | {name: cell(n) for name, cell in columns.items()}
        for n, code in enumerate(codes)
    ]
    checks = [
        {"党组织": code, **row}
        for code, found in zip(codes, inspected, strict=True)
        for row in answers(**found)
    ]
    return {"党组织": rows, "检查记录": checks}


ROLL = [
    {"党组织代码": "0001", "党组织名称": "甲村党支部", "领域": "农村", "党员数": "30"},
    {"党组织代码": "0002", "党组织名称": "乙村党支部", "领域": "农村", "党员数": "20"},
]


def inspected(schema=STANDARD, roll=ROLL, **sheets):
    """Records of these organisations without a rulebook: people's part reads them alone."""
    return records_from_rows({"党组织": roll, **sheets}, schema, "case.yaml")
