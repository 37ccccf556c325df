"""Each organisation before and after, from the evaluations of both versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from starrating.engine.evaluation import Evaluation, SubjectResult
from starrating.engine.findings import flag_states
from starrating.impact.attribution import Attribution
from starrating.impact.model import Part, Standing, Subject
from starrating.rulebook.describe.words import star_word
from starrating.rulebook.model import Rulebook


def standing(result: SubjectResult) -> Standing:
    """One organisation under one version."""
    low, high = result.total.value.low, result.total.value.high
    assert low is not None
    assert high is not None
    grade = result.grade
    if grade is None or not result.scope.rated:
        return Standing(False, low, high, None, None, None, "not_rated")
    return Standing(
        True, low, high, grade.star, grade.star_low, grade.star_high, grade.state
    )  # fmt: skip


def subjects(
    attribution: Attribution | None,
    old: Evaluation,
    new: Evaluation,
    all_old: Sequence[Evaluation],
    all_new: Sequence[Evaluation],
) -> Iterator[Subject]:
    """All organisations that either version covers, in code order."""
    before = {result.code: result for result in old.subjects}
    after = {result.code: result for result in new.subjects}
    flags = _flags(all_old), _flags(all_new)
    for code in sorted(before.keys() | after.keys()):
        one, two = before.get(code), after.get(code)
        kept = two or one
        assert kept is not None
        row = kept.facts.organisation.row
        town = row.value("所属乡镇")
        parts: tuple[Part, ...] = ()
        if one is not None and two is not None and attribution is not None:
            parts = attribution.parts(one, two)
        yield Subject(
            code,
            kept.facts.organisation.name,
            town if isinstance(town, str) else "",
            None if one is None else standing(one),
            None if two is None else standing(two),
            parts,
            flags[0].get(code, ()),
            flags[1].get(code, ()),
        )


def _flags(evaluations: Sequence[Evaluation]) -> dict[str, tuple[str, ...]]:
    """code → the flags that are proposed, with their cases."""
    found: dict[str, tuple[str, ...]] = {}
    for evaluation in evaluations:
        for result in evaluation.subjects:
            said = tuple(
                f"{each.flag}（{each.case}）"
                for each in flag_states(evaluation, result)
                if each.state == "proposed"
            )
            found[result.code] = (*found.get(result.code, ()), *said)
    return found


def star_names(old: Rulebook, new: Rulebook) -> tuple[tuple[int, str], ...]:
    """The stars of both versions with the newer names, high first, then 0."""
    names = {
        star.star: star_word(star.star, star.name) for book in (old, new) for star in book.stars
    }
    return (*sorted(names.items(), reverse=True), (0, "不定星"))
