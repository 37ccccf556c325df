"""A comparison as a JSON document."""

from __future__ import annotations

from typing import Any

from starrating.rulediff.model import Comparison, Version


def diff_document(comparison: Comparison) -> dict[str, Any]:
    """Versions, counts, and each change with group, kind, place, path and text."""
    return {
        "old": _version(comparison.old),
        "new": _version(comparison.new),
        "equal": comparison.equal,
        "counts": comparison.counts,
        "changes": [
            {
                "group": change.group.name.lower(),
                "heading": change.group.title,
                "kind": change.kind,
                "place": change.place,
                "path": change.path,
                "text": change.text,
            }
            for change in comparison.changes
        ],
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "version": version.version,
        "title": version.title,
        "meaning_digest": version.digest,
    }
