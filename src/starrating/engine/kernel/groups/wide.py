"""Batch measures whose groups span parts: told by every part, compared over all (step 5).

A part tells the columns that a rank, a share of the best or a figure of subordinates asks. Joined,
they are compared as one part would be; each part is given back the values of its own subjects.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from starrating.engine.kernel.expressions.operations import Overflow
from starrating.engine.kernel.groups.subordinates import RESULTS
from starrating.engine.kernel.kept import Columns, Kept, Others, joined_columns, keep
from starrating.engine.kernel.measures import compared
from starrating.engine.kernel.plan import Plan
from starrating.engine.kernel.subjects import Given, SubjectFacts
from starrating.engine.kernel.values.exact import TooLarge
from starrating.engine.kernel.values.marks import Index
from starrating.engine.kernel.values.numbers import Numbers
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Measure, SubordinatesDecl
from starrating.schema import PARENT


@dataclass(frozen=True, eq=False)
class Told:
    """What a part tells of its subjects, by measure; `credit` only where what gives reads another
    value (step 4)."""

    plain: dict[str, Answers]
    credit: dict[str, Answers]

    @property
    def codes(self) -> tuple[str, ...]:
        """The subjects that tell."""
        return next(iter(self.plain.values())).codes


@dataclass(frozen=True, eq=False)
class Answers:
    """What one measure asks of the subjects, and, if it asks them, of all organisations."""

    codes: tuple[str, ...]
    columns: Columns
    roll: Answers | None = None


def rounds(plan: Plan, wide: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """The measures of `wide` in the order of dependence: each round reads only those before it."""
    level: dict[str, int] = {}
    for node in plan.measures:
        below_ = max((level[name] for name in node.reads), default=0)
        level[node.name] = below_ + (node.name in wide)
    found = [
        tuple(name for name in wide if level[name] == number)
        for number in range(1, max(level.values(), default=0) + 1)
    ]
    return tuple(each for each in found if each)


def tell(facts: SubjectFacts, names: Sequence[str]) -> Told:
    """What the subjects of a part tell of these measures."""
    told = Told({}, {})
    for name in names:
        rule = facts.plan.book.measures[name]
        told.plain[name] = _answers(facts, rule)
        credit = facts.as_credit()
        if credit is not facts and facts.plan.node(name).asks_points:
            told.credit[name] = _answers(credit, rule)
    return told


def _answers(facts: SubjectFacts, rule: Measure) -> Answers:
    own = keep(facts, _asked(rule))
    if rule.subordinates is None:
        return Answers(facts.codes, own)
    everyone = facts.everyone()
    roll = keep(everyone, _asked_of_everyone(rule.subordinates), RESULTS)
    return Answers(facts.codes, own, Answers(everyone.codes, roll))


def _asked(rule: Measure) -> Iterator[ex.Expr]:
    """What is asked of every subject."""
    if rule.subordinates is None or rule.subordinates.rulebook is None:
        yield from rule.formulas
    if rule.among is not None:
        yield ex.Name(rule.among)


def _asked_of_everyone(rule: SubordinatesDecl) -> Iterator[ex.Expr]:
    """What is asked of every organisation; another rulebook's results are known to all parts."""
    yield ex.Name(PARENT)
    if rule.rulebook is not None and rule.where is not None:
        yield rule.where


def compare(plan: Plan, told: Sequence[Told], names: Sequence[str], others: Others) -> Given:
    """The measures over the subjects of all parts, one part after the other.

    `others` is what rulebooks that ran before gave subjects. Overflow where exact integers could
    pass 2⁶³.
    """

    def over_all(name: str, answers: Sequence[Answers]) -> Numbers:
        rule = plan.book.measures[name]
        rolls = [part.roll for part in answers if part.roll is not None]
        roll = _kept(plan, rolls, others) if rolls else None
        try:
            return compared(_kept(plan, answers, others, roll), rule)
        except TooLarge:
            raise Overflow(rule.origin) from None

    credit = [name for name in names if name in told[0].credit]
    return Given(
        {name: over_all(name, [part.plain[name] for part in told]) for name in names},
        {name: over_all(name, [part.credit[name] for part in told]) for name in credit},
    )


def _kept(plan: Plan, answers: Sequence[Answers], others: Others, roll: Kept | None = None) -> Kept:
    codes = tuple(code for part in answers for code in part.codes)
    columns = joined_columns([part.columns for part in answers])
    return Kept(codes, columns, plan.book.lists, others, roll)


def taken(given: Given, index: Index) -> Given:
    """The values of the subjects at these places."""
    return replace(
        given,
        plain={name: value.take(index) for name, value in given.plain.items()},
        credit={name: value.take(index) for name, value in given.credit.items()},
    )


def united(one: Given, two: Given) -> Given:
    """The measures of both."""
    return Given({**one.plain, **two.plain}, {**one.credit, **two.credit})
