"""What is found over all parts at once: wide measures, stars, the lowest of a group.

Parts leave small columns on the shelf; here they are joined, compared or graded by the kernel, and
each part is handed its own rows of what was found. Only these columns are in memory at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

import numpy as np

from starrating.batch.outcome import StarColumns
from starrating.batch.shelf import Shelf
from starrating.batch.steps import Settled
from starrating.engine.judge import Preference
from starrating.engine.kernel import grading
from starrating.engine.kernel.arrays import Bools
from starrating.engine.kernel.contenders import Contenders, candidates, joined_contenders
from starrating.engine.kernel.finishing import Ending, joined_endings, judged_later, lagging
from starrating.engine.kernel.groups.wide import Told, compare, taken, united
from starrating.engine.kernel.judging import Outcomes
from starrating.engine.kernel.program import program_of
from starrating.engine.kernel.standing import ladder_of
from starrating.engine.kernel.subjects import Given
from starrating.engine.setting import Setting
from starrating.engine.star_bands import bands


def compare_measures(shelf: Shelf, parts: int, names: Sequence[str], setting: Setting) -> None:
    """Give every part the measures of one round. Overflow where exact integers could pass 2⁶³."""
    told: list[Told] = [shelf.take(f"told-{number}") for number in range(parts)]
    found = compare(program_of(setting.book).measures, told, names, setting.others)
    for number, rows in enumerate(_rows([len(part.codes) for part in told])):
        name = f"given-{number}"
        before: Given = shelf.take(name) if shelf.has(name) else Given()
        shelf.put(name, united(before, taken(found, np.arange(rows.start, rows.stop))))


def settle_stars(
    shelf: Shelf, parts: int, setting: Setting, *, later: bool, prefer: Preference | None
) -> None:
    """Grade all organisations, find the lowest, judge stage 2 over all parts where `later`, and
    give every part its own."""
    book = setting.book
    stars = _graded(shelf, parts, setting) if book.stars else None
    endings: list[Ending] = [shelf.take(f"ending-{number}") for number in range(parts)]
    sizes = [len(each.rated) for each in endings]
    low, found = np.zeros(sum(sizes), np.bool_), None
    if book.lagging or later:
        span = None if stars is None else stars.span
        ending = joined_endings(book, endings)
        low = lagging(book, ending, span)
        found = judged_later(book, ending, span, prefer).found if later else None
    for number, rows in enumerate(_rows(sizes)):
        own = None if stars is None else stars.take(rows)
        judged = None if found is None else _own(found, rows)
        shelf.put(f"settled-{number}", Settled(own, low[rows], judged))


def _own(found: Outcomes, rows: slice) -> Outcomes:
    """What stage 2 found of these organisations; distinct vectors are counted with the first."""

    def only(masks: Mapping[str, Bools]) -> dict[str, Bools]:
        return {name: mask[rows] for name, mask in masks.items()}

    distinct = 0 if rows.start else found.distinct
    return Outcomes(only(found.sure), only(found.possible), {}, distinct)


def _graded(shelf: Shelf, parts: int, setting: Setting) -> StarColumns:
    every: list[Contenders] = [shelf.take(f"contenders-{number}") for number in range(parts)]
    ladder = ladder_of(setting.book, bands(setting))
    found = grading.grade(
        candidates(joined_contenders(every)), ladder, progress_run=setting.progress_run
    )
    return StarColumns.of(found)


def _rows(sizes: Sequence[int]) -> Iterator[slice]:
    """The rows of each part among those of all."""
    return (slice(*ends) for ends in pairwise(accumulate(sizes, initial=0)))
