"""No chain of accepted overlays makes anyone's score or star better than the superior's rules do.

Random overlays on an invented province's rules, locked as a whole through one star, or in single
items, one or two layers deep. Those that are refused prove nothing; those that are taken are run
on random records beside the superior's rules alone. Left out are quotas, since a contest is not
promised (docs/decisions.md), and `adjustable`, which allows what is easier.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from starrating.engine.evaluation import SubjectResult
from starrating.engine.reference import evaluate
from starrating.engine.scope import default_cut_off
from starrating.engine.setting import Setting
from starrating.engine.values import Interval
from starrating.faults import Level
from starrating.records import records_from_rows
from starrating.rulebook import read as read_module
from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import Loaded, read_text
from starrating.rulebook.sheets import schema_of

PROVINCE = (Path(__file__).parent / "province.yaml").read_text("utf-8")
PROVINCE = PROVINCE.replace(", at_most: {share: 30%}", "")
PROVINCE = PROVINCE.replace(", adjustable: {deduct: 1 to 3}", "")
ITEMS_ONLY = PROVINCE.replace("requires: 到会率 >= 75%, locked: true", "requires: 到会率 >= 75%")
LOCKED = ("1.1", "1.2", "2.1", "2.2", "2.3")
START, END = date(2024, 1, 1), date(2024, 12, 31)
POINTS = ("班子违纪", "班子不健全", "分工不明确", "表彰", "严重违纪", "标识", "门牌", "制度上墙",
          "公开栏", "记录不规范", "未报送", "瞒报", "创新项目")  # fmt: skip


def head(name: str, above: str) -> str:
    """The head of an overlay."""
    return (
        f'format: 1\nid: {name}\nversion: "1"\ntitle: 虚构\nin_force: {{from: 2020-01-01}}\n'
        f'extends: {{id: {above}, version: "1"}}\n'
    )


class Shelf:
    """Books in memory, found as files are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.put("province", PROVINCE)
        self.put("items", ITEMS_ONLY.replace("id: province", "id: items"))

    def put(self, name: str, text: str) -> None:
        """Keep a book."""
        (self.folder / f"{name}.yaml").write_text(text, "utf-8")

    def read(self, name: str) -> Loaded:
        """Read it with all it extends."""
        data = (self.folder / f"{name}.yaml").read_bytes()
        return read_text(data, f"{name}.yaml", lambda own, _: self.folder / f"{own}.yaml")


# --- overlays ---------------------------------------------------------------------------------------


def change(kind: str, name: str, patch: Any) -> dict[str, Any]:
    """One change of the superior's."""
    return {"changes": {kind: {name: patch}}}


def clause(item: str, number: int, patch: Any) -> dict[str, Any]:
    """A change of one clause."""
    return change("items", item, {"clauses": {number: patch}})


def edits() -> st.SearchStrategy[dict[str, Any]]:
    """One edit of a lower layer, strict or not."""
    few = st.integers(0, 6)
    percent = st.sampled_from(("1%", "4%", "5%", "10%"))
    reach = st.sampled_from(("60%", "75%", "80%", "85%"))
    unit = st.sampled_from(("month", "quarter", "half", "year"))
    grace = st.sampled_from(("0 days", "3 days", "7 days", "30 days"))
    months = st.sampled_from(("0 months", "1 month", "2 months", "4 months", "20 days"))
    policy = st.sampled_from(("full", "leave_out", "zero"))
    lists = st.sampled_from(
        (["标识"], ["标识", "门牌", "制度上墙", "公开栏"], ["门牌", "标识", "制度上墙"])
    )
    when = st.sampled_from((
        "found 严重违纪", "found 严重违纪 or found 瞒报", "found 严重违纪 and found 瞒报", "not found 表彰",
        "党员数 < 5", "是",
    ))  # fmt: skip
    late = st.sampled_from(("2 months", "3 months", "5 months"))
    added = st.sampled_from((
        {"deduct": 1, "per": "found 记录不规范"}, {"add": 1, "per": "found 创新项目"},
        {"score": 0, "if": "found 瞒报"}, {"score": 5, "if": "found 瞒报"},
        {"deduct": 1, "per": "缺党日月"},
    ))  # fmt: skip
    then = st.sampled_from((
        {"star_at_most": 1}, {"star": "none"}, {"star_at_most": 3}, {"flag": "软弱涣散"},
        {"score": 0, "item": "1.1"}, {"score": 0, "item": "8.1"}, {"total": 0},
    ))  # fmt: skip
    items = st.sampled_from(("1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "9.1"))
    return st.one_of(
        few.map(lambda n: clause("1.1", 1, {"deduct": n})),
        reach.map(lambda n: clause("1.1", 2, {"below": n})),
        percent.map(lambda n: clause("1.1", 2, {"every": n})),
        few.map(lambda n: clause("1.1", 2, {"up_to": n})),
        few.map(lambda n: clause("1.2", 1, {"deduct": n})),
        few.map(lambda n: clause("1.3", 1, {"deduct": n})),
        when.map(lambda text: clause("2.1", 1, {"if": text})),
        few.map(lambda n: clause("2.1", 1, {"score": n})),
        few.map(lambda n: clause("2.1", 2, {"deduct": {"班子不健全": n}})),
        few.map(lambda n: clause("2.1", 2, {"deduct": {"记录不规范": n}})),
        few.map(lambda n: clause("2.1", 4, {"deduct": {"不全": n}})),
        few.map(lambda n: clause("2.3", 1, {"bands": {"from": {n * 10: n + 2}}})),
        few.map(lambda n: clause("9.1", 1, {"add": n})),
        st.sampled_from(("as_met", "as_lost", "unassessed")).map(
            lambda word: clause("1.1", 1, {"if_unknown": word})
        ),
        st.builds(lambda item, new: change("items", item, {"clauses": {"new": [new]}}), items, added),
        st.builds(lambda item, n: change("items", item, {"points": n}), items, few),
        st.builds(lambda item, n: change("items", item, {"cap": n}), items, few),
        st.builds(lambda item, n: change("items", item, {"floor": -n}), items, few),
        st.builds(lambda item, word: change("items", item, {"not_applicable": word}), items, policy),
        st.builds(lambda item, text: change("items", item, {"applies_when": text}), items, when),
        unit.map(lambda word: change("measures", "缺大会季度", {"missing": {"every": word}})),
        few.map(lambda n: change("measures", "少党课次数", {"short": {"at_least": n}})),
        unit.map(lambda word: change("measures", "少党课次数", {"short": {"every": word}})),
        grace.map(lambda text: change("measures", "缺党日月", {"missing": {"grace": text}})),
        months.map(lambda text: change("measures", "换届逾期月", {"late": {"grace": text}})),
        unit.map(lambda word: change("measures", "换届逾期月", {"late": {"unit": word}})),
        lists.map(lambda names: change("lists", "五统一", names)),
        few.map(lambda n: change("sections", "加分", {"cap": n})),
        few.map(lambda n: change("stars", "3", {"from": 77 + n})),
        few.map(lambda n: change("stars", "2", {"from": 57 + n})),
        reach.map(lambda n: change("stars", "3", {"requires": f"到会率 >= {n}"})),
        when.map(lambda text: change("stars", "2", {"requires": text})),
        when.map(lambda text: change("judgements", "V1", {"if": text})),
        late.map(
            lambda text: change("judgements", "V2", {"if": f"书记空缺起始日期 + {text} < 截止日"})
        ),
        then.map(lambda effect: change("judgements", "V3", {"then": effect})),
        st.builds(
            lambda effect, text: {"judgements": [{"id": "X1", "if": text, "then": effect}]}, then, when
        ),
        policy.map(lambda word: {"defaults": {"not_applicable": word}}),
        few.map(lambda n: {"moves": {"rise_at_most": n}}),
        few.map(lambda n: {"total_cap": 90 + n}),
        few.map(lambda n: {"total_floor": n}),
        st.sampled_from((
            {"checks": {"unrecorded": "not_found"}},
            {"checks": {"unrecorded_elements": "present"}},
            {"checks": {"unrecorded_elements": "lacking"}},
            {"checks": {"count": ["表彰"]}},
            {"raters": ["自评"]},
            {"total": "组织生活 + 组织建设 + 加分"},
            {"measures": {"党员数": {"value": "100"}}},
            {"measures": {"无关": {"sheet": "组织生活", "missing": {"every": "year", "grace": "90 days"}}}},
            {"lists": {"另一清单": ["标识"]}},
            {"columns": {"组织生活": {"别的人数": {"type": "number", "aliases": ["实到"]}}}},
            {"columns": {"组织生活": {"实到": {"type": "text"}}}},
            {"row_checks": [{"sheet": "组织生活", "if": "实到 > 应到", "message": "请核对"}]},
        )),
        st.integers(1, 8).map(
            lambda n: {
                "sections": [
                    {
                        "title": "组织生活",
                        "items": [
                            {"id": "1.9", "title": "加项", "points": n,
                             "clauses": [{"deduct": 1, "per": "found 未报送"}]}
                        ],
                    }
                ]
            }
        ),
        st.sampled_from(("bonus", "deduction")).map(
            lambda kind: {
                "sections": [
                    {
                        "title": f"另{kind}",
                        "kind": kind,
                        "items": [
                            {"id": "8.1", "title": "加项", "clauses": [
                                {"deduct" if kind == "deduction" else "add": 3, "per": "found 表彰"}
                            ]}
                        ],
                    }
                ]
            }
        ),
    )  # fmt: skip


def joined(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Several edits as one overlay; later ones win."""
    whole: dict[str, Any] = {}
    for part in parts:
        merge_into(whole, part)
    return whole


def merge_into(whole: dict[str, Any], part: dict[str, Any]) -> None:
    """Put one map into another."""
    for word, value in part.items():
        if isinstance(value, dict) and isinstance(whole.get(word), dict):
            merge_into(whole[word], value)
        else:
            whole[word] = json.loads(json.dumps(value))


def written(layer: dict[str, Any]) -> str:
    """An overlay as lines of its file; JSON is YAML."""
    return "".join(
        f"{word}: {json.dumps(value, ensure_ascii=False)}\n" for word, value in layer.items()
    )


# --- records ----------------------------------------------------------------------------------------


def records(seed: int) -> dict[str, list[dict[str, str]]]:
    """Random records of two organisations; some facts are missing."""
    draw = Random(seed)
    codes = ("0001", "0002")
    return {
        "党组织": [organisation(draw, code) for code in codes],
        "组织生活": [activity(draw, code) for code in codes for _ in range(draw.randint(0, 14))],
        "检查记录": [
            {"党组织": code, "检查项目": point, "结果": draw.choice(("是", "否", "否", "不适用"))}
            for code in codes
            for point in (*POINTS, "党建台账")
            if point != "党建台账" and draw.random() < 0.8
        ]
        + [
            {"党组织": code, "检查项目": "党建台账", "结果": draw.choice(("无", "不全", "健全"))}
            for code in codes
        ],
    }


def day(draw: Random, first: date, days: int) -> str:
    """A day from `first` on."""
    return (first + timedelta(days=draw.randrange(days))).isoformat()


def organisation(draw: Random, code: str) -> dict[str, str]:
    """One organisation, some founded within the year."""
    founded = {"成立日期": day(draw, START, 330)} if draw.random() < 0.3 else {}
    vacant = {"书记空缺起始日期": day(draw, START, 400)} if draw.random() < 0.4 else {}
    return {
        "党组织代码": code,
        "党组织名称": f"虚构支部{code}",
        "领域": "农村",
        "是否参评": "是",
        "党员数": str(draw.randint(3, 60)),
        "任期届满日期": day(draw, date(2024, 3, 1), 300),
        "最近换届日期": day(draw, date(2024, 2, 1), 420),
        "上年度星级": str(draw.randint(1, 3)),
        **founded,
        **vacant,
    }


def activity(draw: Random, code: str) -> dict[str, str]:
    """One event, perhaps in the days of grace, perhaps without its figures."""
    should = draw.randint(5, 30)
    figures = {"应到": str(should), "实到": str(draw.randint(should // 2, should))}
    return {
        "党组织": code,
        "日期": day(draw, START, 380),
        "类型": draw.choice(("党员大会", "党员大会", "党课", "主题党日", "主题党日")),
        **(figures if draw.random() < 0.95 else {}),
    }


def results(book: Rulebook, given: dict[str, list[dict[str, str]]]) -> dict[str, SubjectResult]:
    """The review of the year under a book."""
    cut_off = default_cut_off(END, [book])
    facts = records_from_rows(given, schema_of([book]), "case.yaml")
    setting = Setting(book, facts, "2024", START, END, cut_off)
    return {each.code: each for each in evaluate(setting, prefer="native").subjects}


def no_better_items(before: SubjectResult, after: SubjectResult, items: Iterable[str]) -> None:
    """These items score no better at either end."""
    for item in items:
        assert lower(after.item_scores[item], before.item_scores[item]), item


def no_better_star(before: SubjectResult, after: SubjectResult) -> None:
    """Total and star are no better at either end."""
    assert lower(after.total.value, before.total.value)
    assert before.grade is not None
    assert after.grade is not None
    for end in ("star_low", "star_high", "star"):
        assert (getattr(after.grade, end) or 0) <= (getattr(before.grade, end) or 0), end


def lower(one: Interval, other: Interval) -> bool:
    """Whether neither end is higher."""
    assert one.low is not None
    assert other.low is not None
    assert one.high is not None
    assert other.high is not None
    return one.low <= other.low and one.high <= other.high


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The province's rules, and room for overlays."""
    return Shelf(tmp_path_factory.mktemp("books"))


def accepted(shelf: Shelf, above: str, layers: list[dict[str, Any]]) -> Rulebook | None:
    """The book of the lowest layer that is taken; None where the first is refused."""
    found = None
    for number, layer in enumerate(layers):
        name = f"layer{number}"
        shelf.put(name, head(name, above) + written(layer))
        loaded = shelf.read(name)
        taken = loaded.book is not None and not any(
            fault.level in (Level.FATAL, Level.ERROR) for fault in loaded.faults
        )
        if not taken:
            break
        found, above = loaded.book, name
    return found


def beside(
    base: Rulebook | None, own: Rulebook | None, seed: int
) -> Iterator[tuple[SubjectResult, SubjectResult]]:
    """Each organisation of three draws of records under the base and under the lowest layer."""
    assert base is not None
    assert own is not None
    for nudge in range(3):
        given_records = records(seed + nudge)
        before, after = results(base, given_records), results(own, given_records)
        for code, result in before.items():
            yield result, after[code]


LAYERS = st.lists(
    st.lists(edits(), min_size=1, max_size=2).map(joined), min_size=1, max_size=2
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(layers=LAYERS, seed=st.integers(0, 10**9))
def test_a_locked_star_is_never_easier(
    shelf: Shelf, layers: list[dict[str, Any]], seed: int
) -> None:
    """Under a locked star no item, no total and no star is better; with points left to lower
    layers, no item."""
    own = accepted(shelf, "province", layers)
    assume(own is not None)
    assert own is not None
    left = any(item.id == "1.9" for _, item in own.items())
    for before, after in beside(shelf.read("province").book, own, seed):
        no_better_items(before, after, before.item_scores)
        if not left:
            no_better_star(before, after)


@settings(max_examples=40, deadline=None)
@given(layers=LAYERS, seed=st.integers(0, 10**9))
def test_a_locked_item_is_never_easier(
    shelf: Shelf, layers: list[dict[str, Any]], seed: int
) -> None:
    """Where only single items are locked, these score no better, whatever becomes of the rest."""
    own = accepted(shelf, "items", layers)
    assume(own is not None)
    for before, after in beside(shelf.read("items").book, own, seed):
        no_better_items(before, after, LOCKED)


@pytest.mark.parametrize("name", ["province", "items"])
def test_the_search_can_find_what_is_easier(
    shelf: Shelf, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the guard the first loosening is caught by the comparison itself."""
    monkeypatch.setattr(read_module, "loosened", lambda _base, _own: ())
    base, own = shelf.read(name).book, accepted(shelf, name, [clause("1.1", 1, {"deduct": 0})])
    assert base is not None
    assert own is not None
    found = 0
    for seed in range(20):
        given_records = records(seed)
        before, after = results(base, given_records), results(own, given_records)
        found += sum(
            not lower(after[code].item_scores["1.1"], before[code].item_scores["1.1"])
            for code in before
        )
    assert found
