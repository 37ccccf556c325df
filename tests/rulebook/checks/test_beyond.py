"""R336 on what all judgements of a stage hold together, and its count against what is compiled."""

import pytest

from starrating.engine.alternatives import compiled
from starrating.rulebook.checks import check, judgements
from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import read_text
from starrating.rulebook.stages import in_stages

HEAD = """\
format: 1
id: beyond
version: "1"
title: 判定太多
in_force: {from: 2024-01-01}
defaults: {not_applicable: full}
judgements:
"""
PAIRS = " and ".join(f"(flagged 情形{i} or found 佐证{i})" for i in range(8))


def book_of(*conditions: str) -> Rulebook:
    """A book whose first eight judgements raise 情形0 … 情形7; the others have these conditions."""
    raising = [
        f"  - {{id: 提出{i}, if: 党员数 > {i}, then: {{flag: 情形{i}}}}}\n" for i in range(8)
    ]
    others = [
        f"  - {{id: 判{i}, if: {condition}, then: {{deny: 先进}}}}\n"
        for i, condition in enumerate(conditions)
    ]
    text = HEAD + "".join((*raising, *others))
    book = read_text(text.encode(), "beyond.yaml", lambda *_: None).book
    assert book is not None
    return book


def told(book: Rulebook) -> list[str]:
    """The judgements at which R336 speaks up."""
    parts = [dict(fault.parts) for fault in check(book) if fault.code == "R336"]
    return [str(part["judgement"]) for part in parts]


@pytest.mark.parametrize(
    ("name", "limit", "condition", "most"),
    [
        ("MAX_JUDGE_RULES", 20, "党员数 > 3", 12),
        ("MAX_JUDGE_ALTERNATIVES", 2_000, PAIRS, 7),
        ("MAX_JUDGE_NAMES", 40, f"党员数 > 3 and {PAIRS} and 党员数 < 9", 2),
    ],
)
def test_all_of_a_stage(monkeypatch, name, limit, condition, most):
    """Told once, at the judgement with which the limit is passed."""
    monkeypatch.setattr(judgements, name, limit)
    assert told(book_of(*[condition] * most)) == []
    assert told(book_of(*[condition] * (most + 2))) == [f"判{most}"]


@pytest.mark.parametrize("condition", ["党员数 > 3", PAIRS, f"not flagged 别的 and {PAIRS}"])
def test_counted_as_compiled(condition):
    """What passes is what the judge takes: the compiled stage has just as many alternatives."""
    first, _ = in_stages(book_of(condition))
    rule = compiled(first).ruleset.rules[-1]
    assert len(rule.when) == (1 if condition == "党员数 > 3" else 256)
