"""Probes of clauses: one small function for each form and shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from starrating.covered.probe import (
    AT,
    Probe,
    Seen,
    condition_probes,
    edge_probe,
    edge_probes,
    number,
)
from starrating.engine.expressions.formulas import evaluate, judge
from starrating.engine.expressions.operations import compare
from starrating.engine.scoring.effect import Effect
from starrating.engine.values import NO, YES, Interval
from starrating.number import exact
from starrating.records.model import AnswerCell
from starrating.rulebook import expressions as ex
from starrating.rulebook.describe.conditions import formula, when
from starrating.rulebook.fields import Amount, Between
from starrating.rulebook.model import Bands, Clause, Rulebook

NONE, SOME, FULL = "没有", "有", "到上限"
FOUND, CLEAR = "发现", "没有发现"
GIVEN = "评分人给分"
OTHERWISE = "其余"


@dataclass(frozen=True, slots=True)
class Place:
    """A clause in its item; `name` says the variant as well."""

    book: Rulebook
    item: str
    name: str
    number: str
    clause: Clause

    @property
    def what(self) -> str:
        """`项目 2.1 第1条`, as messages name it."""
        return f"项目 {self.name} 第{self.number}条"

    def probe(
        self, more: str, sides: tuple[str, ...], see: Callable[[Seen], Iterator[str]]
    ) -> Probe:
        """A probe of this clause."""
        return Probe(self.clause.origin, f"{self.what}{more}", sides, see)

    def effects(self, seen: Seen, number: str | None = None) -> Iterator[Effect]:
        """The effects of the clause, or of one of its parts."""
        wanted, place = number or self.number, self.clause.origin
        return (e for e in seen.effects(self.item) if (e.number, e.origin) == (wanted, place))


def clause_probes(place: Place) -> Iterator[Probe]:
    """All probes of one clause; those inside worst_of and best_of are asked for themselves."""
    yield from condition_probes(place.book, place.what, place.clause.if_, place.clause.origin)
    yield from MAKERS[place.clause.form](place)


def _amounts(place: Place) -> Iterator[Probe]:
    clause, amount = place.clause, place.clause.amount
    if isinstance(amount, dict):
        yield from _map(place, amount)
        return
    if clause.every is not None:
        yield from _steps(place)
    elif clause.per is not None:
        yield place.probe(
            f"“{formula(place.book, clause.per)}”",
            (NONE, SOME),
            lambda seen: _quantity(place, seen),
        )
    if clause.up_to is not None:
        limit = clause.up_to
        yield place.probe(" up_to", (FULL,), lambda seen: _full(place, seen, limit))
    if isinstance(amount, Between):
        yield place.probe("", (GIVEN,), lambda seen: _given(place, seen))


def _quantity(place: Place, seen: Seen) -> Iterator[str]:
    for effect in place.effects(seen):
        if effect.applies and effect.quantity is not None and effect.quantity.known:
            yield SOME if effect.quantity.number > 0 else NONE


def _full(place: Place, seen: Seen, limit: Fraction) -> Iterator[str]:
    if any(_known(effect.gain) in (limit, -limit) for effect in place.effects(seen)):
        yield FULL


def _given(place: Place, seen: Seen) -> Iterator[str]:
    for effect in place.effects(seen):
        figure = effect.sets if effect.sets is not None else effect.gain
        if not effect.awaits and figure.known and effect.when is YES:
            yield GIVEN


def _known(figure: Interval) -> Fraction | None:
    return figure.number if figure.known else None


def _steps(place: Place) -> Iterator[Probe]:
    clause = place.clause
    edge = clause.below if clause.below is not None else clause.above
    assert clause.of is not None
    assert edge is not None
    told = ex.Compare("<" if clause.below is not None else ">", clause.of, edge)
    what = f"{place.what}“{when(place.book, told)}”"
    yield edge_probe(place.book, what, clause.of, edge, clause.origin)


# --- maps -------------------------------------------------------------------------------------------


def _map(place: Place, amounts: Mapping[str, Amount]) -> Iterator[Probe]:
    clause, words = place.clause, tuple(amounts)
    if clause.by is not None and isinstance(clause.per, ex.Name):
        sheet = _sheet(place.book, clause.per.name)
        yield place.probe(f" {clause.by}", words, lambda seen: _row_words(seen, sheet, clause))
    elif clause.by is not None or clause.form == "score":
        label = clause.by or "等次"
        yield place.probe(f" {label}", words, lambda seen: _picked(place, seen))
    else:
        for inner, point in enumerate(words, start=1):
            yield _point(place, f"{place.number}.{inner}", point)


def _sheet(book: Rulebook, per: str) -> str:
    rule = book.measures.get(per)
    return rule.sheet if rule is not None and rule.sheet is not None else per


def _row_words(seen: Seen, sheet: str, clause: Clause) -> Iterator[str]:
    assert clause.by is not None
    for row in seen.result.facts.setting.rows(sheet, seen.result.code):
        cell = row.value(clause.by)
        yield cell.word if isinstance(cell, AnswerCell) else str(cell)


def _picked(place: Place, seen: Seen) -> Iterator[str]:
    """The word that the label of the effect names behind its colon."""
    return (effect.story().label.partition("：")[2] for effect in place.effects(seen))


def _point(place: Place, own: str, point: str) -> Probe:
    def found(seen: Seen) -> Iterator[str]:
        for effect in place.effects(seen, own):
            if effect.quantity is not None and effect.quantity.known:
                yield FOUND if effect.quantity.number > 0 else CLEAR

    what = f"项目 {place.name} 第{own}条“{point}”"
    return Probe(place.clause.origin, what, (FOUND, CLEAR), found)


# --- bands, worst_of, best_of -----------------------------------------------------------------------


def _bands(place: Place) -> Iterator[Probe]:
    bands = place.clause.bands
    assert bands is not None
    op, edges = _edges(bands)
    arms = (*(f"{edge}档" for edge in edges), *([OTHERWISE] if bands.otherwise is not None else []))

    def arm(seen: Seen) -> Iterator[str]:
        value = evaluate(bands.of, seen.facts)
        if number(value) is not None:
            hit = (e for e in edges if compare(op, value, Interval.at(exact(e) or 0)) is not NO)
            yield next((f"{edge}档" for edge in hit), OTHERWISE)

    def at(seen: Seen) -> Iterator[str]:
        value = number(evaluate(bands.of, seen.facts))
        return (f"{AT} {edge}" for edge in edges if exact(edge) == value)

    yield place.probe(f" {formula(place.book, bands.of)}", arms, arm)
    yield place.probe(
        f" {formula(place.book, bands.of)}", tuple(f"{AT} {edge}" for edge in edges), at
    )


def _edges(bands: Bands) -> tuple[str, tuple[str, ...]]:
    """How a value is compared with the edges, and the edges in the order they are asked."""
    for op, edges in ((">=", bands.from_), (">", bands.over), ("<=", bands.upto)):
        if edges is not None:
            order = sorted(edges, key=lambda edge: exact(edge) or Fraction(0), reverse=op != "<=")
            return op, tuple(order)
    raise ValueError("bands without edges")


def _table(place: Place) -> Iterator[Probe]:
    """Each row holds in some case, and each edge of its cells is tried."""
    table = place.clause.table
    assert table is not None
    rows = table.conditions()
    names = tuple(f"第{n}行" for n in range(1, len(rows) + 1))
    rest = (OTHERWISE,) if table.otherwise is not None else ()

    def held(seen: Seen) -> Iterator[str]:
        truths = [judge(row, seen.facts) for row in rows]
        yield from (name for name, truth in zip(names, truths, strict=True) if truth is YES)
        if all(truth is NO for truth in truths):
            yield OTHERWISE

    yield place.probe(" table", (*names, *rest), held)
    kept: dict[str, Probe] = {}
    for row in rows:
        for probe in edge_probes(place.book, place.what, row, place.clause.origin):
            kept.setdefault(probe.what, probe)
    yield from kept.values()


def _group(place: Place) -> Iterator[Probe]:
    """Each clause of worst_of or best_of is the one that counts in some case."""
    worst = place.clause.form == "worst_of"
    sides = tuple(f"第{n}种" for n in range(1, len(place.clause.inner()) + 1))

    def counts(seen: Seen) -> Iterator[str]:
        for effect in place.effects(seen):
            ends = [_known(part.gain) for part in effect.inner]
            known = [end for end in ends if end is not None]
            if len(known) == len(ends) and any(known):
                yield sides[ends.index((min if worst else max)(known))]

    yield place.probe("", sides, counts)


MAKERS: dict[str, Callable[[Place], Iterator[Probe]]] = {
    "deduct": _amounts,
    "add": _amounts,
    "score": _amounts,
    "bands": _bands,
    "table": _table,
    "worst_of": _group,
    "best_of": _group,
}
"""form of a clause → its probes; a form that is missing here fails the tests."""
