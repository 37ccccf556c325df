"""All that moves between a superior's book and the merged one, worked out once each."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from starrating.rulebook import expressions as ex
from starrating.rulebook.layers import items, judgements, measures
from starrating.rulebook.layers.formulas import value
from starrating.rulebook.layers.ground import Ground
from starrating.rulebook.layers.measures import field, unwritten
from starrating.rulebook.layers.movement import (
    DOWN,
    MIXED,
    SAME,
    UP,
    Cause,
    Movement,
    Sense,
    by,
    kept,
    number,
    together,
)
from starrating.rulebook.meaning import meaning
from starrating.rulebook.model import Item, Judgement, Measure, Rulebook, Section
from starrating.rulebook.stages import stages
from starrating.schema import ORGANISATIONS

_SECTION = frozenset(
    ("cap", "floor", "left", "items", "locked", "adjustable", "origin", "title", "applies_when")
)


class World:
    """How measures, flags, items, sections, total and star move from `base` to `own`."""

    def __init__(self, base: Rulebook, own: Rulebook) -> None:
        self.base = base
        self.own = own
        self.ground = Ground(base, own)
        self._known: dict[tuple[str, str], Movement] = {}

    # --- what expressions read (formulas.Reads) ------------------------------------------------------

    def name(self, name: str) -> Movement:
        """A name in an expression."""
        if name in self.base.measures:
            return self.measure(name)
        if name == "总分":
            return self.total()
        if name == "星级":
            return self.total().unclear
        for section in self.base.sections:
            if section.title == name:
                return self.section(name)
        moved = self.ground.word(name) & self.ground.sheets(name, ORGANISATIONS)
        return moved & self.ground.cut_off if name in self.ground.dated else moved

    def named(self, node: ex.Named) -> Movement:
        """A check point, a list or a flag in an expression."""
        match node:
            case ex.Found(point=point):
                return self.ground.point(point)
            case ex.Present(list=name) | ex.Lacking(list=name):
                return self.ground.elements(name)
            case ex.Flagged(flag=flag):
                return self.flag(flag)
            case ex.Denied(flag=flag):
                return -self.flag(flag)
            case _:
                return SAME

    def options(self, before: ex.In, after: ex.In) -> Movement:
        """The options of `in`: UP where some were added."""
        ones, others = before.options, after.options
        read = together(self._option(each, len(ones)) for each in ones)
        first = {_constant(each) for each in ones}
        second = {_constant(each) for each in others}
        if first == second:
            return read
        if len(ones) == 1 and isinstance(ones[0], ex.Text) and ones[0].value in self.base.lists:
            return MIXED
        grown = read & UP if first < second else MIXED
        return read & DOWN if second < first else grown

    def _option(self, option: ex.Expr, count: int) -> Movement:
        lone = count == 1 and isinstance(option, ex.Text) and option.bare
        return self.ground.list(option.value) if lone and isinstance(option, ex.Text) else SAME

    def steady(self, expr: ex.Expr) -> bool:
        """Whether all measures behind the expression ask in the units they did."""
        return all(
            _due(self.base.measures[name]) == _due(self.own.measures[name])
            for name in self._behind(expr, set())
        )

    def _behind(self, expr: ex.Expr, seen: set[str]) -> set[str]:
        for each in ex.names(expr):
            if each.name in self.base.measures and each.name not in seen:
                seen.add(each.name)
                inner = self.base.measures[each.name].value
                if inner is not None:
                    self._behind(inner, seen)
        return seen

    # --- worked out once -------------------------------------------------------------------------------

    def _once(self, kind: str, name: str, work: Callable[[], Movement]) -> Movement:
        """Work it out; what leads back to itself is unclear as soon as anything moved."""
        key = (kind, name)
        if key not in self._known:
            self._known[key] = self._circular
            self._known[key] = work()
        return self._known[key]

    @cached_property
    def _circular(self) -> Movement:
        """What is said of a thing that leads back to itself."""
        one, other = meaning(self.base), meaning(self.own)
        words = ("measures", "judgements", "sections", "lists", "checks")
        return SAME if all(one.get(word) == other.get(word) for word in words) else MIXED

    def measure(self, name: str) -> Movement:
        """A measure of the base."""
        return self._once("measure", name, lambda: self._measure(name))

    def _measure(self, name: str) -> Movement:
        before, after = self.base.measures[name], self.own.measures[name]
        named = (before.field, before.of, before.weighted_by)
        words = [self.ground.word(word) for word in named if word is not None]
        if before.sheet is not None:
            words.append(self.ground.word(before.sheet, "sheet"))
        units = before.missing or before.short
        term = self.ground.word(units.every.unit, "term") if units is not None else SAME
        until = self.ground.cut_off if before.late is not None or before.longest_gap else SAME
        return measures.measure(self, together((*words, term, until)), before, after)

    def flag(self, flag: str) -> Movement:
        """Whether a flag is raised."""
        return self._once("flag", flag, lambda: self._flag(flag))

    def _flag(self, flag: str) -> Movement:
        own = {each.id: each for each in self.own.judgements}
        known = {each.id for each in self.base.judgements}
        raised = [each for each in self.base.judgements if each.then.flag == flag]
        moved = together(self.condition(each, own[each.id]) for each in raised)
        for each in self.own.judgements:
            if each.then.flag == flag and each.id not in known:
                moved &= by(Sense.UP, judgements.added(each))
        return moved

    def condition(self, before: Judgement, after: Judgement) -> Movement:
        """The condition of a judgement."""
        return field(before, after, "if_", value(self, before.if_, after.if_))

    def judgement(self, id_: str) -> Movement:
        """How heavily a judgement of the base weighs: UP is stricter."""
        before = next(each for each in self.base.judgements if each.id == id_)
        after = next(each for each in self.own.judgements if each.id == id_)
        moved = self.condition(before, after) & judgements.effect(before, after)
        if stages(self.base)[id_] != stages(self.own)[id_]:
            cause = Cause(before.origin, after.origin, "", "判定的先后次序变了")
            moved &= by(Sense.MIXED, cause)
        return moved

    # --- points ----------------------------------------------------------------------------------------

    def item(self, item: str) -> Movement:
        """The score of an item of the base; in a section that deducts, the points lost."""
        return self._once("item", item, lambda: self._item(item))

    def _item(self, id_: str) -> Movement:
        section, before = next(pair for pair in self.base.items() if pair[1].id == id_)
        _, after = next(pair for pair in self.own.items() if pair[1].id == id_)
        moved = items.item(self, section, before, after, (self.base, self.own))
        zeroed = [each for each in self.own.judgements if each.then.item == id_]
        return moved & together(self._zeroed(each, section, after) for each in zeroed) & (
            self._people(before)
        )  # fmt: skip

    def _people(self, item: Item) -> Movement:
        """Whose figures count, where a person gives some."""
        ranged = any(items.by_person(clause) for _, clause in item.every_clause())
        words = {clause.by for _, clause in item.every_clause()} - {None}
        named = together(self.ground.word(word) for word in words if word is not None)
        points = together(self.ground.point(point) for point in items.points_asked(item))
        if item.variants is not None:
            named &= self.ground.word(item.variants.by)
        return named & points & (self.ground.raters() if ranged else SAME)

    def _zeroed(self, judgement: Judgement, section: Section, item: Item) -> Movement:
        """A judgement that takes the whole item: more of it moves the score DOWN, where nothing
        can be lower than 0."""
        known = next((each for each in self.base.judgements if each.id == judgement.id), None)
        if known is not None:
            moved = -self.judgement(judgement.id)
        else:
            moved = by(Sense.DOWN, judgements.added(judgement))
        below = section.kind == "deduction" or (item.floor or 0) < 0
        return moved.unclear if below else moved

    def section(self, title: str) -> Movement:
        """The score of a section of the base; of one that deducts, the points lost."""
        return self._once("section", title, lambda: self._section(title))

    def _section(self, title: str) -> Movement:
        before = next(each for each in self.base.sections if each.title == title)
        after = next(each for each in self.own.sections if each.title == title)
        known = {item.id for item in before.items}
        moved = together(self.item(item.id) for item in before.items)
        moved &= self.frame(before, after)
        return moved & self._added(before, after, [i for i in after.items if i.id not in known])

    def frame(self, before: Section, after: Section) -> Movement:
        """What a section says of all its items together."""
        cap = field(before, after, "cap", number(before.cap, after.cap, none=1))
        floor = field(before, after, "floor", number(before.floor, after.floor, none=-1))
        left = field(before, after, "left", number(before.left or 0, after.left or 0))
        applies = SAME
        if before.applies_when is not None and after.applies_when is not None:
            applies = value(self, before.applies_when, after.applies_when).unclear
        elif before.applies_when is not after.applies_when:
            applies = MIXED
        applies = field(before, after, "applies_when", applies)
        return cap & floor & left & applies & unwritten(before, after, _SECTION)

    def _added(self, before: Section, after: Section, added: list[Item]) -> Movement:
        if not added:
            return SAME
        up = items.causes_of(iter(added))
        if before.kind == "deduction":
            low = any((item.floor or 0) < 0 for item in added)
            return up.unclear if low else up
        on_section = any(item.points is None for item in before.items)
        if before.kind == "base" and not on_section and self._left(before, after):
            return SAME
        return up

    def _left(self, before: Section, after: Section) -> bool:
        """Whether what lower layers added stays inside the points left to them, and cannot weigh
        more than it holds by others being left out."""
        if before.left is None or before.applies_when is not None or before.scale_to is not None:
            return False
        added = [item for item in after.items if item.origin.file != before.origin.file]
        most = [items.most(item) if item.points is not None else None for item in added]
        known = [each for each in most if each is not None]
        steady = not any(items.may_leave(item, self.own) for item in after.items)
        return len(known) == len(most) and sum(known) <= before.left and steady

    def total(self) -> Movement:
        """The total."""
        return self._once("total", "", self._total)

    def _total(self) -> Movement:
        base, own = self.base, self.own
        formula = SAME
        if base.total is not None and own.total is not None:
            formula = value(self, base.total, own.total)
        elif base.total is not own.total:
            formula = MIXED
        else:
            for section in base.sections:
                moved = self.section(section.title)
                formula &= -moved if section.kind == "deduction" else moved
        formula = field(base, own, "total", formula)
        return formula & self.scale() & self._new_sections()

    def scale(self) -> Movement:
        """The limits and the rounding of the total."""
        base, own = self.base, self.own
        cap = field(base, own, "total_cap", number(base.total_cap, own.total_cap, none=1))
        floor = number(base.total_floor or 0, own.total_floor or 0)
        rounded = kept(base.points.decimals, own.points.decimals)
        limits = cap & field(base, own, "total_floor", floor)
        return limits & field(base, own, "points", rounded)

    def _new_sections(self) -> Movement:
        titles = {section.title for section in self.base.sections}
        added = [s for s in self.own.sections if s.title not in titles and s.kind != "deduction"]
        return together(
            by(Sense.UP, Cause(None, s.origin, "", f"增加了部分“{s.title}”")) for s in added
        )


def _due(measure: Measure) -> object:
    units = measure.missing or measure.short
    return (units.every, units.grace) if units is not None else None


def _constant(option: ex.Expr) -> object:
    assert isinstance(option, (ex.Num, ex.Text, ex.DateLit))
    return option.value
