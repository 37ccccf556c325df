"""The archive of a review: all it rests on and all it found, as one bundle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from starrating.archive.bundle import Bundle, environment_facts
from starrating.archive.canonical import Json, canonical_json, sha256
from starrating.archive.manifest import Facts
from starrating.archive.records_csv import records_csv
from starrating.engine.people.corrections import corrected
from starrating.faults import Fault
from starrating.records.plan import Plan
from starrating.results.model import Results
from starrating.results.tables import result_files
from starrating.reviewing.chosen import Chosen
from starrating.reviewing.evaluate import Reviewed
from starrating.reviewing.ground import Ground
from starrating.reviewing.holidays import built_in_days
from starrating.reviewing.previous import Earlier, previous_document
from starrating.rulebook.sheets import columns_read
from starrating.schema import CORRECTIONS, PEOPLE_SHEETS

VERSION = "0.1.0"
BESIDE = ("D113", "D115")
"""Faults of what lay beside the data and was not read: inputs/ does not hold it, so plan.json does."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The texts that a review was run on: plan, rulebooks, calendar files, earlier archives."""

    plan: Plan
    chosen: tuple[Chosen, ...]
    calendar: Mapping[str, bytes]
    earlier: tuple[Earlier, ...] = ()


def bundle_of(ground: Ground, reviewed: Reviewed, packed: Packed) -> Bundle:
    """The bundle of a review; `pack` makes its bytes."""
    results = reviewed.results
    plan = canonical_json(plan_document(ground, results))
    supplied = {"plan.yaml": packed.plan.data} if packed.plan.data else {}
    return Bundle(
        facts=facts_of(ground, plan),
        plan={"plan.json": plan, **supplied},
        rules=_rules(packed),
        inputs=dict(ground.records.inputs),
        records=record_files(ground),
        people=people_files(ground),
        previous=_previous(ground, packed),
        calendar={**packed.calendar, **built_in_days(ground.heading.issued)},
        results=result_files(results),
        environment=environment_facts(reviewed.judge),
    )


def record_files(ground: Ground) -> dict[str, bytes]:
    """records/: the normalised sheets but people's, with the columns that the rulebooks read."""
    schema = ground.records.schema
    used = columns_read((book for book, _, _ in ground.books), schema)
    sheets = frozenset(schema.sheets).difference(PEOPLE_SHEETS)
    return records_csv(ground.records, only=sheets, used=used)


def people_files(ground: Ground) -> dict[str, bytes]:
    """people/: the normalised sheets of people's part, as supplied.

    The rows of 核查更正 stand under the organisation whose fact they correct.
    """
    told, _ = corrected(ground.records)
    sheets = frozenset(PEOPLE_SHEETS)
    supplied = records_csv(ground.records, only=sheets)
    return supplied | records_csv(told, only=sheets & {CORRECTIONS})


def facts_of(ground: Ground, plan: bytes) -> Facts:
    """The facts of a review; `plan` is the plan document's bytes."""
    heading = ground.heading
    return Facts(
        title=heading.title,
        period=heading.period,
        period_from=heading.period_from,
        period_until=heading.period_until,
        cut_off=heading.cut_off,
        stage=heading.stage,
        plan_digest=sha256(plan),
        level=heading.level,
        issued=heading.issued,
        rulebooks=tuple((book.id, book.version) for book, _, _ in ground.books),
        versions={"starrating": VERSION, "format": "1"},
        links=ground.links,
    )


def plan_document(ground: Ground, results: Results) -> dict[str, Json]:
    """The plan as it was carried out: what was asked for, and what was chosen."""
    heading = ground.heading
    return {
        "title": heading.title,
        "period": heading.period,
        "period_from": heading.period_from.isoformat(),
        "period_until": heading.period_until.isoformat(),
        "cut_off": heading.cut_off.isoformat(),
        "stage": heading.stage,
        "level": heading.level,
        "issued": heading.issued.isoformat() if heading.issued else None,
        "office": dict(heading.office),
        "rulebooks": [
            {
                "id": head.id,
                "version": head.version,
                "title": head.title,
                "why": head.why,
                "path": head.path,
                "stars": [[star, name] for star, name in head.stars],
                "named_by": [[star, by] for star, by in head.named_by],
            }
            for head in results.rulebooks
        ],
        "items": [
            {
                "rulebook": head.rulebook,
                "id": head.id,
                "title": head.title,
                "section": head.section,
                "points": None if head.points is None else f"{head.points:f}",
                "basis": head.basis,
            }
            for head in results.item_heads
        ],
        "beside": [_beside(fault) for fault in ground.records.faults if fault.code in BESIDE],
    }


def _beside(fault: Fault) -> Json:
    return {
        "code": fault.code,
        "level": fault.level.value,
        "message": fault.message,
        "remedy": fault.remedy,
        "file": fault.origin.file,
    }


def _rules(packed: Packed) -> dict[str, bytes]:
    """Every rule file with everything extended, as `<id>/<version>.yaml`."""
    found: dict[str, bytes] = {}
    for chosen in packed.chosen:
        for path, text in chosen.texts.items():
            found["/".join(PurePosixPath(path).parts[-2:])] = text
    return found


def _previous(ground: Ground, packed: Packed) -> dict[str, bytes]:
    facts = any(each.stars or each.flags or each.tasks for each in ground.previous.values())
    if not (facts or ground.since or packed.earlier):
        return {}
    document = previous_document(ground.previous, ground.since, packed.earlier)
    return {"previous.json": canonical_json(document)}
