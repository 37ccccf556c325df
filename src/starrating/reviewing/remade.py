"""What else of an archive is made again and compared: records/, people/, plan and facts.

Whoever alters records/ or the plan's words and packs anew leaves the results as they were; a
reproduction must see that too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from starrating.archive.bundle import Bundle
from starrating.archive.canonical import canonical_json
from starrating.archive.manifest import review_facts
from starrating.archive.records_csv import PLACE_COLUMNS
from starrating.results.changes import misfits
from starrating.results.columns import CHANGES
from starrating.results.compare import Difference, table_differences
from starrating.results.model import Results
from starrating.results.tables import csv_files, read_changes
from starrating.reviewing.ground import Ground
from starrating.reviewing.pack import facts_of, people_files, plan_document, record_files

_PLACE = PLACE_COLUMNS[:3]
_LONGEST = 60
_OF_THE_PROGRAM = "versions"
"""The fact that tells which program ran: another may reproduce."""


def ground_differences(bundle: Bundle, ground: Ground, results: Results) -> Iterator[Difference]:
    """The differences of what a review rests on, as archived and as made from its inputs again."""
    for folder, made in (("records", record_files(ground)), ("people", people_files(ground))):
        kept = bundle.folder(folder)
        for name in sorted({*kept, *made}):
            if kept.get(name) != made.get(name):
                member = f"{folder}/{name}"
                yield from table_differences(member, kept.get(name), made.get(name), _PLACE)
    yield from _listed_changes(bundle, results)
    plan = plan_document(ground, results)
    kept_plan = json.loads(bundle.plan["plan.json"])
    yield from _of_mapping("plan/plan.json", kept_plan, plan)
    facts = facts_of(ground, canonical_json(plan))
    kept_facts = review_facts(bundle.facts)
    yield from _of_mapping("manifest.json", kept_facts, review_facts(facts))


def _listed_changes(bundle: Bundle, results: Results) -> Iterator[Difference]:
    """The changes that a correction lists whose present side did not come out again."""
    listed = bundle.results.get(CHANGES.name)
    if (listed is None) != (bundle.facts.links.replaces is None):
        yield Difference(f"results/{CHANGES.name}", (), "更正对照", *_present(listed))
    for each in misfits(read_changes(listed) if listed is not None else (), csv_files(results)):
        key = tuple(part for part in (each.table, each.rulebook, each.code, each.row) if part)
        yield Difference(f"results/{CHANGES.name}", key, "now", each.now, "复算不是这样", each.code)


def _present(listed: bytes | None) -> tuple[str, str]:
    return ("没有", "有") if listed is None else ("有", "没有")


def _of_mapping(
    file: str, kept: Mapping[str, Any], made: Mapping[str, Any]
) -> Iterator[Difference]:
    for key in dict.fromkeys((*kept, *made)):
        then, now = (_text(each.get(key)) for each in (kept, made))
        if then != now and key != _OF_THE_PROGRAM:
            yield Difference(file, (), key, *_shown(then, now))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else canonical_json(value).decode()


def _shown(then: str, now: str) -> tuple[str, str]:
    """Both texts from where they part, shortened."""
    at = next((n for n, (a, b) in enumerate(zip(then, now, strict=False)) if a != b), 0)
    start = max(0, at - 10) if max(len(then), len(now)) > _LONGEST else 0
    return then[start : start + _LONGEST], now[start : start + _LONGEST]
