"""Whether an archive holds all that a review.zip has to hold, and each in its form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from starrating.archive.bundle import Bundle
from starrating.archive.canonical import sha256
from starrating.archive.codes import CODES
from starrating.archive.slim import slim_faults
from starrating.faults import Fault
from starrating.origin import Origin
from starrating.results.tables import MalformedTable, read_tables, table_lines

_PLAN = "plan.json"


def structure_faults(bundle: Bundle, name: str = "review.zip") -> list[Fault]:
    """What an archive lacks, or holds in no form of ours; `name` is its name for the faults.

    An archive that is consistent with itself can still lack something: whoever packs anew can
    leave out what he likes. A slim archive is held to the manifest of the full one.
    """
    if bundle.full is not None:
        return slim_faults(bundle, name)
    return [
        CODES.fault("A118", Origin(name, sheet=member), what=what)
        for member, what in (*_plan(bundle), *_folders(bundle), *_tables(bundle))
    ]


def _plan(bundle: Bundle) -> Iterator[tuple[str, str]]:
    member = f"plan/{_PLAN}"
    plan = bundle.plan.get(_PLAN)
    if plan is None:
        yield member, f"没有 {member}"
    elif sha256(plan) != bundle.facts.plan_digest:
        yield member, f"{member} 与清单所记的评定方案校验码不符"


def _folders(bundle: Bundle) -> Iterator[tuple[str, str]]:
    wanted: Mapping[str, str] = {"rules": "评分细则", "inputs": "报送的原始文件"}
    for folder, what in wanted.items():
        if not bundle.folder(folder):
            yield folder, f"{folder}/ 中没有{what}"
    if "党组织.csv" not in bundle.records:
        yield "records", "没有 records/党组织.csv"


def _tables(bundle: Bundle) -> Iterator[tuple[str, str]]:
    try:
        read_tables(bundle.results)
    except MalformedTable as error:
        yield "results", f"results/ 中的结果读不出（{error}）"
    for folder in ("records", "people"):
        for name, data in bundle.folder(folder).items():
            try:
                widths = {len(line) for line in table_lines(data)}
            except MalformedTable as error:
                yield f"{folder}/{name}", f"{folder}/{name} 读不出（{error}）"
            else:
                if len(widths) != 1:
                    yield f"{folder}/{name}", f"{folder}/{name} 各行的格数不同"
