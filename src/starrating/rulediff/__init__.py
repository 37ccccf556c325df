"""What changed between two versions of a rulebook, in Chinese sentences.

`compare` makes the changes, grouped by the weight of their effect; `text`, `markdown` and
`document` say them, and `report.diffsheet` prints them. It is meaning that is compared, of the
merged rulebooks: order of keys, spelling and comments change nothing.
"""

from __future__ import annotations

from starrating.rulebook.meaning import meaning, meaning_digest
from starrating.rulebook.model import Rulebook
from starrating.rulediff.heads import (
    duty_changes,
    head_changes,
    judgement_changes,
    measure_changes,
    star_changes,
)
from starrating.rulediff.items import item_changes
from starrating.rulediff.model import Change, Comparison, Group, Version
from starrating.rulediff.net import Versions, apart

__all__ = ["Change", "Comparison", "Group", "Version", "compare"]

_PARTS = (
    star_changes, judgement_changes, item_changes, measure_changes, duty_changes, head_changes,
)  # fmt: skip


def compare(old: Rulebook, new: Rulebook) -> Comparison:
    """All changes of meaning from `old` to `new`, both merged with what they extend.

    There are none exactly where the meaning digests are equal.
    """
    before, after = _version(old), _version(new)
    if before.digest == after.digest:
        return Comparison(before, after, ())
    versions = Versions(old, new)
    found = [change for part in _PARTS for change in part(versions)] or _unknown(old, new)
    ordered = sorted(dict.fromkeys(found), key=lambda change: change.group)
    return Comparison(before, after, tuple(ordered))


def _unknown(old: Rulebook, new: Rulebook) -> list[Change]:
    """What no part above tells: the words of the meaning that differ."""
    return [
        Change(Group.POINTS, told.kind, "", told.text, ".".join(told.way))
        for told in apart(meaning(old), meaning(new))
    ]


def _version(book: Rulebook) -> Version:
    return Version(book.id, book.version, book.title, meaning_digest(book))
