"""Past reviews that a command is asked to compute on, opened one after another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from starrating.cli._books import Unusable
from starrating.cli._command import PATH
from starrating.cli._exits import Exit

if TYPE_CHECKING:
    from starrating.impact.past import Past, Runs
    from starrating.rulebook.model import Rulebook

on_option = click.option(
    "--on", "archives", metavar="档案", type=PATH, multiple=True, required=True,
    help="以往的评定档案 review.zip，在它上面测算；可写多次。",
)  # fmt: skip


def opened(archives: tuple[Path, ...]) -> Iterator[Past]:
    """The archives, verified; raises Unusable of the command line."""
    from starrating.impact.past import open_past

    for path in archives:
        with reruns():
            past = open_past(path)
        yield past


@contextmanager
def reruns() -> Iterator[None]:
    """Around what runs a past review again: what it cannot is Unusable of the command line."""
    from starrating.reviewing.restored import Unusable as Broken

    try:
        yield
    except Broken as error:
        raise Unusable(error.faults, Exit.DATA) from None


def runs_of(past: Past, book: Rulebook) -> Runs:
    """The place of a review where a rulebook would stand; a usage error where there is none."""
    from starrating.impact.past import Runs

    place = past.place_of(book)
    if place is None:
        own = "、".join(each.reference for each, _, _ in past.ground.books)
        raise click.UsageError(f"{past.name} 用的规则是 {own}，没有一套与 {book.reference} 对应")
    return Runs(past, place)
