"""What stands only after the total and the star: the two stages of judgements (semantics.md steps
9 and 13), and the measures that read results."""

from __future__ import annotations

from collections.abc import Collection

from starrating.rulebook import expressions as ex
from starrating.rulebook.canonical import show
from starrating.rulebook.model import Judgement, Rulebook

LATER = frozenset(("总分", "星级"))
"""Built-ins that stand only after stage 1."""


def stages(book: Rulebook) -> dict[str, int]:
    """The stage of each judgement by id.

    Stage 2 is what reads 总分, 星级, a section or an item's score, or a flag that only
    judgements of stage 2 raise.
    """
    found = {judgement.id: 2 if later_name(book, judgement) else 1 for judgement in book.judgements}
    while more := _drawn_in(book, found):
        found.update(dict.fromkeys(more, 2))
    return found


def in_stages(book: Rulebook) -> tuple[tuple[Judgement, ...], tuple[Judgement, ...]]:
    """The judgements of stage 1 and those of stage 2, each in the order written."""
    stage = stages(book)
    first = tuple(judgement for judgement in book.judgements if stage[judgement.id] == 1)
    return first, tuple(judgement for judgement in book.judgements if stage[judgement.id] == 2)


def later_name(book: Rulebook, judgement: Judgement) -> str | None:
    """The first name that a judgement reads and that stands only after the total, or None."""
    return _later_in(judgement.if_, _later_names(book) | late_measures(book))


def late_measures(book: Rulebook) -> frozenset[str]:
    """The measures that read 总分, 星级, a section or an item's score, themselves or by another.

    They stand once all stars do, so that only `lagging`, judgements of stage 2 and one another
    may read them.
    """
    late: set[str] = set()
    while more := {
        name
        for name, measure in book.measures.items()
        if name not in late
        and not measure.reads_elsewhere
        and any(_later_in(expr, _later_names(book) | late) for expr in measure.formulas)
    }:
        late |= more
    return frozenset(late)


def _later_names(book: Rulebook) -> frozenset[str]:
    return (LATER | {section.title for section in book.sections}) - book.measures.keys()


def _later_in(expr: ex.Expr, later: Collection[str]) -> str | None:
    """The first of these names, or the first item's score, that an expression reads."""
    for node in ex.walk(expr):
        if isinstance(node, ex.ItemScore):
            return show(node)
        if isinstance(node, ex.Name) and node.name in later:
            return node.name
    return None


def flags_read(expr: ex.Expr) -> tuple[str, ...]:
    """The flags that a condition reads as flagged."""
    return tuple(node.flag for node in ex.walk(expr) if isinstance(node, ex.Flagged))


def _drawn_in(book: Rulebook, stage: dict[str, int]) -> list[str]:
    """The judgements of stage 1 that read a flag which only stage 2 raises."""
    raised = {
        number: {j.then.flag for j in book.judgements if stage[j.id] == number} for number in (1, 2)
    }
    late = raised[2] - raised[1]
    return [
        judgement.id
        for judgement in book.judgements
        if stage[judgement.id] == 1 and late.intersection(_flags_judged(judgement))
    ]


def _flags_judged(judgement: Judgement) -> list[str]:
    nodes = ex.walk(judgement.if_)
    return [node.flag for node in nodes if isinstance(node, (ex.Flagged, ex.Denied))]
