"""Reproduction sees whatever was altered in an archive that was packed anew consistently."""

import json
from dataclasses import replace

import pytest

from reviewing.small import reviewed
from starrating.archive.bundle import pack, unpack
from starrating.archive.canonical import sha256
from starrating.archive.examine import examine
from starrating.engine import naive
from starrating.reviewing.reproduce import reproduce


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    return reviewed(tmp_path_factory.mktemp("small"),
        decided=[("0002", "五星")], found=[("0003", "无制度")],
    )  # fmt: skip


def altered(bundle, folder, name, old, new):
    """The archive with one text replaced in one member, packed anew so that it verifies."""
    text = bundle.folder(folder)[name].decode()
    assert old in text
    files = {**bundle.folder(folder), name: text.replace(old, new, 1).encode()}
    made = replace(bundle, **{folder: files}, sm3=None)
    if folder == "plan":
        made = replace(made, facts=replace(made.facts, plan_digest=sha256(files[name])))
    data = pack(made)
    assert examine(data) == []
    return unpack(data)


@pytest.mark.parametrize("independent", [True, False])
def test_an_untouched_archive(bundle, independent):
    """Equal both ways."""
    found = reproduce(bundle, independent=independent)
    assert (found.equal, found.wording, found.unchecked) == (True, (), ())


ALTERED = {
    "rule": ("rules", "small/1.yaml", "无制度: 1", "无制度: 3"),
    "quota": ("rules", "small/1.yaml", "number: 1", "number: 2"),
    "fact": ("inputs", "党组织.csv", "是,80", "是,81"),
    "check": ("inputs", "检查记录.csv", "无牌子,否", "无牌子,是"),
    "decision": ("inputs", "审定结果.csv", "五星", "四星"),
    "records": ("records", "党组织.csv", "2010-01-01,79", "2010-01-01,78"),
    "people": ("people", "审定结果.csv", "五星", "四星"),
    "reason": ("people", "审定结果.csv", "集体研究", "无"),
    "cut-off": ("plan", "plan.json", '"cut_off":"2023-12-31"', '"cut_off":"2023-12-30"'),
    "title": ("plan", "plan.json", "小评定", "大评定"),
    "item": ("plan", "plan.json", "综合考核", "综合"),
    "score": ("results", "items.csv", "综合考核,80,80", "综合考核,80,81"),
    "star": ("results", "subjects.csv", ",determined,", ",undecided,"),
    "flag": ("results", "flags.csv", "missing_evidence\r\n", "missing_evidence\r\nsmall,0001,甲,乙,proposed,,\r\n"),
    "computed star": ("results", "computed/subjects.csv", ",determined,", ",undecided,"),
    "computed score": ("results", "computed/items.csv", "综合考核,80,80", "综合考核,80,81"),
    "computed points": ("results", "computed/findings.csv", ",-1,", ",-3,"),
    "computed task": ("results", "computed/tasks.csv", "0003", "0004"),
}  # fmt: skip


@pytest.mark.parametrize("what", ALTERED)
def test_alterations_are_found(bundle, what):
    """Rules, inputs, records, people's part, plan, results: each alteration is a difference."""
    found = reproduce(altered(bundle, *ALTERED[what]))
    assert found.differences
    assert not found.equal


def test_differences_name_subject_item_clause_then_and_now(bundle):
    """What is told is what an auditor looks up."""
    made = altered(bundle, "inputs", "检查记录.csv", "无牌子,否", "无牌子,是")
    found = reproduce(made).differences
    (clause,) = (d for d in found if d.file == "findings.csv" and d.clause)
    assert (clause.subject, clause.item, clause.clause) == ("0001", "2", "1.1")
    score = next(d for d in found if d.file == "items.csv" and d.column == "score_low")
    assert (score.subject, score.item, score.before, score.after) == ("0001", "2", "10", "8")
    assert "党组织 0001，项目 2" in str(score)


def test_facts_of_the_manifest_are_compared(bundle):
    """A title changed in the manifest alone is found."""
    made = replace(bundle, facts=replace(bundle.facts, title="另一次评定"), sm3=None, readme=None)
    (found,) = reproduce(unpack(pack(made))).differences
    assert (found.file, found.column) == ("manifest.json", "title")


def test_the_program_version_is_no_difference(bundle):
    """Another version of the program may reproduce an archive."""
    versions = {**bundle.facts.versions, "starrating": "0.0.9"}
    made = replace(bundle, facts=replace(bundle.facts, versions=versions), sm3=None)
    assert reproduce(unpack(pack(made))).equal


def test_a_fault_in_the_usual_grading_shows(bundle, monkeypatch):
    """The independent way does not rely on the grading in use: were that wrong, it would differ."""
    real = naive.grade
    monkeypatch.setattr(
        "starrating.engine.naive.grade",
        lambda *args, **more: tuple(
            replace(each, star=3, star_low=3) if each.star else each for each in real(*args, **more)
        ),
    )
    assert reproduce(bundle).equal


def test_quotas_that_are_not_enumerated_are_told(tmp_path, monkeypatch):
    """Where the second grading gives up, the reproduction names who was computed once."""
    monkeypatch.setattr(naive, "MAX_FILLINGS", 0)
    found = reproduce(reviewed(tmp_path, base={"0002": 80}))
    assert found.unchecked == ("0001", "0002")
    assert "没有用第二种算法" in str(found)


def test_broken_facts_of_earlier_archives(bundle):
    """Broken facts of an earlier archive are a fault with a reason, not a traceback."""
    made = replace(bundle, previous={"previous.json": json.dumps({"x": 1}).encode()})
    assert [fault.code for fault in reproduce(made).faults] == ["A301"]
