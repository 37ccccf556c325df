"""Running the cases beside the rules, by one evaluator or by both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from starrating.engine.judge import Preference
from starrating.engine.readout import evaluate as by_kernel
from starrating.faults import Fault, Level
from starrating.origin import Origin
from starrating.progress import counted
from starrating.reviewing.codes import CODES
from starrating.reviewing.evaluate import Reviewed, review
from starrating.rulebook.casewords import EXPECT
from starrating.rulebook.checks import check
from starrating.rulebook.model import Case, Rulebook
from starrating.rulebook.read import read_rulebook
from starrating.rulebook.versions import find_rulebooks, folder_of, no_rulebook
from starrating.rulecases.ground import ground_of, period_of
from starrating.rulecases.lists import Placed, columns
from starrating.rulecases.subjects import compare


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that did not come out: where it stands, its title, and a line for each difference."""

    origin: Origin
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """How many cases ran, and those that failed; `empty` names rulebooks without any case."""

    count: int = 0
    failed: tuple[Failure, ...] = ()
    empty: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = field(default=())

    @property
    def passed(self) -> int:
        """How many cases came out as expected."""
        return self.count - len(self.failed)


Observe = Callable[[Rulebook, Case, Reviewed], None]
"""Is told of each case that ran what the review behind it found."""


def run_cases(
    folder: Path,
    prefer: Preference | None = None,
    observe: Observe | None = None,
    *,
    both: bool = False,
) -> Report:
    """Run the cases of all rulebooks below a folder, or of one file; with `both` evaluators."""
    count = 0
    failed: list[Failure] = []
    empty: list[str] = []
    faults: list[Fault] = []
    for book in _books(folder, faults):
        if not book.cases:
            empty.append(book.reference)
        for case in counted(f"检验 {book.reference}", book.cases, "个案例"):
            count += 1
            lines = run_case(book, case, prefer, observe, both=both)
            if lines:
                failed.append(Failure(case.origin, case.title, tuple(lines)))
    return Report(count, tuple(failed), tuple(empty), tuple(faults))


def _books(folder: Path, faults: list[Fault]) -> Iterator[Rulebook]:
    """The usable rulebooks; what makes the others unusable goes to `faults`."""
    wrong = _unusable(folder)
    if wrong:
        faults.extend(wrong)
        return
    root = folder_of(folder) if folder.is_file() else folder
    shelf = find_rulebooks(root, root.name)
    wanted = [head for head in shelf.heads if not folder.is_file() or head.path == folder]
    for head in wanted:
        loaded = read_rulebook(head.path, head.shown, shelf.path)
        found = [*loaded.faults, *(check(loaded.book) if loaded.book is not None else ())]
        grave = [fault for fault in found if fault.level in (Level.FATAL, Level.ERROR)]
        faults.extend(grave)
        if loaded.book is not None and not grave:
            yield loaded.book
    faults.extend(fault for fault in shelf.faults if fault.level in (Level.FATAL, Level.ERROR))


def _unusable(path: Path) -> tuple[Fault, ...]:
    """Why nothing can be found at a path: it is not there, or a file that is no rule file."""
    if not path.exists():
        return (CODES.fault("R504", Origin(path.as_posix()), folder=path.as_posix()),)
    return no_rulebook(path) if path.is_file() else ()


def run_case(
    book: Rulebook,
    case: Case,
    prefer: Preference | None = None,
    observe: Observe | None = None,
    *,
    both: bool = False,
) -> list[str]:
    """The differences between what a case expects and what the review gives; none if it passes.

    With `both` the kernel reviews as well, and must give the same results, row by row.
    """
    unknown = sorted(set(case.expect) - set(EXPECT.words))
    if unknown:
        return [f"expect 中有不认识的词：{'、'.join(unknown)}"]
    if not case.expect:
        return ["没有写 expect，什么也没有检验"]
    if period_of(book, case) is None:
        return [f"plan 的 period“{case.plan.period}”认不出，可写 2024、2024H1、2024Q2、2024-05"]
    ground = ground_of(book, case, prefer)
    reviewed = review(ground)
    if observe is not None:
        observe(book, case, reviewed)
    named = columns(ground.records)
    faults = [Placed(fault, named) for fault in reviewed.results.faults]
    found = [*_given_in_vain(case, reviewed), *compare(case.expect, reviewed, faults)]
    if both and review(replace(ground, evaluate=by_kernel)).results != reviewed.results:
        found.append("两种算法的结果不同，这是程序的错误，请把这个案例发给维护人员")
    return found


_IN_VAIN = ("D215", "D216")
"""A sheet, a column that nothing knows."""


def _given_in_vain(case: Case, reviewed: Reviewed) -> Iterator[str]:
    """What a case gives and nothing reads, unless it expects to be told so."""
    expected = {str(entry.get("code")) for entry in case.expect.get("faults", ())}
    for fault in reviewed.results.faults:
        if fault.code in _IN_VAIN and fault.code not in expected:
            yield f"given：{fault.message}（{fault.remedy}）"
