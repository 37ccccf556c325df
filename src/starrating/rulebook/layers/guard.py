"""The red lines: what is locked in a superior's book, held against the book that extends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from starrating.faults import Fault, in_order
from starrating.origin import Origin
from starrating.rulebook.checks._amounts import most_total
from starrating.rulebook.layers import judgements
from starrating.rulebook.layers.adjusting import Places, adjusted, blocks, differing
from starrating.rulebook.layers.codes import LAYERS
from starrating.rulebook.layers.deadlines import deadlines
from starrating.rulebook.layers.marks import Locks, locks, marks
from starrating.rulebook.layers.measures import field
from starrating.rulebook.layers.movement import (
    SAME,
    Cause,
    Movement,
    Sense,
    by,
    kept,
    together,
)
from starrating.rulebook.layers.stars import stars
from starrating.rulebook.layers.world import World
from starrating.rulebook.meaning import meaning, part
from starrating.rulebook.model import Judgement, Measure, Rulebook, Section
from starrating.yamltext import Declared

_HEAD = frozenset(
    ("id", "version", "title", "issued", "in_force", "extends", "continues", "library", "locked",
     "changes")
)  # fmt: skip
"""What a book says of itself, not of those it judges."""
_FAILURES = ("missing", "short", "late")


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that is locked: its name, its place, how it moves, and the way that is stricter."""

    name: str
    origin: Origin
    movement: Movement
    stricter: Sense


def loosened(base: Declared, own: Declared) -> tuple[Fault, ...]:
    """What a merged text makes easier of the superior's text it was merged from.

    Nothing is held against a superior that locks nothing; a book that says no more than its
    superior is a fault by itself.
    """
    marked = {
        word for _, block in blocks(base) for word in ("locked", "adjustable") if word in block
    }
    nothing_new = not own.keys() - _HEAD - base.keys()
    if not marked and not nothing_new:
        return ()
    allowed, faults = adjusted(base, own)
    try:
        below, above = Rulebook.model_validate(own), Rulebook.model_validate(allowed)
        if nothing_new and not faults:
            faults.extend(_changes_nothing(Rulebook.model_validate(base), below))
    except ValidationError:
        return in_order(faults)
    locked = locks(above)
    if locked.any:
        places = Places.of(base), Places.of(own)
        told: dict[tuple[Origin, str], Fault] = {}
        for held in _held(above, below, locked):
            for what, fault in _faults(held, places):
                told.setdefault((fault.origin, what), fault)
        faults += told.values()
    return in_order(faults)


def _changes_nothing(base: Rulebook, own: Rulebook) -> Iterator[Fault]:
    """R604 where the two differ in nothing but their heads."""
    if _body(meaning(base)) == _body(meaning(own)):
        assert own.extends is not None
        reference = f"{own.extends.id}@{own.extends.version}"
        yield LAYERS.fault("R604", own.extends.origin, base=reference)


def _body(tree: object) -> object:
    assert isinstance(tree, dict)
    return {word: value for word, value in tree.items() if word not in _HEAD}


def _faults(held: Held, places: tuple[Places, Places]) -> Iterator[tuple[str, Fault]]:
    """A fault for each change that makes something locked easier, or that is unclear; with what
    it is, since one change may touch several things and is told of the first."""
    if held.movement.within(held.stricter):
        return
    causes = [each for each in held.movement.causes if each[1] is not held.stricter]
    for cause, sense in causes or held.movement.causes:
        code = "R602" if sense is Sense.MIXED else "R601"
        first, here = _places(held, cause, places)
        yield cause.what, LAYERS.fault(code, here, name=held.name, first=first, what=cause.what)


def _places(held: Held, cause: Cause, places: tuple[Places, Places]) -> tuple[Origin, Origin]:
    """Where the superior says it, and where the lower layer changed it."""
    here = places[1].word(cause.own, cause.word)
    if cause.base is None:
        return held.origin, here[0]
    return differing(places[0].word(cause.base, cause.word), here)


# --- what is held -----------------------------------------------------------------------------------


def _held(base: Rulebook, own: Rulebook, locked: Locks) -> Iterator[Held]:
    world = World(base, own)
    yield from marks(base, own, Held)
    for name in sorted(locked.measures):
        yield _measure(world, name)
    for section, item in base.items():
        if item.id in locked.items:
            harder = Sense.UP if section.kind == "deduction" else Sense.DOWN
            name = f"项目 {item.id} {item.title}"
            yield Held(name, item.origin, world.item(item.id), harder)
    for section in base.sections:
        if locked.items & {item.id for item in section.items} or section.locked:
            yield _section(world, section, whole=section.locked)
    for judgement in base.judgements:
        if judgement.id in locked.judgements:
            name = f"判定 {judgement.id} {judgement.title or ''}".strip()
            yield Held(name, judgement.origin, world.judgement(judgement.id), Sense.UP)
    yield from _around(world, locked)


def _measure(world: World, name: str) -> Held:
    measure: Measure = world.base.measures[name]
    counts = measure.form in _FAILURES
    moved = world.measure(name)
    return Held(f"指标“{name}”", measure.origin, moved if counts else moved.unclear, Sense.UP)


def _section(world: World, section: Section, *, whole: bool) -> Held:
    after = next(each for each in world.own.sections if each.title == section.title)
    moved = world.section(section.title) if whole else world.frame(section, after)
    harder = Sense.UP if section.kind == "deduction" else Sense.DOWN
    return Held(f"部分“{section.title}”", section.origin, moved, harder)


def _around(world: World, locked: Locks) -> Iterator[Held]:
    """What every lock stands on: the scale of points, the stars, whom and when the rules judge."""
    base, own = world.base, world.own
    at = locked.origin
    if not (locked.items or locked.judgements or locked.stars):
        return  # A library of measures leaves all of this to those who use it.
    yield Held("适用范围和评定周期", at, _plan(base, own), Sense.DOWN)
    yield Held("整改期限", at, deadlines(base, own, locked), Sense.DOWN)
    reach = stars(world, base, own) if base.sections else SAME
    yield Held("星级", at, reach, Sense.DOWN)
    if locked.stars:
        yield Held("总分和星级", at, world.total(), Sense.DOWN)
        yield Held("判定", at, _new_judgements(world), Sense.UP)
    elif base.sections:
        formula = field(base, own, "total", kept(_formula(base), _formula(own)))
        yield Held("总分", at, world.scale() & formula & _most(world), Sense.DOWN)


def _plan(base: Rulebook, own: Rulebook) -> Movement:
    period = field(base, own, "period", kept(base.period, own.period))
    subjects = field(base, own, "subjects", kept(part(base.subjects), part(own.subjects)))
    return period & subjects


def _formula(book: Rulebook) -> object:
    return None if book.total is None else part(book.total)


def _most(world: World) -> Movement:
    """The total's maximum: what lower layers add counts on top of what was left to them."""
    before, after = most_total(world.base), most_total(world.own)
    left = sum((section.left or 0 for section in world.base.sections), 0)
    if before is None or (after is not None and after <= before + left):
        return SAME
    if after is not None and world.base.total_cap is not None and after <= world.base.total_cap:
        return SAME
    what = f"总分最高由 {before} 分变为{f' {after} 分' if after is not None else '没有上限'}"
    return by(Sense.UP, Cause(None, world.own.origin, "sections", what))


def _new_judgements(world: World) -> Movement:
    known = {judgement.id for judgement in world.base.judgements}
    floor = (world.base.total_floor or 0) < 0
    new: list[Judgement] = [each for each in world.own.judgements if each.id not in known]
    return together(
        by(Sense.MIXED, judgements.added(each))
        for each in new
        if not judgements.only_weighs(each, total_floor=floor)
    )
