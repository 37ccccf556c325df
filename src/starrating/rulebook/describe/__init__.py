"""The 细则说明 of a rulebook, from the rules alone, as an office would print it (in Chinese).

`describe` makes chapters of sentences and tables; `to_markdown` writes them as Markdown, and
`report.rulesheet` as a Word document. Each block of the language is one small function here.
"""

from __future__ import annotations

from starrating.rulebook.describe.duties import duty_chapter
from starrating.rulebook.describe.items import score_chapters
from starrating.rulebook.describe.judgements import flag_chapters, limit_chapter
from starrating.rulebook.describe.layers import layer_chapter
from starrating.rulebook.describe.markdown import to_markdown
from starrating.rulebook.describe.methods import method_chapter
from starrating.rulebook.describe.model import Chapter, Description, Row, Table
from starrating.rulebook.describe.notes import general_chapter, scoring_chapter, subtitle
from starrating.rulebook.describe.stars import (
    lagging_chapter,
    moves_chapter,
    star_chapter,
    total_chapter,
)
from starrating.rulebook.model import Rulebook

__all__ = ["Chapter", "Description", "Row", "Table", "describe", "to_markdown"]


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
