"""Probes of stars, moves, lagging and judgements."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from starrating.covered.probe import (
    ABOVE,
    AT,
    BELOW,
    FAILS,
    HOLDS,
    Probe,
    Seen,
    condition_probes,
    edge_probes,
    has_edge,
)
from starrating.origin import Origin
from starrating.rulebook.describe.conditions import when
from starrating.rulebook.fields import Reach
from starrating.rulebook.model import Judgement, Moves, Rulebook, Star

_QUOTA = "名额用满"
_LISTED, _NOT_LISTED = "列入", "没有列入"
_MOVES = {
    "rise_at_most": ("rise", "晋升受限"),
    "fall_at_most": ("fall", "降低受限"),
    "unless": ("unless", "不受限制"),
}
"""word of moves → the limit that a grading step names, and its side."""


def star_probes(book: Rulebook) -> Iterator[Probe]:
    """Every star's edge, further condition and quota."""
    for star in book.bands():
        what = f"{star.star}星"
        if star.from_ is not None and star.from_ > 0:
            yield _edge(star, star.from_)
        yield from condition_probes(book, f"{what} requires", star.requires, star.origin)
        yield from condition_probes(book, f"{what} 直接评定", star.if_, star.origin)
        if star.each_section is not None:
            yield _reach(f"{what} each_section", star.each_section, star.origin)
        if star.at_most is not None:
            yield _quota(star)


def _edge(star: Star, edge: Fraction) -> Probe:
    def side(seen: Seen) -> Iterator[str]:
        if seen.result.total.value.known:
            total = seen.result.shown_total
            yield AT if total == edge else ABOVE if total > edge else BELOW

    return Probe(star.origin, f"{star.star}星分数线", (BELOW, AT, ABOVE), side)


def _quota(star: Star) -> Probe:
    """Whether a quota was full for somebody: it let him fall, or left him in a tie."""

    def full(seen: Seen) -> Iterator[str]:
        grade = seen.result.grade
        steps = grade.steps if grade is not None else ()
        if any(s.kind in ("quota", "tie") and s.detail.get("star") == star.star for s in steps):
            yield _QUOTA

    return Probe(star.origin, f"{star.star}星 at_most", (_QUOTA,), full)


def section_probes(book: Rulebook) -> Iterator[Probe]:
    """The mark at which a section gives its own star."""
    if book.one_per_section is not None:
        mark = book.one_per_section
        yield _reach("一部分一星", mark.from_, mark.origin)


def _reach(what: str, mark: Reach, origin: Origin) -> Probe:
    """Sections below, at and above the mark that each of them must reach."""

    def side(seen: Seen) -> Iterator[str]:
        for part in seen.result.total.sections:
            edge = mark.number * (part.section.points or 0) if mark.share else mark.number
            if part.section.kind == "base" and part.score.known:
                got = part.score.number
                yield AT if got == edge else ABOVE if got > edge else BELOW

    sides = (BELOW, AT) if mark.share and mark.number == 1 else (BELOW, AT, ABOVE)
    return Probe(origin, what, sides, side)


def move_probes(moves: Moves | None) -> Iterator[Probe]:
    """Each limit against the last star binds somebody; the exception lets somebody go."""
    if moves is None:
        return
    limits = {
        limit: side for word, (limit, side) in _MOVES.items() if getattr(moves, word) is not None
    }

    def bound(seen: Seen) -> Iterator[str]:
        grade = seen.result.grade
        for step in grade.steps if grade is not None else ():
            if step.kind == "move" and step.detail.get("limit") in limits:
                yield limits[str(step.detail["limit"])]

    if limits:
        yield Probe(moves.origin, "升降 moves", tuple(limits.values()), bound)


def lagging_probes(book: Rulebook) -> Iterator[Probe]:
    """Somebody is listed, somebody is not."""
    for rule in book.lagging[:1]:
        yield Probe(
            rule.origin,
            "倒排 lagging",
            (_LISTED, _NOT_LISTED),
            lambda seen: iter((_LISTED if seen.result.lagging else _NOT_LISTED,)),
        )


def judgement_probes(book: Rulebook, judgement: Judgement) -> Iterator[Probe]:
    """A judgement acts on somebody, and not on somebody else; its edges."""
    what = f"判定 {judgement.id} "

    def acts(seen: Seen) -> Iterator[str]:
        judged = seen.result.judged
        if judgement.id in judged.first.sure | judged.second.sure:
            yield HOLDS
        elif judgement.id not in judged.first.possible | judged.second.possible:
            yield FAILS

    told = f"{what}“{when(book, judgement.if_)}”"
    if not has_edge(judgement.if_):
        yield Probe(judgement.origin, told, (HOLDS, FAILS), acts)
    yield from edge_probes(book, what, judgement.if_, judgement.origin)
