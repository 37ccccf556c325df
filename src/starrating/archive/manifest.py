"""manifest.json: what a review was, the digests of its members, and the environment apart.

`content` is what the content digest covers; `environment` and `sm3` stand outside it, because
they tell of the machine that packed (SM3 is only there where its OpenSSL knows it).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from starrating.archive.canonical import Json, canonical_json, member_key, sha256, sm3
from starrating.archive.codes import CODES
from starrating.archive.zipform import ArchiveErrors
from starrating.origin import Origin
from starrating.results.columns import FILES
from starrating.results.tables import result_number, results_digest

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Replaced:
    """The archive that a review corrects: its content digest and 结果编号, and the reason."""

    digest: str
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Links:
    """What ties a review to others.

    `based_on` is the content digest of the archive whose data was reviewed again.
    """

    based_on: str | None = None
    replaces: Replaced | None = None


NO_LINKS = Links()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a review was; all of it is covered by the content digest.

    `versions` names what decided a score (starrating, language, judge rules …); `plan_digest`
    is the SHA-256 that stands for the plan; `rulebooks` are (id, version) in the plan's order.
    `links` tie the review to others.
    """

    title: str
    period: str
    period_from: date
    period_until: date
    cut_off: date
    stage: str
    plan_digest: str
    level: str | None = None
    issued: date | None = None
    rulebooks: tuple[tuple[str, str], ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    links: Links = NO_LINKS


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as read: facts, environment, and the digests of the members.

    `full` is the content of the manifest that a slim archive was made from (see archive.slim).
    """

    facts: Facts
    environment: Mapping[str, str]
    members: Mapping[str, tuple[int, str]]
    sm3: Mapping[str, str]
    content_digest: str
    full: Mapping[str, Any] | None = None


def manifest_bytes(
    facts: Facts,
    environment: Mapping[str, str],
    members: Mapping[str, bytes],
    known_sm3: Mapping[str, str] | None,
    full: Mapping[str, Json] | None = None,
) -> bytes:
    """The canonical manifest of `members` (all but itself).

    `full` stands in the manifest of a slim archive. `known_sm3` is None where SM3 digests are made here if possible, else what an archive had.
    """
    content = _content(facts, members)
    if full is not None:
        content |= {"full": full, "results": None}
    document: dict[str, Json] = {
        "content": content,
        "content_digest": sha256(canonical_json(content)),
        "environment": dict(environment),
        "sm3": _sm3(members) if known_sm3 is None else dict(known_sm3),
    }
    return canonical_json(document)


def read_manifest(data: bytes, origin: Origin) -> Manifest:
    """The manifest in `data`; one that is not canonical or of another format is refused."""
    document = _document(data, origin)
    try:
        content = document["content"]
        found = content["format"]
        if found != FORMAT:
            raise ArchiveErrors([CODES.fault("A111", origin, found=found, known=FORMAT)])
        manifest = Manifest(
            facts=_facts(content["review"]),
            environment=_texts(document["environment"]),
            members={m["name"]: (m["size"], m["sha256"]) for m in content["members"]},
            sm3=_texts(document["sm3"]),
            content_digest=document["content_digest"],
            full=content.get("full"),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ArchiveErrors([CODES.fault("A110", origin, what="缺少内容")]) from error
    if manifest.content_digest != sha256(canonical_json(content)):
        raise ArchiveErrors([CODES.fault("A115", origin)])
    return manifest


def _document(data: bytes, origin: Origin) -> dict[str, Any]:
    try:
        document = json.loads(data)
        if isinstance(document, dict) and canonical_json(document) == data:
            return document
    except (ValueError, TypeError, RecursionError) as error:
        raise ArchiveErrors([CODES.fault("A110", origin, what="读不出")]) from error
    raise ArchiveErrors([CODES.fault("A110", origin, what="不合规范形式")])


def _content(facts: Facts, members: Mapping[str, bytes]) -> dict[str, Json]:
    files = {f.name: members.get(f"results/{f.name}") for f in FILES}
    complete = {name: data for name, data in files.items() if data is not None}
    digest = results_digest(complete) if len(complete) == len(FILES) else None
    return {
        "format": FORMAT,
        "members": [
            {"name": name, "sha256": sha256(members[name]), "size": len(members[name])}
            for name in sorted(members, key=member_key)
        ],
        "results": digest and {"digest": digest, "number": result_number(digest)},
        "review": review_facts(facts),
    }


def review_facts(facts: Facts) -> dict[str, Json]:
    """The facts of a review as the manifest states them."""
    return {
        "cut_off": facts.cut_off.isoformat(),
        "issued": None if facts.issued is None else facts.issued.isoformat(),
        "level": facts.level,
        "period": facts.period,
        "period_from": facts.period_from.isoformat(),
        "period_until": facts.period_until.isoformat(),
        "plan_digest": facts.plan_digest,
        "rulebooks": [{"id": book, "version": version} for book, version in facts.rulebooks],
        "stage": facts.stage,
        "title": facts.title,
        "versions": dict(facts.versions),
        **_links_document(facts.links),
    }


def _links_document(links: Links) -> dict[str, Json]:
    """The links of a review; each stands in the manifest only where there is one."""
    found: dict[str, Json] = {}
    if links.based_on is not None:
        found["based_on"] = links.based_on
    if links.replaces is not None:
        found["replaces"] = {
            "content_digest": links.replaces.digest,
            "result_number": links.replaces.number,
            "reason": links.replaces.reason,
        }
    return found


def _links(review: Mapping[str, Any]) -> Links:
    based_on, replaces = review.get("based_on"), review.get("replaces")
    return Links(
        None if based_on is None else _text(based_on),
        None
        if replaces is None
        else Replaced(
            _text(replaces["content_digest"]),
            _text(replaces["result_number"]),
            _text(replaces["reason"]),
        ),
    )


def _facts(review: Mapping[str, Any]) -> Facts:
    issued = review["issued"]
    return Facts(
        title=_text(review["title"]),
        period=_text(review["period"]),
        period_from=date.fromisoformat(review["period_from"]),
        period_until=date.fromisoformat(review["period_until"]),
        cut_off=date.fromisoformat(review["cut_off"]),
        stage=_text(review["stage"]),
        plan_digest=_text(review["plan_digest"]),
        level=None if review["level"] is None else _text(review["level"]),
        issued=None if issued is None else date.fromisoformat(issued),
        rulebooks=tuple((_text(b["id"]), _text(b["version"])) for b in review["rulebooks"]),
        versions=_texts(review["versions"]),
        links=_links(review),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _texts(values: Mapping[str, object]) -> dict[str, str]:
    return {_text(name): _text(value) for name, value in values.items()}


def _sm3(members: Mapping[str, bytes]) -> dict[str, str]:
    digests = {name: sm3(data) for name, data in members.items()}
    return {name: digest for name, digest in digests.items() if digest is not None}
