"""The totals with some items old and some new, under either form of the total (steps 7 and 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starrating.engine.kernel.arrays import Truths
from starrating.engine.kernel.scoring.items import ItemColumns, zeroed
from starrating.engine.kernel.scoring.sections import SectionColumns
from starrating.engine.kernel.scoring.totals import placed_section, total_from
from starrating.impact.alike import truths_equal
from starrating.impact.sides import Column, Side, unrounded
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Item, Rulebook, Section
from starrating.rulediff.align import pair_sections
from starrating.rulediff.net import Versions

Chosen = Mapping[str, tuple[bool, ItemColumns]]
"""The items that stand by id, in their order: whether each is the new one, and its columns."""


@dataclass(frozen=True, slots=True)
class Form:
    """How one version puts items together; `counterpart` maps a section of the other version to
    the one of this that takes its items."""

    book: Rulebook
    counterpart: Mapping[str, str]


def forms(old: Rulebook, new: Rulebook) -> tuple[Form, Form]:
    """The forms of both versions."""
    pairs = [(a, b) for a, b in pair_sections(old.sections, new.sections) if a and b]
    return (
        Form(old, {two.title: one.title for one, two in pairs}),
        Form(new, {one.title: two.title for one, two in pairs}),
    )


class Layouts:
    """Which items stand in which section, for each choice of versions; each layout is made once.

    `choice` maps the id of an item that stands to whether it is the new one.
    """

    def __init__(self, old: Rulebook, new: Rulebook) -> None:
        self.forms = forms(old, new)
        self._items = tuple({i.id: (s, i) for s, i in book.items()} for book in (old, new))
        self._known: dict[tuple[bool, tuple[tuple[str, bool], ...]], tuple[Section, ...]] = {}
        self.same_form = _same_form(old, new)
        """Whether both forms make the same total of the same items."""

    def of(self, form: bool, choice: tuple[tuple[str, bool], ...]) -> tuple[Section, ...]:
        """The sections with their items, in the order of the form; a section that only the other
        version has stands behind them while it holds an item."""
        key = form, choice
        if key not in self._known:
            self._known[key] = self._made(form, choice)
        return self._known[key]

    def _made(self, form: bool, choice: tuple[tuple[str, bool], ...]) -> tuple[Section, ...]:
        own = self.forms[form]
        sections = {section.title: section for section in own.book.sections}
        held: dict[str, list[Item]] = {title: [] for title in sections}
        for item_id, new in choice:
            section, item = self._items[new][item_id]
            title = section.title if new == form else own.counterpart.get(section.title)
            if title is None:
                title = f"\n{section.title}"  # no title of the form's own begins so
                sections.setdefault(title, section)
            held.setdefault(title, []).append(item)
        return tuple(
            section.model_copy(update={"items": tuple(held[title])})
            for title, section in sections.items()
        )


def _same_form(old: Rulebook, new: Rulebook) -> bool:
    """Whether sections and total put items together alike; no where that is not plain to see."""
    bare = [
        [section.model_copy(update={"items": ()}) for section in book.sections]
        for book in (old, new)
    ]
    titles = {section.title for section in old.sections}
    names = {leaf.name for leaf in ex.names(old.total)} if old.total is not None else set()
    if any(section.points is None and section.kind == "base" for section in old.sections):
        return False
    versions = Versions(old, new)
    words = ("total", "total_cap", "total_floor")
    return (
        names <= titles
        and versions.same(tuple(bare[0]), tuple(bare[1]))
        and all(versions.same(getattr(old, word), getattr(new, word)) for word in words)
    )


class Whole:
    """The totals of all organisations in any mixture; sections that come again are computed once."""

    def __init__(self, layouts: Layouts, sides: tuple[Side, Side]) -> None:
        self._layouts, self.sides = layouts, sides
        self._zeroed: dict[tuple[int, bool], tuple[ItemColumns, ItemColumns]] = {}
        self._sections: dict[tuple[int, ...], tuple[Sequence[ItemColumns], SectionColumns]] = {}
        self.settled = layouts.same_form and _same_zeroing(*sides)
        """Whether nothing but items can move a total."""

    def total(self, items: Chosen, *, form: bool, judged: bool) -> Column:
        """The totals before they are rounded, in both readings.

        `form` and `judged` say whose form, and whose judgements that set an item or the total to
        0.
        """
        choice = tuple((item_id, new) for item_id, (new, _) in items.items())
        sections = self._layouts.of(form, choice)
        final = {id_: self._final(id_, scored, judged) for id_, (_, scored) in items.items()}
        scores = tuple(self._section(section, final) for section in sections)
        listed = [final[item.id] for section in sections for item in section.items]
        side = self.sides[form]
        zero = self.sides[judged].zero_total
        return unrounded(total_from(side.book, listed, scores, side.facts, zero))

    def _final(self, item_id: str, scored: ItemColumns, judged: bool) -> ItemColumns:
        when: Truths | None = self.sides[judged].zero_items.get(item_id)
        if when is None:
            return scored
        key = id(scored), judged
        if key not in self._zeroed:
            self._zeroed[key] = scored, zeroed(scored, when)
        return self._zeroed[key][1]

    def _section(self, section: Section, final: Mapping[str, ItemColumns]) -> SectionColumns:
        scored = [final[item.id] for item in section.items]
        key = id(section), *map(id, scored)
        if key not in self._sections:
            # The scores are kept beside it, so that none of their ids is given to another.
            self._sections[key] = scored, placed_section(section, scored, self.sides[0].n)
        return self._sections[key][1]


def _same_zeroing(old: Side, new: Side) -> bool:
    """Whether judgements set the same to 0 everywhere."""
    return truths_equal(old.zero_total, new.zero_total) and all(
        truths_equal(old.zero_items.get(item), new.zero_items.get(item))
        for item in {*old.zero_items, *new.zero_items}
    )
