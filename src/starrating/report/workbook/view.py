"""A review's results as the sheets look at them: rated subjects, names, heads, words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from starrating.report.headroom import headroom_text
from starrating.report.words import decided_word, star_range, star_word
from starrating.results.model import (
    HeadroomRow,
    ItemHead,
    ItemRow,
    Results,
    RulebookHead,
    SubjectRow,
)

NO_TOWN = "（未填所属乡镇）"


@dataclass(frozen=True)
class View:
    """Results with what several sheets look up; `number` is 结果编号."""

    results: Results
    number: str

    @cached_property
    def rating_books(self) -> tuple[RulebookHead, ...]:
        """The rulebooks that give stars; the others only screen."""
        return tuple(book for book in self.results.rulebooks if book.rates)

    @cached_property
    def subjects(self) -> tuple[SubjectRow, ...]:
        """One row for each organisation under the rulebook that gives its star, in code order."""
        rating = {book.id for book in self.rating_books}
        return tuple(row for row in self.results.subjects if row.rulebook in rating)

    @cached_property
    def organisations(self) -> Mapping[str, SubjectRow]:
        """One row for each organisation of the review, also of those that are only screened."""
        found: dict[str, SubjectRow] = {}
        for row in (*self.subjects, *self.results.subjects):
            found.setdefault(row.code, row)
        return {code: found[code] for code in sorted(found)}

    @cached_property
    def computed(self) -> Mapping[tuple[str, str], SubjectRow]:
        """The subjects without people's part by rulebook and code; none where there was none."""
        computed = self.results.computed
        return {(row.rulebook, row.code): row for row in computed.subjects} if computed else {}

    @cached_property
    def heads(self) -> Mapping[tuple[str, str], ItemHead]:
        """The items' heads by rulebook and id."""
        return {(head.rulebook, head.id): head for head in self.results.item_heads}

    @cached_property
    def items(self) -> Mapping[tuple[str, str], Mapping[str, ItemRow]]:
        """The items by rulebook and code, then by id."""
        found: dict[tuple[str, str], dict[str, ItemRow]] = defaultdict(dict)
        for row in self.results.items:
            found[row.rulebook, row.code][row.item] = row
        return found

    @cached_property
    def _names(self) -> Counter[str]:
        return Counter(row.name for row in self.organisations.values())

    @cached_property
    def star_names(self) -> Mapping[str, Mapping[int, str | None]]:
        """The rulebooks' own names of their stars."""
        return {book.id: dict(book.stars) for book in self.results.rulebooks}

    @cached_property
    def stars(self) -> tuple[int, ...]:
        """All star levels that can occur, high first, without 0 (不定星)."""
        declared = {star for book in self.rating_books for star, _ in book.stars}
        shown = {row.star for row in self.subjects if row.star}
        return tuple(sorted(declared | shown, reverse=True))

    @cached_property
    def towns(self) -> Mapping[str, list[str]]:
        """The codes by town, towns in the order in which their organisations come."""
        found: dict[str, list[str]] = {}
        for code, row in self.organisations.items():
            found.setdefault(town(row), []).append(code)
        return found

    def name(self, code: str) -> str:
        """The name of an organisation, or its code where it has none."""
        row = self.organisations.get(code)
        return row.name if row else code

    def called(self, code: str) -> str:
        """How a list that comes back as a sheet calls an organisation: by name if that is clear."""
        name = self.name(code)
        return name if self._names[name] == 1 else code

    def star(self, row: SubjectRow) -> str:
        """The star shown, in words."""
        word = star_word(row.star, self.star_names.get(row.rulebook))
        return f"{word}（推荐）" if row.recommended and word else word

    def star_range(self, row: SubjectRow) -> str:
        """The stars still possible, or nothing where only one is."""
        return "" if row.star_low == row.star_high else star_range(row.star_low, row.star_high)

    @cached_property
    def _distances(self) -> Mapping[tuple[str, str], HeadroomRow]:
        return {(row.rulebook, row.code): row for row in self.results.headroom}

    @cached_property
    def _finding_items(self) -> Mapping[str, str]:
        """The item of each finding, as lists name it: `2.1 党员大会`."""
        return {
            row.finding: f"{row.item} {self.heads[row.rulebook, row.item].title}"
            for row in self.results.findings
            if row.item is not None and (row.rulebook, row.item) in self.heads
        }

    def headroom(self, row: SubjectRow) -> str:
        """晋星差距 in words, or nothing where no next star is reached by points."""
        away = self._distances.get((row.rulebook, row.code))
        if away is None:
            return ""
        star = star_word(away.star, self.star_names.get(row.rulebook))
        items = self._finding_items
        return headroom_text(away, star, lambda finding: items.get(finding, finding))

    def past_star(self, row: SubjectRow, star: int | None) -> str:
        """A star of another year, in the words of this rulebook."""
        return star_word(star, self.star_names.get(row.rulebook))

    def decided(self, row: SubjectRow, text: str | None) -> str:
        """A star level that people wrote, in words."""
        return decided_word(text, self.star_names.get(row.rulebook))


def town(row: SubjectRow) -> str:
    """The town of an organisation as printed."""
    return row.town or NO_TOWN
