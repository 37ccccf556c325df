"""Clauses as the printed 评分标准 says them; one small function for each form and each shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from starrating.number import plain
from starrating.rulebook import expressions as ex
from starrating.rulebook.describe.bands import bands_text
from starrating.rulebook.describe.conditions import figure, formula, when
from starrating.rulebook.describe.counting import counted
from starrating.rulebook.describe.rows import rows_word
from starrating.rulebook.describe.tables import table_text
from starrating.rulebook.describe.units import is_fraction, stem, unit_of
from starrating.rulebook.describe.words import between, points
from starrating.rulebook.fields import Amount, Between
from starrating.rulebook.model import Clause, Item, Rulebook, Section

_UNKNOWN = {
    "unassessed": "",
    "as_met": "（情况不明的，视为做到）",
    "as_lost": "（情况不明的，视为没有做到）",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a clause stands."""

    book: Rulebook
    section: Section
    item: Item

    def verb(self, form: str) -> str:
        """扣, 减, 加 or 得: what the clause does in its section."""
        if form == "deduct":
            return "减" if self.section.kind == "deduction" else "扣"
        if form == "add":
            gives = self.section.kind == "base" and self.item.points is not None
            return "得" if gives and self.item.starts_at != "full" else "加"
        return "得"


def clause_text(scene: Scene, clause: Clause) -> str:
    """One clause as a sentence without its full stop; `basis` stands in another column."""
    said = FORMS[clause.form](scene, clause)
    if clause.if_ is not None and clause.form not in ("deduct", "add", "score"):
        said = f"{when(scene.book, clause.if_)}的，{said}"
    note = f"（{clause.note}）" if clause.note is not None else ""
    return f"{said}{_UNKNOWN[clause.if_unknown]}{note}"


# --- deduct, add, score -----------------------------------------------------------------------------


def _amounts(scene: Scene, clause: Clause) -> str:
    """The shape of what stands behind deduct, add or score decides how it is said."""
    amount = clause.amount
    found = "有" if clause.form == "add" else ""
    head = f"{when(scene.book, clause.if_, found)}的，" if clause.if_ is not None else ""
    if isinstance(amount, dict):
        said = _map(scene, clause, amount)
    else:
        assert amount is not None
        said = _single(scene, clause, amount)
        if clause.form == "score" and amount == 0:
            said = "本项不得分"
    return f"{head}{said}"


def _single(scene: Scene, clause: Clause, amount: Amount) -> str:
    gain = f"{_gain(scene, clause.form, amount)}{_most(scene, clause)}"
    if clause.every is not None:
        return _steps(scene.book, clause, gain)
    if clause.per is None:
        return f"本项{gain}" if clause.form == "score" and isinstance(amount, Fraction) else gain
    told = counted(scene.book, clause.per, credit=clause.form == "add")
    return f"{told.before}{gain}{told.behind}"


def _gain(scene: Scene, form: str, amount: Amount) -> str:
    """`扣2分`; `由评分人在2至4分内酌情扣分`."""
    verb = scene.verb(form)
    if isinstance(amount, Between):
        how = "打分" if form == "score" else f"酌情{verb}分"
        return f"由评分人在{between(amount)}内{how}"
    return f"{verb}{points(amount)}"


def _most(scene: Scene, clause: Clause) -> str:
    if clause.up_to is None:
        return ""
    return f"，最多{scene.verb(clause.form)}{points(clause.up_to)}"


def _steps(book: Rulebook, clause: Clause, gain: str) -> str:
    """`党课到会率低于70%的，每低1个百分点扣0.2分`."""
    assert clause.of is not None
    assert clause.every is not None
    low = clause.below is not None
    edge = clause.below if clause.below is not None else clause.above
    assert edge is not None
    base = figure(book, clause.of, edge.value) if isinstance(edge, ex.Num) else formula(book, edge)
    step = _step(book, clause.of, clause.every)
    word = f"按{step}算" if clause.partial == "counts" else "不算"
    return (
        f"{formula(book, clause.of)}{'低于' if low else '超过'}{base}的，"
        f"每{'低' if low else '超过'}{step}{gain}（不足{step}的{word}）"
    )


def _step(book: Rulebook, of: ex.Expr, every: Fraction) -> str:
    if isinstance(of, ex.Name):
        rule = book.measures.get(of.name)
        if is_fraction(rule):
            return f"{plain(every * 100)}个百分点"
        return f"{plain(every)}{unit_of(book, of.name)}"
    return plain(every)


# --- maps -------------------------------------------------------------------------------------------


def _map(scene: Scene, clause: Clause, amounts: Mapping[str, Amount]) -> str:
    if clause.by is not None and clause.per is not None:
        return _by_rows(scene, clause, amounts)
    if clause.by is not None:
        return _by_answer(scene, clause, amounts)
    if clause.form == "score":
        return f"由评分人评定等次：{_choices(scene, clause.form, amounts, '、')}"
    return _points_found(scene, clause, amounts)


def _points_found(scene: Scene, clause: Clause, amounts: Mapping[str, Amount]) -> str:
    """Each entry is a clause of its own, taken once if the check point is found."""
    most = _most(scene, clause)
    return "；".join(
        f"{point}的，{_gain(scene, clause.form, amount)}{most}" for point, amount in amounts.items()
    )


def _by_answer(scene: Scene, clause: Clause, amounts: Mapping[str, Amount]) -> str:
    """The answer of a check point, or a column, picks one amount."""
    choices = _choices(scene, clause.form, amounts, "，", "的")
    return f"{clause.by}：{choices}，只取一档{_most(scene, clause)}"


def _choices(
    scene: Scene, form: str, amounts: Mapping[str, Amount], joint: str, link: str = ""
) -> str:
    return joint.join(
        f"{word}{link}{_chosen(scene, form, amount)}" for word, amount in amounts.items()
    )


def _chosen(scene: Scene, form: str, amount: Amount) -> str:
    if amount == 0:
        return f"不{scene.verb(form)}分"
    return _gain(scene, form, amount)


def _by_rows(scene: Scene, clause: Clause, amounts: Mapping[str, Amount]) -> str:
    """Each row of a sheet, or of a measure, picks its amount."""
    choices = _choices(scene, clause.form, amounts, "、")
    joined = "就高不重复" if clause.highest == "only" else "可以累计"
    return (
        f"{_rows(scene.book, clause.per)}按{clause.by}：{choices}，{joined}{_most(scene, clause)}"
    )


def _rows(book: Rulebook, per: ex.Expr | None) -> str:
    if isinstance(per, ex.Name) and per.name in book.measures:
        measure = book.measures[per.name]
        return rows_word(book, measure) if measure.sheet else stem(per.name)
    return formula(book, per) if per is not None else ""


# --- bands, worst_of, best_of -----------------------------------------------------------------------


def _bands(scene: Scene, clause: Clause) -> str:
    assert clause.bands is not None
    return bands_text(scene.book, clause.bands)


def _table(scene: Scene, clause: Clause) -> str:
    assert clause.table is not None
    return table_text(scene.book, clause.table)


def _one_of(word: str) -> Callable[[Scene, Clause], str]:
    def said(scene: Scene, clause: Clause) -> str:
        inner = "；".join(clause_text(scene, each) for each in clause.inner())
        return f"{inner}；以上{word}"

    return said


FORMS: dict[str, Callable[[Scene, Clause], str]] = {
    "deduct": _amounts,
    "add": _amounts,
    "score": _amounts,
    "bands": _bands,
    "table": _table,
    "worst_of": _one_of("不重复扣分，就重计一项"),
    "best_of": _one_of("不重复计分，就高计一项"),
}
"""form of a clause → how it is said; a form that is missing here fails the tests."""
