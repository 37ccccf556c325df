"""One rulebook with stars per organisation: two whose scopes meet are refused."""

from __future__ import annotations

from starrating.engine.people.part import corrected
from starrating.engine.setting import Setting
from starrating.engine.subjects import surely_in_scope
from starrating.faults import Fault
from starrating.origin import Origin
from starrating.reviewing.codes import CODES, TWICE
from starrating.reviewing.ground import Ground
from starrating.rulebook.model import Rulebook


def graded_twice(ground: Ground) -> Fault | None:
    """The fault R503 where two rulebooks of the review give one organisation stars, else None.

    Rulebooks of different 领域 may stand in one review. An organisation that only may be in scope
    (its 领域 is blank) is told as such (E113) and refuses nothing.
    """
    rating = [(book, path) for book, _, path in ground.books if book.stars]
    if len(rating) < 2:
        return None
    records, _ = corrected(ground.records)
    heading = ground.heading
    taken: dict[str, Rulebook] = {}
    met: list[tuple[Rulebook, Rulebook, str, str]] = []
    for book, path in rating:
        setting = Setting(
            book, records, heading.period, heading.period_from, heading.period_until,
            heading.cut_off,
        )  # fmt: skip
        for organisation in surely_in_scope(setting):
            other = taken.setdefault(organisation.code, book)
            if other is not book:
                met.append((other, book, organisation.name, path))
    if not met:
        return None
    first, second, name, path = met[0]
    return CODES.fault(
        TWICE, Origin(path), first=first.reference, second=second.reference, name=name,
        count=len(met),
    )  # fmt: skip
