"""What follows the stars: the lowest of each group, and the judgements of stage 2 (steps 12, 13).

It reads no records: what its conditions ask can be kept as columns, so that the stars of a part may
come from a grading over all parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from starrating.engine.judge import Preference
from starrating.engine.kernel import grading
from starrating.engine.kernel.arrays import HELD, NONE, Bools, Exact, Ints, Numbers, Value, joined
from starrating.engine.kernel.concluded import ConcludedFacts, asked_late, asks_the_roll
from starrating.engine.kernel.expressions.formulas import judge
from starrating.engine.kernel.facts import Subjects
from starrating.engine.kernel.flags import FlagColumns, joined_flags
from starrating.engine.kernel.judged import JudgedFacts
from starrating.engine.kernel.kept import Kept, joined_columns, joined_numbers, joined_values, keep
from starrating.engine.kernel.program import program_of
from starrating.engine.kernel.stages import Stage, judged
from starrating.engine.kernel.standing import named
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Rulebook
from starrating.rulebook.stages import late_measures
from starrating.schema import PARENT

STAR = "星级"


@dataclass(frozen=True, eq=False)
class Ending:
    """Subjects whose totals stand: their facts, flags, sections and total by name, item scores,
    who is rated, and the totals shown."""

    facts: Subjects
    flags: FlagColumns
    names: Mapping[str, Value]
    items: Mapping[str, Numbers]
    rated: Bools
    shown: Exact

    def concluded(self, book: Rulebook, stars: Stars | None) -> ConcludedFacts:
        """The facts with scores and these stars, and the measures that read them."""
        names = {**self.names, STAR: _star(stars, self.rated)}
        return ConcludedFacts(self.facts, book, names, self.items)


@dataclass(frozen=True, eq=False)
class Stars:
    """The span of each subject's star."""

    low: Ints
    high: Ints


def _star(stars: Stars | None, rated: Bools) -> Numbers:
    n = len(rated)
    if stars is None:
        return Numbers.known(Exact.at(0, n), np.full(n, NONE, np.int8))
    state = np.where(rated, HELD, NONE).astype(np.int8)
    low, high = Exact.whole(stars.low), Exact.whole(stars.high)
    open_ = bool((stars.low != stars.high).any())
    return Numbers(low, high if open_ else low, None, None, state)


def lagging(book: Rulebook, ending: Ending, stars: Stars | None) -> Bools:
    """Who is among the lowest of a group by one of the rules (倒排建议)."""
    found = np.zeros(len(ending.rated), bool)
    if not book.stars:
        return found
    facts = JudgedFacts(ending.concluded(book, stars), ending.flags)
    for rule in book.lagging:
        listed = ending.rated
        if rule.where is not None:
            listed = listed & judge(rule.where, facts).may
        group, _ = named(ending.facts, rule.among)
        found |= grading.lagging(ending.shown.num, group, listed, rule.at_least)
    return found


def judged_later(
    book: Rulebook, ending: Ending, stars: Stars | None, prefer: Preference | None
) -> Stage:
    """The judgements of stage 2."""
    concluded = ending.concluded(book, stars)

    def facts(own: FlagColumns, as_confirmed: bool | None) -> JudgedFacts:
        return JudgedFacts(concluded, own, as_confirmed)

    return judged(program_of(book), 1, ending.flags, facts, prefer)


# --- kept for later -------------------------------------------------------------------------


def kept_ending(book: Rulebook, ending: Ending) -> Ending:
    """The ending with no more than what is still asked of it: it needs the records no longer."""
    asked = tuple(_asked(book))
    late = late_measures(book)
    later = {*ending.names, STAR, *late}
    groups = [ex.Name(rule.among) for rule in book.lagging if rule.among is not None]
    columns = keep(ending.facts, asked, without=later)
    grouped = keep(ending.facts, groups)
    names = {node.name for expr in asked for node in ex.names(expr)}
    items = {
        node.item for expr in asked for node in ex.walk(expr) if isinstance(node, ex.ItemScore)
    }
    roll = None
    if asks_the_roll(book, late):
        everyone = ending.facts.everyone()
        roll = Kept(everyone.codes, keep(everyone, [ex.Name(PARENT)]), book.lists)
    kept = columns.with_names(grouped.names)
    return Ending(
        Kept(ending.facts.codes, kept, book.lists, ending.facts.others, roll),
        ending.flags,
        {name: value for name, value in ending.names.items() if name in names},
        {item: score for item, score in ending.items.items() if item in items},
        ending.rated,
        ending.shown,
    )


def joined_endings(book: Rulebook, parts: Sequence[Ending]) -> Ending:
    """Kept endings of several parts, one after the other."""
    first = parts[0]
    facts = [part.facts for part in parts if isinstance(part.facts, Kept)]
    return Ending(
        _joined(book, facts),
        joined_flags([part.flags for part in parts]),
        {name: joined_values([part.names[name] for part in parts]) for name in first.names},
        {item: joined_numbers([part.items[item] for part in parts]) for item in first.items},
        np.concatenate([part.rated for part in parts]),
        joined([part.shown for part in parts]),
    )


def _joined(book: Rulebook, facts: Sequence[Kept]) -> Kept:
    """Kept facts, one after the other, with the organisations on all rolls."""
    codes = tuple(code for each in facts for code in each.codes)
    rolls = [each.roll for each in facts if each.roll is not None]
    roll = _joined(book, rolls) if rolls else None
    columns = joined_columns([each.columns for each in facts])
    return Kept(codes, columns, book.lists, facts[0].others, roll)


def _asked(book: Rulebook) -> Iterator[ex.Expr]:
    """The conditions of the lowest, and of judgements of stage 2, and the measures they may read."""
    yield from asked_late(book)
    yield from (rule.where for rule in book.lagging if rule.where is not None)
    yield from (judgement.if_ for judgement in program_of(book).stages[1])
