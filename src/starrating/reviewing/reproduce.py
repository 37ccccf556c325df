"""Reproduce an archive: run its own inputs through its own rules again, and compare (product.md 13)."""

from __future__ import annotations

from dataclasses import dataclass

from starrating.archive.bundle import Bundle
from starrating.faults import Fault
from starrating.results.compare import Difference, differences, is_wording
from starrating.results.tables import MalformedTable, archive_files
from starrating.reviewing.evaluate import review
from starrating.reviewing.restored import Unusable, restored, unusable


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What came of a reproduction.

    `differences` are those of meaning, `wording` those of wording alone, which fail nothing.
    `faults` say why an archive could not be run again. `judged` and `judge` name who chained
    then and now.
    """

    differences: tuple[Difference, ...] = ()
    wording: tuple[Difference, ...] = ()
    faults: tuple[Fault, ...] = ()
    judged: str = ""
    judge: str = ""

    @property
    def equal(self) -> bool:
        """Whether every column of meaning came out as archived."""
        return not (self.differences or self.faults)

    def __str__(self) -> str:
        """The outcome in Chinese, one line a difference."""
        if self.faults:
            return "\n".join(("没有复算成功", *map(str, self.faults)))
        if self.differences:
            return "\n".join(
                (f"复算结果有{len(self.differences)}处不同", *map(str, self.differences))
            )
        tail = f"；措辞有{len(self.wording)}处不同" if self.wording else ""
        return f"复算结果与档案一致{tail}"


def reproduce(
    bundle: Bundle, *, independent: bool = True, name: str = "review.zip"
) -> Reproduction:
    """Review an archive's inputs again by its rules, and compare every column of meaning.

    The reference evaluator runs; `independent` has the native chainer judge, whoever judged
    then. Nothing outside the bundle is read but the holidays known to this machine. `name` is
    the archive's name for the faults.
    """
    judged = bundle.environment.get("judge", "")
    try:
        ground = restored(bundle, name, judge="native" if independent else None)
    except Unusable as error:
        return Reproduction(faults=error.faults, judged=judged)
    reviewed = review(ground)
    try:
        found = differences(bundle.results, archive_files(reviewed.results))
    except MalformedTable as error:
        return Reproduction(faults=(unusable(name, str(error)),), judged=judged)
    return Reproduction(
        tuple(each for each in found if not is_wording(each)),
        tuple(each for each in found if is_wording(each)),
        judged=judged,
        judge=reviewed.judge,
    )
