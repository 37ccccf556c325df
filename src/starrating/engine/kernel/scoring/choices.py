"""The amount that an answer picks from a map: `by`, levels, and each row of a sheet (step 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from starrating.engine.kernel.arrays import Bools, Exact, Ints, Numbers, select
from starrating.engine.kernel.scoring.effect import Effect, or_
from starrating.engine.kernel.scoring.ground import Cells, Ground
from starrating.engine.kernel.scoring.persons import Given, given, mean
from starrating.engine.kernel.scoring.plan import ClausePlan
from starrating.number import plain
from starrating.records.model import Answer, AnswerCell, Cell
from starrating.rulebook import expressions as ex
from starrating.rulebook.fields import Amount, Between
from starrating.rulebook.raters import Seat

_WORDS = {
    Answer.YES: ("是", "有", "√", "1", "Y", "yes"),
    Answer.NO: ("否", "无", "×", "0", "N", "no", "没有"),
    Answer.NOT_APPLICABLE: (),
}
"""Yes and no, however a map writes them."""


def chosen(ground: Ground, item: str, plan: ClausePlan, amounts: Mapping[str, Amount]) -> Effect:
    """What the clause does: `by` names a check point, a 党组织 column or a row's column; without
    `by` a person's 等次 for the item picks."""
    by, per = plan.clause.by, plan.clause.per
    if by is None:
        return _by_level(ground, item, plan, amounts)
    if isinstance(per, ex.Name):
        return _by_row(ground, plan, amounts, by, per.name)
    own = ground.cell(by)
    if own is not None:
        return _picked(ground, item, plan, amounts, own)
    cells, aside = ground.answer(by)
    effect = _picked(ground, item, plan, amounts, cells, point=by)
    return _not_applicable(effect, plan, aside, amounts) if aside.any() else effect


def _by_level(ground: Ground, item: str, plan: ClausePlan, amounts: Mapping[str, Amount]) -> Effect:
    """A person's 等次 picks; of several seats each picks, and the amounts are averaged."""
    every = []
    for seat in ground.seats(item):
        cells, there = ground.level(item, seat)
        every.append(_picked(ground, item, plan, amounts, cells, awaiting=~there, of=(seat,)))
    first, *rest = every
    if not rest:
        return first
    given = mean([Given(each.sets, each.awaits) for each in every if each.sets is not None])
    lacks = np.zeros(ground.n, bool)
    for each in every:
        lacks = lacks | (False if each.lacks is None else each.lacks)
    effect = replace(Effect.alone(plan, ground.n), awaits=given.awaits, lacks=lacks)
    return _with_amount(effect, given.amount)


def _picked(
    ground: Ground,
    item: str,
    plan: ClausePlan,
    amounts: Mapping[str, Amount],
    cells: Cells,
    *,
    awaiting: Bools | None = None,
    point: str | None = None,
    of: Sequence[Seat] | None = None,
) -> Effect:
    """The amount of the key that the cell picks; any of them where it picks none. Who has yet to
    give a level is awaited, all others lack a fact."""
    n = ground.n
    choice = picked(cells, tuple(amounts))
    amount = _any(amounts, n)
    awaits: Bools | None = awaiting
    for place, each in enumerate(amounts.values()):
        here = choice == place
        person = given(ground, item, plan.clause.form, each, point, of)
        amount = select(here, person.amount, amount)
        if person.awaits is not None:
            awaits = or_(awaits, here & person.awaits)
    lacks = choice < 0
    effect = replace(
        Effect.alone(plan, n),
        amounts=tuple(amounts.values()),
        choice=choice,
        awaits=awaits,
        lacks=lacks if awaiting is None else lacks & ~awaiting,
    )
    return _with_amount(effect, amount)


def picked(cells: Cells, keys: Sequence[str]) -> Ints:
    """Which of the keys each cell picks, -1 for none."""
    table = [picks(keys, cell) for cell in cells.vocabulary]
    return np.array([*table, -1], np.int64)[cells.code]


def picks(keys: Sequence[str], cell: Cell) -> int:
    """The place of the key that a cell picks, -1 for none: the word itself, else yes and no however they are written."""
    words: tuple[str, ...] = ()
    if isinstance(cell, AnswerCell):
        words = (cell.word, *(_WORDS[cell.meaning] if cell.meaning is not None else ()))
    elif isinstance(cell, bool):
        words = _WORDS[Answer.YES if cell else Answer.NO]
    elif isinstance(cell, Fraction):
        words = (plain(cell),)
    elif isinstance(cell, str):
        words = (cell,)
    return next((keys.index(word) for word in words if word in keys), -1)


def _not_applicable(
    effect: Effect, plan: ClausePlan, aside: Bools, amounts: Mapping[str, Amount]
) -> Effect:
    """不适用: a deduction does not apply; a credit is given whole (step 4)."""
    n = len(aside)
    lacks = None if effect.lacks is None else effect.lacks & ~aside
    awaits = None if effect.awaits is None else effect.awaits & ~aside
    assert effect.choice is not None
    choice = np.where(aside, -1, effect.choice)
    effect = replace(effect, lacks=lacks, awaits=awaits, choice=choice)
    if plan.clause.form == "deduct":
        gain = select(aside, Numbers.at(0, n), effect.gain)
        return replace(effect, applies=effect.applies & ~aside, gain=gain)
    most = Numbers.known(_any(amounts, n).high)
    if effect.sets is not None:
        return replace(effect, sets=select(aside, most, effect.sets))
    return replace(effect, gain=select(aside, most, effect.gain))


# --- every row picks --------------------------------------------------------------------------


def _by_row(
    ground: Ground, plan: ClausePlan, amounts: Mapping[str, Amount], by: str, per: str
) -> Effect:
    """Each row of a sheet (or of a count measure) picks its amount; `highest: only` takes the
    largest of them once."""
    rows, n = ground.picked_rows(per, by), ground.n
    count = len(rows.subject)
    choice = picked(rows.cells, tuple(amounts))
    every = _any(amounts, count)
    nil = Numbers.at(0, count)
    amount = every.hull(nil)
    for place, each in enumerate(amounts.values()):
        amount = select(choice == place, _interval(each, count), amount)
    amount = select(rows.sure, amount, amount.hull(nil))
    largest = plan.clause.highest is not None
    gather = _largest if largest else _sums
    taken = Numbers(gather(amount.low, rows.subject, n), gather(amount.high, rows.subject, n))
    if rows.absent.any():
        most = _any(amounts, n).high if largest else Exact.at(0, n)
        open_ = Numbers(Exact.at(0, n), most, None, None if largest else np.ones(n, bool))
        taken = select(rows.absent, open_, taken)
    sure = np.bincount(rows.subject[rows.sure], minlength=n).astype(np.int64)
    possible = np.bincount(rows.subject, minlength=n).astype(np.int64)
    effect = replace(
        Effect.alone(plan, n),
        quantity=Numbers.between(Exact.whole(sure), Exact.whole(possible)),
        lacks=~taken.certain,
    )
    return _with_amount(effect, taken)


def _sums(amount: Exact, subject: Ints, n: int) -> Exact:
    """What the rows of each subject add up to."""
    scaled = amount.reduced()
    assert isinstance(scaled.den, int)
    found = np.zeros(n, np.int64)
    np.add.at(found, subject, scaled.num)
    return Exact.whole(found, den=scaled.den)


def _largest(amount: Exact, subject: Ints, n: int) -> Exact:
    """The largest of the rows of each subject, at least 0."""
    scaled = amount.reduced()
    assert isinstance(scaled.den, int)
    found = np.zeros(n, np.int64)
    np.maximum.at(found, subject, scaled.num)
    return Exact.whole(found, den=scaled.den)


# --- parts -------------------------------------------------------------------------------------


def _with_amount(effect: Effect, each: Numbers) -> Effect:
    form = effect.plan.clause.form
    if form == "score":
        return replace(effect, sets=each)
    return replace(effect, gain=-each if form == "deduct" else each)


def _interval(amount: Amount, n: int) -> Numbers:
    if isinstance(amount, Between):
        return Numbers.between(Exact.at(amount.low, n), Exact.at(amount.high, n))
    return Numbers.at(amount, n)


def _any(amounts: Mapping[str, Amount], n: int) -> Numbers:
    """Any of the amounts."""
    ends = [
        (each.low, each.high) if isinstance(each, Between) else (each, each)
        for each in amounts.values()
    ]
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    return Numbers.between(Exact.at(low, n), Exact.at(high, n))
