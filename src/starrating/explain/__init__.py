"""Why an organisation has its score and its star, told from an archive's result tables and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from starrating.archive.bundle import Bundle, unpack
from starrating.archive.zipform import ArchiveErrors
from starrating.explain.build import codes, story
from starrating.explain.corrections import corrections_of
from starrating.explain.document import story_document
from starrating.explain.find import UnknownName, find_item, find_subject
from starrating.explain.html import story_html
from starrating.explain.model import Story
from starrating.explain.plan import MalformedPlan, Plan, plan_of
from starrating.explain.text import story_text
from starrating.faults import Fault
from starrating.limits import MAX_ARCHIVE_BYTES
from starrating.origin import Origin
from starrating.oserrors import why
from starrating.results.tables import MalformedTable, read_tables
from starrating.reviewing.codes import CODES
from starrating.reviewing.request import DATA, DONE, USAGE
from starrating.reviewing.restored import Unusable, books_in
from starrating.rulebook.model import Rulebook

__all__ = [
    "MalformedPlan",
    "Plan",
    "Story",
    "UnknownName",
    "explain",
    "plan_of",
    "story",
    "story_document",
    "story_html",
    "story_in",
    "story_of",
    "story_text",
]


def explain(
    archive_path: Path, subject: str, item: str | None = None
) -> tuple[str, tuple[Fault, ...], int]:
    """The story as text, faults, and the exit code (docs/commands.md); see `story_in`."""
    found, faults, code = story_in(archive_path, subject, item)
    return (story_text(found) if found is not None else ""), faults, code


def story_in(
    archive_path: Path, subject: str, item: str | None = None
) -> tuple[Story | None, tuple[Fault, ...], int]:
    """The story of one organisation of an archive, or the faults that say why there is none.

    `subject` is a code or an exact name, `item` an item's id or exact title. Exit codes: 2 for
    an unknown name (A303, A304), 3 for an archive that cannot be used (A301 and its own codes).
    """
    name = archive_path.name
    try:
        if archive_path.stat().st_size > MAX_ARCHIVE_BYTES:
            return None, (_unusable(name, "文件过大"),), DATA
        bundle = unpack(archive_path.read_bytes(), name)
        return story_of(bundle, subject, item, name), (), DONE
    except FileNotFoundError:
        return None, (_unusable(name, "找不到这个文件"),), DATA
    except OSError as error:
        return None, (_unusable(name, why(error)),), DATA
    except ArchiveErrors as error:
        return None, tuple(error.faults), DATA
    except (MalformedTable, MalformedPlan) as error:
        return None, (_unusable(name, str(error)),), DATA
    except UnknownName as error:
        return None, (error.fault,), USAGE


def story_of(
    bundle: Bundle, subject: str, item: str | None = None, name: str = "review.zip"
) -> Story:
    """The story of one organisation of a bundle; `name` is the archive's name for the fault.

    Raises UnknownName, MalformedTable or MalformedPlan.
    """
    tables, plan = read_tables(bundle.results), plan_of(bundle)
    code = find_subject(codes(tables), subject, name)
    told = story(tables, plan, code, find_item(tables, code, item, name), _books(bundle, name))
    return replace(told, corrections=tuple(corrections_of(bundle, code)))


def _books(bundle: Bundle, name: str) -> Mapping[str, Rulebook]:
    """The rulebooks, for 晋星差距 alone: without them the story is told without it."""
    try:
        return books_in(bundle, name)
    except (Unusable, KeyError, TypeError, ValueError):
        return {}


def _unusable(name: str, reason: str) -> Fault:
    return CODES.fault("A301", Origin(name), name=name, reason=reason)
