"""Reproduce an archive: run its own inputs through its own rules again, and compare (docs/audit.md)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starrating.archive.bundle import Bundle
from starrating.engine import reference
from starrating.engine.naive import Naive
from starrating.engine.readout import evaluate_in_bulk as by_kernel
from starrating.faults import Fault
from starrating.results.compare import Difference, differences, is_wording
from starrating.results.tables import MalformedTable, result_files
from starrating.reviewing.evaluate import review
from starrating.reviewing.remade import ground_differences
from starrating.reviewing.restored import Unusable, restored, unusable

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What came of a reproduction.

    `differences` are those of meaning, `wording` those of wording alone, which fail nothing.
    `faults` say why an archive could not be run again. `judged` and `judge` name who chained
    then and now. `unchecked` are subjects whose quotas have too many ways to be filled for the
    independent grading: their stars were computed once.
    """

    differences: tuple[Difference, ...] = ()
    wording: tuple[Difference, ...] = ()
    faults: tuple[Fault, ...] = ()
    judged: str = ""
    judge: str = ""
    unchecked: tuple[str, ...] = ()

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
        if self.unchecked:
            codes = "、".join(self.unchecked[:_SHOWN])
            tail += (
                f"；名额并列的组合太多、星级没有用第二种算法核对的{len(self.unchecked)}个：{codes}"
            )
        return f"复算结果与档案一致{tail}"


def reproduce(
    bundle: Bundle, *, independent: bool = True, name: str = "review.zip"
) -> Reproduction:
    """Review an archive's inputs again by its rules, and compare every column of meaning.

    The supplied inputs are read again; records/, people/, the plan and the manifest's facts are
    made anew and compared as well. The kernel evaluates; with `independent` the reference does, the
    native chainer judges and `engine.naive` grades, whoever did so then. Nothing outside the bundle is
    read but the holidays known to this machine. `name` is the archive's name for the faults.
    """
    judged = bundle.environment.get("judge", "")
    naive = Naive()
    try:
        ground = restored(bundle, name, judge="native" if independent else None)
        if independent:
            ground = replace(ground, grader=naive, evaluate=reference.evaluate)
        else:
            ground = replace(ground, evaluate=by_kernel)
        reviewed = review(ground)
        found = [
            *differences(bundle.results, result_files(reviewed.results)),
            *ground_differences(bundle, ground, reviewed.results),
        ]
    except Unusable as error:
        return Reproduction(faults=error.faults, judged=judged)
    except MalformedTable as error:
        return Reproduction(faults=(unusable(name, str(error)),), judged=judged)
    return Reproduction(
        tuple(each for each in found if not is_wording(each)),
        tuple(each for each in found if is_wording(each)),
        judged=judged,
        judge=reviewed.judge,
        unchecked=tuple(sorted(naive.skipped)),
    )
