"""影响测算 as a JSON document; numbers are texts, exact to 4 decimals."""

from __future__ import annotations

from typing import Any

from starrating.impact.model import Impact, Need, Part, Standing, Subject
from starrating.impact.shares import Ends
from starrating.number import plain
from starrating.rulediff.document import diff_document


def impact_document(impact: Impact) -> dict[str, Any]:
    """All that was found; `parts` add up to `change`."""
    return {
        "archive": impact.archive,
        "title": impact.title,
        "period": impact.period,
        "diff": diff_document(impact.comparison),
        "stars": [
            {"star": star, "name": name, "before": before, "after": after}
            for star, name in impact.stars
            for before in [impact.distribution(after=False)[star]]
            for after in [impact.distribution(after=True)[star]]
        ],
        "rising": [each.code for each in impact.rising],
        "falling": [each.code for each in impact.falling],
        "changes": [
            {**_part(part), "count": count, **_ends(points)}
            for part, count, points in impact.by_change()
        ],
        "subjects": [_subject(each) for each in impact.subjects],
        "needs": [_need(each) for each in impact.needs],
        "notes": list(impact.notes),
    }


def _subject(subject: Subject) -> dict[str, Any]:
    return {
        "code": subject.code,
        "name": subject.name,
        "town": subject.town,
        "before": _standing(subject.before),
        "after": _standing(subject.after),
        "change": _ends(subject.change),
        "parts": [{**_part(part), **_ends(part.points)} for part in subject.parts],
        "newly_proposed": list(subject.newly_proposed),
        "no_longer_proposed": list(subject.no_longer_proposed),
    }


def _standing(standing: Standing | None) -> dict[str, Any] | None:
    if standing is None:
        return None
    return {
        "rated": standing.rated,
        "total_low": plain(standing.low),
        "total_high": plain(standing.high),
        "star": standing.star,
        "star_low": standing.star_low,
        "star_high": standing.star_high,
        "state": standing.state,
    }


def _part(part: Part) -> dict[str, Any]:
    return {"place": part.place, "text": part.text, "path": part.path}


def _ends(points: Ends) -> dict[str, Any]:
    return {"low": plain(points[0]), "high": plain(points[1])}


def _need(need: Need) -> dict[str, Any]:
    return {
        "item": need.item,
        "place": need.place,
        "reasons": list(need.reasons),
        "count": need.count,
    }
