"""影响测算: a past review under two versions, subject by subject, change by change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from starrating.engine.kernel.evaluate import Reviewed
from starrating.impact.attribution import Attribution
from starrating.impact.model import Impact
from starrating.impact.needs import needs
from starrating.impact.past import Past, Runs
from starrating.impact.standings import star_names, subjects
from starrating.rulebook.meaning import meaning_digest
from starrating.rulebook.model import Rulebook
from starrating.rulediff import compare
from starrating.schema import OBJECTIONS


def impact(runs: Runs, old: Rulebook, new: Rulebook) -> Impact:
    """The review of `runs` under `old` and under `new`; raises Unusable.

    Its period, cut-off, records and people's corrections stay; decided stars are left out on
    both sides, for they are not computed.
    """
    before, after = runs.of(old), runs.of(new)
    one, two = before[runs.place], after[runs.place]
    comparison = compare(old, new)
    graded = bool(new.sections and old.sections)
    parts = Attribution(comparison, one, two).parts() if graded else {}
    past = runs.past
    return Impact(
        past.name,
        past.ground.heading.title,
        past.ground.heading.period,
        past.ground.heading.cut_off,
        comparison,
        tuple(subjects(parts, runs.place, before, after, names(before, after))),
        star_names(old, new),
        needs(one, two, past.lacking(new)),
        tuple(_notes(past, runs.place, old)),
    )


def names(*reviews: Sequence[Reviewed]) -> dict[str, str]:
    """code → name of all organisations."""
    return {
        each.code: each.name
        for reviewed in reviews
        for one in reviewed
        for each in one.setting.records.organisations
    }


def _notes(past: Past, place: int, old: Rulebook) -> Iterator[str]:
    own = past.own_book(place)
    if meaning_digest(own) != meaning_digest(old):
        yield f"档案当时用的是 {own.reference}，对比的旧版是 {old.reference}"
    if past.ground.records.rows(OBJECTIONS):
        yield "异议复核不计入的扣分按原来的条款编号沿用，条款编号变了的请核对"
    if len(past.ground.books) > 1:
        others = [b.reference for n, (b, _, _) in enumerate(past.ground.books) if n != place]
        yield f"同时评定的 {'、'.join(others)} 没有改动，照原样"
