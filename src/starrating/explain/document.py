"""A story as one JSON document: numbers are texts, so that they stay exact."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from starrating.archive.canonical import Json
from starrating.explain.model import Chapter, Story

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def story_document(story: Story) -> dict[str, Json]:
    """The story for `canonical_json`: keys as the fields of the model, none left out."""
    plan = story.plan
    return {
        "code": story.code,
        "name": story.name,
        "town": story.town,
        "item": story.item,
        "review": {
            "title": plan.title,
            "period": plan.period,
            "period_from": plan.period_from.isoformat(),
            "period_until": plan.period_until.isoformat(),
            "cut_off": plan.cut_off.isoformat(),
            "stage": plan.stage,
            "level": plan.level,
            "issued": plan.issued.isoformat() if plan.issued else None,
            "number": plan.number,
        },
        "chapters": [_chapter(chapter, whole=story.item is None) for chapter in story.chapters],
        "tasks": _plain(story.tasks),
        "corrections": list(story.corrections),
    }


def _chapter(chapter: Chapter, *, whole: bool) -> Json:
    book = chapter.book
    document: dict[str, Json] = {
        "rulebook": {
            "id": book.id,
            "version": book.version,
            "title": book.title,
            "why": book.why,
            "path": book.path,
        },
        "subject": _plain(chapter.subject),
        "sections": _plain(chapter.sections),
    }
    if whole:
        document |= {
            "computed": _plain(chapter.computed),
            "headroom": chapter.distance,
            "total": _plain(chapter.total),
            "sums": [
                {
                    "steps": [{"label": label, "points": str(p)} for label, p in each.steps],
                    "total": str(each.stated),
                    "holds": each.holds,
                }
                for each in chapter.sums
            ],
            "way": _plain(chapter.way),
            "notes": _plain(chapter.notes),
            "people": _plain(chapter.people),
            "flags": [{**_fields(flag), "rule": rule} for flag, rule in chapter.flags],
        }
    return document


def _plain(value: object) -> Json:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    assert value is None or isinstance(value, str | bool | int)
    return value


def _fields(value: DataclassInstance) -> dict[str, Json]:
    return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
