"""名额连带: stars that change only because another's did (semantics.md step 16).

A place in a quota is won or lost when people correct, set aside or decide something of another
organisation. Nobody's star follows silently: each such organisation is listed for decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from starrating.engine.evaluation import Evaluation, SubjectResult
from starrating.engine.grading import Grade
from starrating.engine.people.part import Decisions, SetAside
from starrating.engine.star_bands import bands
from starrating.engine.stars import grade_all
from starrating.results.model import Pending

_QUOTA = frozenset(("quota", "tie"))


@dataclass(frozen=True, slots=True)
class KnockOn:
    """A matter to decide, and whether the star is in doubt until then; one that may only rise
    stands as it is."""

    matter: Pending
    in_doubt: bool


def knocked_on(
    final: Sequence[Evaluation],
    plain: Sequence[Evaluation] | None,
    decided: Decisions,
    asides: Mapping[str, SetAside],
) -> Mapping[str, KnockOn]:
    """The matters to decide, by organisation.

    `plain` are the evaluations without people's part, None where people did nothing. A star that
    corrections and findings set aside moved for others stands changed in `final`; one that
    decided stars would move stands as it was computed.
    """
    found: dict[str, KnockOn] = {}
    before = {
        result.code: result
        for evaluation in plain or ()
        if evaluation.setting.book.stars
        for result in evaluation.subjects
    }
    for evaluation in final:
        for result in evaluation.subjects if evaluation.setting.book.stars else ():
            other = before.get(result.code)
            touched = result.code in asides or bool(decided.of(result.code))
            if other is not None and not touched and _moved_by_others(other, result):
                found[result.code] = KnockOn(_moved(result, _star(other)), in_doubt=True)
        found |= {each.matter.code: each for each in _after_decisions(evaluation, decided)}
    return found


def _moved_by_others(before: SubjectResult, after: SubjectResult) -> bool:
    """Whether the star differs though total, gates, moves and caps are what they were."""
    return (
        before.grade is not None
        and after.grade is not None
        and before.grade.star != after.grade.star
        and before.total.value == after.total.value
        and _own_way(before.grade) == _own_way(after.grade)
    )


def _own_way(grade: Grade) -> tuple[tuple[str, int | None], ...]:
    """The steps up to the first quota: what depends on the organisation alone."""
    way = []
    for step in grade.steps:
        if step.kind in _QUOTA:
            break
        way.append((step.kind, step.to_star))
    return tuple(way)


def _after_decisions(evaluation: Evaluation, decided: Decisions) -> Iterator[KnockOn]:
    """The organisations that would win or lose a place if decided stars took their seats."""
    held = {
        result.code: decision.star
        for result in evaluation.subjects
        if (decision := decided.stars.get(result.code)) is not None and decision.star is not None
    }
    if not (_differs(evaluation.subjects, held) and _has_quota(evaluation)):
        return
    grades = grade_all(evaluation.setting, evaluation.subjects, held)
    names = "、".join(sorted(code for code in held if _of(evaluation, code) != held[code]))
    for result in evaluation.subjects:
        then = grades[result.code].star
        if result.code not in held and result.grade is not None and then != result.grade.star:
            yield _would_move(result, then, names)


def _differs(subjects: Iterable[SubjectResult], held: Mapping[str, int]) -> bool:
    return any(each.code in held and _star(each) != held[each.code] for each in subjects)


def _has_quota(evaluation: Evaluation) -> bool:
    """Whether a quota applies at this level."""
    return any(band.quota is not None and band.quota.applied for band in bands(evaluation.setting))


def _of(evaluation: Evaluation, code: str) -> int | None:
    return next((_star(each) for each in evaluation.subjects if each.code == code), None)


def _star(result: SubjectResult) -> int | None:
    return result.grade.star if result.grade is not None else None


def _moved(result: SubjectResult, before: int | None) -> Pending:
    text = (
        f"因他人星级变动，测算星级由{before}星变为{_star(result)}星，本单位事实未变，由评定机关决定"
    )
    return _matter(result, text)


def _would_move(result: SubjectResult, then: int | None, names: str) -> KnockOn:
    now = _star(result)
    up = then is not None and now is not None and then > now
    what = "空出名额，可由" if up else "占用名额，须由"
    text = f"{names}的审定星级与测算不同，{what}{now}星变为{then}星，由评定机关决定"
    return KnockOn(_matter(result, text), in_doubt=not up)


def _matter(result: SubjectResult, text: str) -> Pending:
    return Pending(result.code, result.facts.organisation.name, "名额连带", "星级", text, None)
