"""All chapters of a rulebook's 细则说明, in their order."""

from __future__ import annotations

from starrating.rulebook.describe.duties import duty_chapter
from starrating.rulebook.describe.items import score_chapters
from starrating.rulebook.describe.judgements import flag_chapters, limit_chapter
from starrating.rulebook.describe.layers import layer_chapter
from starrating.rulebook.describe.methods import method_chapter
from starrating.rulebook.describe.model import Description
from starrating.rulebook.describe.notes import general_chapter, scoring_chapter, subtitle
from starrating.rulebook.describe.stars import (
    lagging_chapter,
    moves_chapter,
    star_chapter,
    total_chapter,
)
from starrating.rulebook.model import Rulebook


def describe(book: Rulebook) -> Description:
    """The rulebook, with all it extends, as a description; chapters that say nothing are left out."""
    chapters = (
        general_chapter(book),
        *score_chapters(book),
        scoring_chapter(book),
        total_chapter(book),
        star_chapter(book),
        limit_chapter(book),
        moves_chapter(book),
        lagging_chapter(book),
        *flag_chapters(book),
        duty_chapter(book),
        layer_chapter(book),
        method_chapter(book),
    )
    said = tuple(chapter for chapter in chapters if not chapter.empty)
    return Description(book.title, subtitle(book), book.in_force.from_, said)
