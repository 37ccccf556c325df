"""Judgements: stages, loops, effects (semantics.md steps 9 and 13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import prod

from starrating.faults import Fault
from starrating.limits import (
    MAX_CONDITION_ALTERNATIVES,
    MAX_JUDGE_ALTERNATIVES,
    MAX_JUDGE_NAMES,
    MAX_JUDGE_RULES,
)
from starrating.number import plain
from starrating.rulebook import expressions as ex
from starrating.rulebook.checks._cycles import cycles
from starrating.rulebook.checks._uses import flags
from starrating.rulebook.checks.codes import CHECK_CODES
from starrating.rulebook.model import Effect, Judgement, Rulebook
from starrating.rulebook.stages import flags_read, in_stages, later_name, stages
from starrating.rulebook.suggest import nearest
from starrating.schema import LEVELS


def loops(book: Rulebook) -> list[Fault]:
    """R331: no flag raises itself by way of judgements that read `flagged`."""
    raised = flags(book)
    reads: dict[str, list[str]] = {flag: [] for flag in raised}
    for judgement in book.judgements:
        if judgement.then.flag is not None:
            reads[judgement.then.flag] += [
                node.flag
                for node in ex.walk(judgement.if_)
                if isinstance(node, ex.Flagged) and node.flag in raised
            ]
    places = {judgement.then.flag: judgement.if_.origin for judgement in book.judgements}
    return [
        CHECK_CODES.fault("R331", places[chain[0]], chain=" → ".join((*chain, chain[0])))
        for chain in cycles(reads)
    ]


def denied_too_early(book: Rulebook) -> list[Fault]:
    """R332: that a flag does not stand (`denied X`, `not flagged X`) is asked after its stage only."""
    stage = stages(book)
    raised = flags(book)
    found = []
    for judgement in book.judgements:
        for node in _denied(judgement.if_):
            same = [own for own in raised.get(node.flag, []) if stage[own] >= stage[judgement.id]]
            if same:
                found.append(
                    CHECK_CODES.fault(
                        "R332",
                        node.origin,
                        judgement=judgement.id,
                        flag=node.flag,
                        other="、".join(same),
                    )
                )
    return found


def _denied(expr: ex.Expr) -> Iterator[ex.Denied | ex.Flagged]:
    """Flags that are asked for where more of them may make the condition fail: `denied`, and
    `flagged` inside anything but `and` and `or`."""
    if isinstance(expr, ex.And | ex.Or):
        for part in expr.parts:
            yield from _denied(part)
    elif not isinstance(expr, ex.Flagged):
        inside = ex.walk(expr)
        yield from (node for node in inside if isinstance(node, ex.Denied | ex.Flagged))


def star_reads_itself(book: Rulebook) -> list[Fault]:
    """R333: what reads the total or the star changes neither score nor star."""
    stage = stages(book)
    found = []
    for judgement in book.judgements:
        then = judgement.then
        acts = (then.score, then.total, then.star, then.star_at_most)
        if stage[judgement.id] == 2 and any(effect is not None for effect in acts):
            name = later_name(book, judgement) or "后一阶段的情形"
            found.append(
                CHECK_CODES.fault("R333", judgement.if_.origin, judgement=judgement.id, name=name)
            )
    return found


def incomplete_effects(book: Rulebook) -> list[Fault]:
    """R334: the effects of a judgement belong together."""
    return [
        CHECK_CODES.fault(
            "R334", judgement.then.origin, judgement=judgement.id, what=what, hint=hint
        )
        for judgement in book.judgements
        for what, hint in _lacks(judgement.then)
    ]


def _lacks(then: Effect) -> Iterator[tuple[str, str]]:
    acts = (then.score, then.total, then.star, then.star_at_most, then.deny, then.flag, then.task)
    if all(effect is None for effect in acts):
        yield "没有任何处置", "写明 star_at_most、flag、task 等"
    if (then.score is None) != (then.item is None):
        yield "score 和 item 须同时写", '例如 {score: 0, item: "2.1"}'
    for name, number in (("score", then.score), ("total", then.total)):
        if number is not None and number != 0:
            yield f"{name} 写成了 {plain(number)}", "判定只能记 0 分"
    if then.case is not None and then.flag is None:
        yield "写了 case 没有写 flag", "补写 flag: 情形名称"
    if then.amount is not None and then.flag is None:
        yield "写了 amount 没有写 flag", "补写 flag: 情形名称，如 奖励"
    if then.task is None and (then.within or then.owner or then.kind):
        yield "写了期限或责任人，没有写 task", "补写 task: 整改任务"


def flags_never_raised(book: Rulebook) -> list[Fault]:
    """R335: a flag that is read and looks like one that is raised, but is not."""
    raised = flags(book)
    found = []
    for judgement in book.judgements:
        for node in ex.walk(judgement.if_):
            if isinstance(node, ex.Flagged | ex.Confirmed | ex.Denied) and node.flag not in raised:
                near = nearest(node.flag, raised)
                if near is not None:
                    found.append(
                        CHECK_CODES.fault(
                            "R335",
                            node.origin,
                            flag=node.flag,
                            judgement=judgement.id,
                            hint=f"是否想写 {near}？",
                        )
                    )
    return found


def beyond_the_judge(book: Rulebook) -> list[Fault]:
    """R336: the judgements of a stage stay within what a judge is given (docs/limits.md)."""
    return [fault for stage in in_stages(book) for fault in _beyond(stage)]


_SPLIT = "把其中的“或”另立判定，各提出一个情形（flag），这里读那个情形"
_FEWER = "合并相近的判定，或分成几部规则"


def _beyond(stage: tuple[Judgement, ...]) -> Iterator[Fault]:
    """Each condition with too many alternatives, and the judgement at which all become too many."""
    own = frozenset(judgement.then.flag for judgement in stage if judgement.then.flag is not None)
    limits = (
        ("同一阶段的判定", "条", MAX_JUDGE_RULES),
        ("同一阶段的判定条件，把“或”展开后，", "种可能", MAX_JUDGE_ALTERNATIVES),
        ("同一阶段的判定用到的条件和情形", "个", MAX_JUDGE_NAMES),
    )
    held = Counter({limits[2]: len(own)})
    for judgement in stage:
        parts, ways = _size(judgement.if_, own)
        if ways > MAX_CONDITION_ALTERNATIVES:
            what = "条件读了本阶段的情形，把“或”展开后，"
            limit = (what, "种可能", MAX_CONDITION_ALTERNATIVES)
            yield _too_many(limit, judgement, _SPLIT)
            continue
        for limit, more in zip(limits, (1, ways, parts), strict=True):
            before = held[limit]
            held[limit] += more
            if before <= limit[2] < held[limit]:
                yield _too_many(limit, judgement, _FEWER)


def _too_many(limit: tuple[str, str, int], judgement: Judgement, hint: str) -> Fault:
    what, unit, most = limit
    return CHECK_CODES.fault(
        "R336",
        judgement.if_.origin,
        what=what,
        limit=most,
        unit=unit,
        judgement=judgement.id,
        hint=hint,
    )


def _size(expr: ex.Expr, own: frozenset[str]) -> tuple[int, int]:
    """The parts of a condition that read none of the flags `own`, and its alternatives over both
    once `or` is multiplied out."""
    if isinstance(expr, ex.Flagged) and expr.flag in own:
        return 0, 1
    if not isinstance(expr, ex.And | ex.Or) or not own.intersection(flags_read(expr)):
        return 1, 1
    sizes = [_size(part, own) for part in expr.parts]
    ways = (each for _, each in sizes)
    return sum(parts for parts, _ in sizes), (prod(ways) if isinstance(expr, ex.And) else sum(ways))


def unknown_levels(book: Rulebook) -> list[Fault]:
    """R354: the level of a quota is one of the levels of organisations."""
    return [
        CHECK_CODES.fault(
            "R354",
            star.at_most.origin,
            name=star.at_most.level,
            where=f"{star.star} 星名额的 level",
            choices="、".join(LEVELS),
        )
        for star in book.stars
        if star.at_most is not None
        and star.at_most.level is not None
        and star.at_most.level not in LEVELS
    ]
