"""One entry of a ledger: what it says of an archive, its canonical bytes and its hash.

The hash of an entry is the SHA-256 of its bytes, which hold the hash of the entry before: no
entry can be changed, taken out or put in without changing every hash after it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from starrating.archive.bundle import Bundle, content_digest, number_of
from starrating.archive.canonical import Json, canonical_json, sha256
from starrating.archive.slim import full_digest

FORMAT = 1
FIRST = "0" * 64
"""What stands for the hash of the entry before the first."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True)
class Entry:
    """One archive as a ledger lists it; entries are numbered from 1.

    `previous` is the hash of the entry before, `digest` the SHA-256 of the archive's bytes.
    `replaces` is the content digest of the archive that this one corrects, with `reason`;
    `based_on` that of the archive whose data it reviewed again. `full` is what a slim archive
    states as the content digest of the full one.
    """

    number: int
    previous: str
    size: int
    digest: str
    content_digest: str
    result_number: str
    title: str
    office: str | None
    period: str
    period_until: date
    cut_off: date
    issued: date | None
    stage: str
    level: str | None
    rulebooks: tuple[tuple[str, str], ...]
    replaces: str | None = None
    reason: str | None = None
    based_on: str | None = None
    full: str | None = None

    @property
    def review(self) -> str:
        """The content digest by which other archives name this review: the full archive's."""
        return self.full or self.content_digest

    @property
    def file(self) -> str:
        """The name of the archive in the ledger's folder: `0001-<结果编号>.zip`."""
        return f"{self.number:04d}-{self.result_number}.zip"

    @property
    def dated(self) -> date:
        """The day the archive declares: of issue, else its cut-off."""
        return self.issued or self.cut_off

    @property
    def books(self) -> tuple[str, ...]:
        """The ids of its rulebooks."""
        return tuple(book for book, _ in self.rulebooks)

    @cached_property
    def body(self) -> bytes:
        """Its canonical bytes."""
        document: dict[str, Json] = {
            "format": FORMAT,
            "entry": self.number,
            "previous": self.previous,
            "archive": {
                "size": self.size,
                "sha256": self.digest,
                "content_digest": self.content_digest,
                "result_number": self.result_number,
                **({} if self.full is None else {"full_content_digest": self.full}),
            },
            "review": {
                "title": self.title,
                "office": self.office,
                "period": self.period,
                "period_until": self.period_until.isoformat(),
                "cut_off": self.cut_off.isoformat(),
                "issued": None if self.issued is None else self.issued.isoformat(),
                "stage": self.stage,
                "level": self.level,
                "rulebooks": [[book, version] for book, version in self.rulebooks],
                "replaces": self.replaces,
                "reason": self.reason,
                "based_on": self.based_on,
            },
        }
        return canonical_json(document)

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of its bytes: what the next entry names as `previous`."""
        return sha256(self.body)


def entry_of(number: int, previous: str, data: bytes, bundle: Bundle) -> Entry:
    """The entry for an archive (its bytes and what they hold)."""
    facts, replaces = bundle.facts, bundle.facts.links.replaces
    plan = json.loads(bundle.plan["plan.json"]) if "plan.json" in bundle.plan else {}
    office = plan.get("office", {}).get("name")
    return Entry(
        number=number,
        previous=previous,
        size=len(data),
        digest=sha256(data),
        content_digest=content_digest(data),
        result_number=number_of(bundle),
        title=facts.title,
        office=office if isinstance(office, str) else None,
        period=facts.period,
        period_until=facts.period_until,
        cut_off=facts.cut_off,
        issued=facts.issued,
        stage=facts.stage,
        level=facts.level,
        rulebooks=facts.rulebooks,
        replaces=replaces.digest if replaces is not None else None,
        reason=replaces.reason if replaces is not None else None,
        based_on=facts.links.based_on,
        full=None if bundle.full is None else full_digest(bundle),
    )


def read_entry(body: bytes) -> Entry:
    """The entry in `body`; bytes that no writer of ours can have written raise ValueError."""
    try:
        entry = _entry(json.loads(body))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("not an entry") from error
    if entry.body != body:
        raise ValueError("not canonical")
    return entry


def _entry(document: Mapping[str, Any]) -> Entry:
    archive, review = document["archive"], document["review"]
    return Entry(
        number=_whole(document["entry"]),
        previous=_fitting(_DIGEST, document["previous"]),
        size=_whole(archive["size"]),
        digest=_fitting(_DIGEST, archive["sha256"]),
        content_digest=_fitting(_DIGEST, archive["content_digest"]),
        result_number=_fitting(_NUMBER, archive["result_number"]),
        title=_text(review["title"]),
        office=_maybe(review["office"]),
        period=_text(review["period"]),
        period_until=date.fromisoformat(review["period_until"]),
        cut_off=date.fromisoformat(review["cut_off"]),
        issued=None if review["issued"] is None else date.fromisoformat(review["issued"]),
        stage=_text(review["stage"]),
        level=_maybe(review["level"]),
        rulebooks=tuple((_text(book), _text(version)) for book, version in review["rulebooks"]),
        replaces=_maybe(review["replaces"]),
        reason=_maybe(review["reason"]),
        based_on=_maybe(review["based_on"]),
        full=_fitting(_DIGEST, archive["full_content_digest"])
        if "full_content_digest" in archive
        else None,
    )


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _maybe(value: object) -> str | None:
    return None if value is None else _text(value)


def _fitting(pattern: re.Pattern[str], value: object) -> str:
    text = _text(value)
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return text
