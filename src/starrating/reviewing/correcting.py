"""A corrected review: it names the archive it replaces, with the reason, and lists what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from starrating.archive.bundle import Bundle, number_of
from starrating.archive.manifest import Replaced
from starrating.origin import Origin
from starrating.results.changes import changes
from starrating.results.model import Correction
from starrating.results.tables import (
    MalformedTable,
    read_tables,
    result_files,
)
from starrating.reviewing.codes import CODES
from starrating.reviewing.evaluate import Reviewed
from starrating.reviewing.ground import Ground
from starrating.reviewing.opened import Opened, Refused, opened
from starrating.reviewing.request import DATA, USAGE
from starrating.reviewing.restored import unusable


@dataclass(frozen=True, slots=True)
class Correcting:
    """The archive that a review corrects, and why."""

    old: Opened
    replaced: Replaced


def correcting(ground: Ground, replaces: Path | None, reason: str | None) -> Correcting | None:
    """What a review corrects: the archive `replaces`, for a reason; or None. Raises Refused.

    Refused are an archive that does not verify, a slim one, and one of another review: another
    period, level or set of rulebooks, or without any of the organisations (A308, A309).
    """
    if replaces is None:
        return None
    old = opened(replaces)
    if old.bundle.full is not None:
        raise Refused((unusable(old.name, "精简档案没有完整的结果，不能作为更正的依据"),), DATA)
    try:
        codes = {row.code for row in read_tables(old.bundle.results).subjects}
    except MalformedTable as error:
        raise Refused((unusable(old.name, str(error)),), DATA) from error
    what = _other(old.bundle, ground, codes)
    if what:
        raise Refused((CODES.fault("A308", Origin(old.name), name=old.name, what=what),), USAGE)
    number = number_of(old.bundle, old.name)
    return Correcting(old, Replaced(old.digest, number, reason or ""))


def _other(old: Bundle, ground: Ground, codes: set[str]) -> str:
    """What makes the archive one of another review; empty where it is the same."""
    heading, facts = ground.heading, old.facts
    books = sorted(book.id for book, _, _ in ground.books)
    theirs = sorted(book for book, _ in facts.rulebooks)
    if facts.period != heading.period:
        return f"考核期是 {facts.period}，本次是 {heading.period}"
    if theirs != books:
        return f"规则是 {'、'.join(theirs)}，本次是 {'、'.join(books)}"
    if facts.level != heading.level:
        return f"层级是 {facts.level or '未写'}，本次是 {heading.level or '未写'}"
    if codes.isdisjoint(each.code for each in ground.records.organisations):
        return "其中没有本次评定的任何一个党组织"
    return ""


def linked(ground: Ground, asked: Correcting | None) -> Ground:
    """The ground of a review that names the archive it replaces."""
    if asked is None:
        return ground
    return replace(ground, links=replace(ground.links, replaces=asked.replaced))


def with_changes(reviewed: Reviewed, asked: Correcting | None) -> Reviewed:
    """The review with all that differs from the archive it replaces. Raises Refused."""
    if asked is None:
        return reviewed
    try:
        listed = changes(asked.old.bundle.results, result_files(reviewed.results))
    except MalformedTable as error:
        raise Refused((unusable(asked.old.name, str(error)),), DATA) from error
    replaced = asked.replaced
    correction = Correction(replaced.digest, replaced.number, replaced.reason, listed)
    return replace(reviewed, results=replace(reviewed.results, correction=correction))
