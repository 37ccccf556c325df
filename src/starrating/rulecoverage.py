"""What no case of a rulebook reaches: clauses, bands, arms, judgements, and edges.

Each part of the rules is a probe with the sides it should be seen from (below, at and above an
edge; holding or not; each level word). The evaluations behind the cases tell which were seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starrating.covered import probes_of
from starrating.covered.probe import Probe, Seen
from starrating.engine.judge import Preference
from starrating.origin import Origin
from starrating.reviewing.evaluate import Reviewed
from starrating.rulebook.model import Case, Rulebook
from starrating.rulecases import Report, run_cases


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of the rules, where it stands, and the sides that no case reaches."""

    origin: Origin
    what: str
    missing: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.origin}: {self.what}：没有案例到过 {'、'.join(self.missing)}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """One rulebook: how many sides there are, how many were reached, and the gaps in its order."""

    rulebook: str
    sides: int
    reached: int
    gaps: tuple[Gap, ...]


@dataclass(slots=True)
class _Book:
    """A rulebook whose cases are running: its probes, and the sides seen of each."""

    book: Rulebook
    probes: tuple[Probe, ...]
    seen: list[set[str]] = field(default_factory=list)
    named: set[str] = field(default_factory=set)

    def observe(self, case: Case, reviewed: Reviewed) -> None:
        """Keep what one case shows."""
        self.named.update(_measures_expected(case.expect))
        for result in reviewed.evaluations[0].subjects:
            seen = Seen(self.book, result)
            for sides, probe in zip(self.seen, self.probes, strict=True):
                if len(sides) < len(probe.sides):
                    sides.update(side for side in probe.see(seen) if side in probe.sides)


def cover_rules(
    folder: Path, prefer: Preference | None = None
) -> tuple[Report, tuple[Coverage, ...]]:
    """Run the cases of all rulebooks below a folder, or of one file, and say what none reaches."""
    books: dict[str, _Book] = {}

    def observe(book: Rulebook, case: Case, reviewed: Reviewed) -> None:
        known = books.get(book.reference)
        if known is None:
            probes = probes_of(book)
            known = books[book.reference] = _Book(book, probes, [set() for _ in probes])
        known.observe(case, reviewed)

    report = run_cases(folder, prefer, observe)
    return report, tuple(_coverage(each) for each in books.values())


def _coverage(each: _Book) -> Coverage:
    gaps = [
        Gap(probe.origin, probe.what, tuple(side for side in probe.sides if side not in sides))
        for probe, sides in zip(each.probes, each.seen, strict=True)
        if len(sides) < len(probe.sides)
    ]
    wanted, reached = sum(len(p.sides) for p in each.probes), sum(len(s) for s in each.seen)
    if each.book.library:
        own = {
            n: m for n, m in each.book.measures.items() if m.origin.file == each.book.origin.file
        }
        gaps += [
            Gap(measure.origin, f"指标 {name}", ("expect 里的 measures",))
            for name, measure in own.items()
            if name not in each.named
        ]
        wanted, reached = wanted + len(own), reached + len(own.keys() & each.named)
    ordered = sorted(gaps, key=lambda gap: gap.origin.sort_key())
    return Coverage(each.book.reference, wanted, reached, tuple(ordered))


def _measures_expected(expect: Mapping[str, Any]) -> Iterator[str]:
    """The measures that a case names, of its one subject or of each."""
    parts: Iterable[Mapping[str, Any]] = (expect, *expect.get("subjects", {}).values())
    for part in parts:
        yield from part.get("measures", {})
