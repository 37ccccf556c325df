"""The findings of items: base, clauses, what is not earned, limits, not applicable (step 14)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from starrating.engine.evaluation import Evaluation, SubjectResult
from starrating.engine.findings.rows import Detail, Points, RowMaker, high_reading
from starrating.engine.findings.sections import zeroers
from starrating.engine.scoring.effect import Effect
from starrating.engine.scoring.items import Scored, not_applicable_policy
from starrating.engine.scoring.readings import Step
from starrating.engine.scoring.roles import Role, limits
from starrating.engine.shown import show
from starrating.engine.values import NIL, NO, ZERO, Interval
from starrating.number import plain
from starrating.results.model import FindingRow
from starrating.rulebook.fields import Amount, Between

AWAITING = "等待评分人在规定幅度内打分"

_Kind = tuple[str, str | None]
"""A kind of step, and the clause that took it."""


def item_findings(
    maker: RowMaker, evaluation: Evaluation, result: SubjectResult
) -> Iterator[FindingRow]:
    """The rows of all items, in the order of the sheet."""
    for scored in result.final_items:
        yield from rows_of(maker, evaluation, scored)


def rows_of(maker: RowMaker, evaluation: Evaluation, scored: Scored) -> Iterator[FindingRow]:
    """The rows of one item."""
    return _ItemRows(maker, evaluation, scored).rows()


@dataclass(frozen=True, slots=True)
class _ItemRows:
    """Makes the rows of one item."""

    maker: RowMaker
    evaluation: Evaluation
    scored: Scored

    def rows(self) -> Iterator[FindingRow]:
        """A row for each kind of step, and for each clause that has something to tell."""
        effects = {part.number: part for part in self.scored.parts}
        for (kind, clause), points in self._points().items():
            effect = effects.get(clause) if clause is not None else None
            if kind != "clause":
                yield self._other(kind, points, effect)
            elif effect is not None and self._tells(effect, points):
                yield self._clause(effect, points)

    def _points(self) -> dict[_Kind, Points]:
        """The points of each kind of step as they act on the total: a point lost counts against
        it, and its low reading is the most that is lost."""
        steps = self.scored.steps
        low = _summed(steps["low"])
        high = low if steps["high"] is steps["low"] else _summed(steps["high"])
        if self.scored.role is Role.DEDUCTION:
            return {each: (-high.get(each, ZERO), -low.get(each, ZERO)) for each in low | high}
        return {each: (low.get(each, ZERO), high.get(each, ZERO)) for each in low | high}

    # --- clauses ---------------------------------------------------------------------------

    def _stopped(self) -> bool:
        """Whether a `score: 0` stops, or may stop, the other clauses."""
        effects = self.scored.effects
        return any(each.final and each.applies and each.when is not NO for each in effects)

    def _contested(self, effect: Effect) -> bool:
        """Whether the clause stands in a `worst_of` or `best_of`."""
        contests = [each for each in self.scored.effects if each.form in ("worst_of", "best_of")]
        return any(effect in contest.parts for contest in contests)

    def _tells(self, effect: Effect, points: Points) -> bool:
        """Whether the clause took or gave something, was set aside, was stopped or lost its
        contest; a clause that does nothing at all has no row."""
        if points != (ZERO, ZERO) or effect.set_aside:
            return True
        would = effect.gain != NIL or effect.sets is not None
        return would and (self._stopped() or self._contested(effect))

    def _clause(self, effect: Effect, points: Points) -> FindingRow:
        less, story = plain(abs(points[0])), effect.story()
        awaits = [AWAITING] if effect.awaits else []
        detail: Detail = {
            "label": story.label,
            "if": story.condition,
            "quantity": _counted(effect),
            "amount": _amount(effect.amount),
            "less": less,
            "more": less,
            "lacking": list(story.lacking),
            "unknown": [*story.unknown, *awaits],
            "not_counted": list(story.not_counted),
            "high": high_reading(points),
            "reason": effect.set_aside,
        }
        item = self.scored.item.id
        return self.maker.row(
            f"{item}-{effect.number}", "clause", self._message(effect, points), detail,
            item=item, clause=effect.number, quantity=_quantity(effect), points=points[0],
            set_aside=bool(effect.set_aside), rule=effect.origin, sources=story.sources,
        )  # fmt: skip

    def _message(self, effect: Effect, points: Points) -> str:
        if effect.set_aside:
            return "F116"
        if effect.final:
            return "F113"
        if points == (ZERO, ZERO):
            return "F114" if self._stopped() else "F115"
        return "F111" if effect.form == "deduct" else "F112"

    # --- everything else -------------------------------------------------------------------

    def _other(self, kind: str, points: Points, effect: Effect | None) -> FindingRow:
        item, shown = self.scored.item, plain(points[0])
        detail: Detail = {
            "points": shown,
            "less": plain(-points[0]),
            "more": shown,
            "high": high_reading(points) if kind != "base" else "",
            "item": item.id,
            **self._detail(kind, points, effect),
        }
        known = effect.quantity if effect is not None else None
        return self.maker.row(
            f"{item.id}-{effect.number if effect is not None else kind}",
            kind, _MESSAGES[kind], detail,
            item=item.id,
            clause=effect.number if effect is not None else None,
            quantity=known.number if known is not None and known.known else None,
            points=points[0],
            rule=effect.origin if effect is not None else item.origin,
            sources=effect.story().sources if effect is not None else (),
        )  # fmt: skip

    def _detail(self, kind: str, points: Points, effect: Effect | None) -> Detail:
        item = self.scored.item
        if kind == "not_earned":
            start = plain((item.points or ZERO) + points[0])
            return {"start": start, **(_set_by(effect) if effect is not None else {})}
        if kind == "not_applicable":
            policy = not_applicable_policy(item, self.evaluation.setting.book)
            return {"policy": "leave_out" if self.scored.out is None else policy}
        if kind == "clamp":
            floor, cap = limits(item, self.scored.role)
            bound, limit = ("floor", floor) if points[0] > 0 else ("cap", cap)
            return {"bound": bound, "limit": plain(limit) if limit is not None else ""}
        if kind == "zeroed":
            return {"judgement": zeroers(self.evaluation, item.id)}
        return {}


_MESSAGES = {
    "base": "F101",
    "not_earned": "F102",
    "not_applicable": "F121",
    "clamp": "F122",
    "zeroed": "F123",
}


def _summed(steps: Sequence[Step]) -> dict[_Kind, Fraction]:
    """What the steps of each kind and clause add up to, in their order."""
    found: dict[_Kind, Fraction] = {}
    for step in steps:
        key = (step.kind, step.clause)
        found[key] = found[key] + step.points if key in found else step.points
    return found


def _set_by(effect: Effect) -> Detail:
    """What the clause that set the base read."""
    worth = f"为{show(effect.quantity)}" if effect.quantity is not None else ""
    story = effect.story()
    rated = "评分人打分" if story.sources or effect.awaits else ""
    return {
        "label": f"{story.label}{worth}" if story.label else story.condition or rated,
        "unknown": [*story.unknown, *(["等待评分人打分"] if effect.awaits else [])],
    }


def _counted(effect: Effect) -> str:
    """The quantity that a sentence multiplies; an entry of a map that counts once needs none."""
    entry = "." in effect.number and effect.quantity == Interval.at(1)
    if effect.quantity is None or effect.amount is None or entry:
        return ""
    return show(effect.quantity)


def _quantity(effect: Effect) -> Fraction | None:
    """The quantity that the low reading's points come from."""
    if effect.quantity is None:
        return None
    worst = effect.quantity.high if effect.form == "deduct" else effect.quantity.low
    return worst if worst is not None else effect.quantity.low


def _amount(amount: Amount | None) -> str:
    if amount is None:
        return ""
    if isinstance(amount, Between):
        return f"（{plain(amount.low)}至{plain(amount.high)}）"
    return plain(amount)
