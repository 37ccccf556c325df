"""Judging many: equal vectors get equal verdicts, so each distinct one is judged once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starrating.engine.judge.model import Judge, Verdict

_Key = tuple[frozenset[tuple[str, int]], frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged of one subject: its bits, the flags that stand, the flags blocked."""

    vector: Mapping[str, int]
    standing: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts, one a case in the order asked; how many distinct cases; who judged."""

    verdicts: tuple[Verdict, ...]
    distinct: int
    judge: str


def judge_all(judge: Judge, cases: Iterable[Case]) -> Judged:
    """Judge every case, each distinct (vector, standing, blocked) once."""
    known: dict[_Key, Verdict] = {}
    verdicts = tuple(_judge_once(judge, case, known) for case in cases)
    return Judged(verdicts, len(known), judge.name)


def _judge_once(judge: Judge, case: Case, known: dict[_Key, Verdict]) -> Verdict:
    key = (frozenset(case.vector.items()), case.standing, case.blocked)
    verdict = known.get(key)
    if verdict is None:
        verdict = judge.judge(case.vector, case.standing, case.blocked)
        known[key] = verdict
    return verdict
