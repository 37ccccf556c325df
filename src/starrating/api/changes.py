"""Changes from Python: between two versions of rules, in past reviews, between two archives."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from starrating.api.archives import Archive, open_archive
from starrating.api.books import Book
from starrating.archive.zipform import ArchiveErrors
from starrating.comparing import Comparison, NotComparable, crossed
from starrating.comparing import compare as compared
from starrating.impact.model import Impact
from starrating.impact.past import Runs, open_past
from starrating.impact.run import impact
from starrating.reviewing.restored import Unusable
from starrating.rulediff import Comparison as RuleDiff
from starrating.rulediff import compare as compared_rules

Given = str | Path | Archive
"""An archive, or where it lies."""


def rules_diff(old: Book, new: Book) -> RuleDiff:
    """What changed from one version of rules to another (修订对照), as `rules diff` tells it."""
    return compared_rules(old.rulebook, new.rulebook)


def rules_impact(
    new: Book, on: str | Path | Iterable[str | Path], *, old: Book | None = None
) -> tuple[Impact, ...]:
    """What a change of rules would have done to past reviews (影响测算), one for each archive.

    `old` is the version each archive was made with unless one is given. Raises ArchiveErrors for
    an archive that cannot be used, ValueError for one that no rulebook of it answers to `new`.
    """
    paths = [on] if isinstance(on, str | Path) else list(on)
    return tuple(_impact(new, Path(path), old) for path in paths)


def _impact(new: Book, path: Path, old: Book | None) -> Impact:
    try:
        past = open_past(path)
        place = past.place_of(new.rulebook)
        if place is None:
            own = ", ".join(each.reference for each, _, _ in past.ground.books)
            raise ValueError(f"{path.name} was reviewed by {own}: none answers to {new.reference}")
        before = past.own_book(place) if old is None else old.rulebook
        return impact(Runs(past, place), before, new.rulebook)
    except Unusable as error:
        raise ArchiveErrors(error.faults) from error


def compare(old: Given, new: Given) -> Comparison:
    """Two archives: who changed, and by what (数据, 规则, 人工, 名额连带), as `compare` tells it.

    Both are run again, and each one's data under the other's rules. Raises ArchiveErrors.
    """
    one, two = (each if isinstance(each, Archive) else open_archive(each) for each in (old, new))
    names = one.path.name, two.path.name
    for each in (one, two):
        if wrong := each.verify():
            raise ArchiveErrors(wrong)
    try:
        return compared(one.bundle, two.bundle, crossed(one.bundle, two.bundle, *names), names)
    except NotComparable as error:
        raise ArchiveErrors(error.faults) from error
