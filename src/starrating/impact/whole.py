"""The total of one organisation with some items old and some new, under either form of the total
(steps 7 and 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from starrating.engine.evaluation import Evaluation, SubjectResult
from starrating.engine.items import Scored, zeroed
from starrating.engine.judging import acts, zeroes
from starrating.engine.readings import Reading
from starrating.engine.sections import SectionScore, section_score
from starrating.engine.totals import Total, put_together
from starrating.engine.values import NO, Truth
from starrating.impact.shares import Ends
from starrating.lean import dataclass
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Item, Rulebook, Section
from starrating.rulediff.align import pair_sections
from starrating.rulediff.net import Versions


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
    """One organisation's totals in any mixture; sections that come again are computed once."""

    def __init__(
        self, layouts: Layouts, results: tuple[SubjectResult, SubjectResult],
        evaluations: tuple[Evaluation, Evaluation],
    ) -> None:  # fmt: skip
        self._layouts, self._results = layouts, results
        self._zeroing = tuple(
            _zeroing(result, evaluation)
            for result, evaluation in zip(results, evaluations, strict=True)
        )
        self._zeroed: dict[tuple[int, Truth], tuple[Scored, Scored]] = {}
        self._sections: dict[tuple[int, ...], tuple[Sequence[Scored], SectionScore]] = {}
        self.settled = layouts.same_form and self._zeroing[0] == self._zeroing[1]
        """Whether nothing but items can move the total."""
        self._start()

    def _start(self) -> None:
        """The sections of the old version stand already."""
        old = self._results[0]
        final = {each.item.id: each for each in old.final_items}
        sections = self._layouts.of(False, tuple((each.item.id, False) for each in old.items))
        for section, score in zip(sections, old.total.sections, strict=True):
            scored = [final[item.id] for item in section.items]
            self._sections[id(section), *map(id, scored)] = scored, score

    def total(self, items: Mapping[str, tuple[bool, Scored]], *, form: bool, judged: bool) -> Ends:
        """The total before it is rounded, in both readings.

        `items` are (new?, score) by id, in the order in which they are to stand; `form` and
        `judged` say whose form, and whose judgements that set an item or the total to 0.
        """
        choice = tuple((item_id, new) for item_id, (new, _) in items.items())
        sections = self._layouts.of(form, choice)
        final = {id_: self._final(scored, judged) for id_, (_, scored) in items.items()}
        scores = tuple(self._section(section, final) for section in sections)
        listed = [final[item.id] for section in sections for item in section.items]
        book, facts = self._layouts.forms[form].book, self._results[form].facts
        return unrounded(put_together(book, scores, listed, facts, zero=self._zeroing[judged][0]))

    def _final(self, scored: Scored, judged: bool) -> Scored:
        when = self._zeroing[judged][1].get(scored.item.id, NO)
        if when is NO:
            return scored
        key = id(scored), when
        if key not in self._zeroed:
            self._zeroed[key] = scored, zeroed(scored, when=when)
        return self._zeroed[key][1]

    def _section(self, section: Section, final: Mapping[str, Scored]) -> SectionScore:
        scored = [final[item.id] for item in section.items]
        key = id(section), *map(id, scored)
        if key not in self._sections:
            # The scores are kept beside it, so that none of their ids is given to another.
            self._sections[key] = scored, section_score(section, scored)
        return self._sections[key][1]


def _zeroing(result: SubjectResult, evaluation: Evaluation) -> tuple[Truth, Mapping[str, Truth]]:
    """How surely stage 1 sets the total to 0, and each item that it names."""
    stage, outcome = evaluation.stages[0], result.judged.first
    named = {j.then.item for j in stage if j.then.score == 0}
    return acts((j for j in stage if j.then.total == 0), outcome), {
        each.item.id: zeroes(each, stage, outcome) for each in result.items if each.item.id in named
    }


def unrounded(total: Total) -> Ends:
    """A total before its last step."""
    assert total.value.low is not None
    assert total.value.high is not None
    return total.value.low - _rounded(total, "low"), total.value.high - _rounded(total, "high")


def _rounded(total: Total, reading: Reading) -> Fraction:
    steps = (step.points for step in total.steps[reading] if step.kind == "round")
    return sum(steps, Fraction(0))
