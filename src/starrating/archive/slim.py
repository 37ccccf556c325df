"""Slim archives: the same review without the files supplied and without people's words and names.

A slim archive leaves out inputs/ and previous/, empties the free columns of records/, people/ and
results/, and carries the content of the full archive's manifest, whose digest is the full
archive's content digest. So everything it kept whole verifies against that digest, and the
whole of it against the full archive: there is only one slim archive of an archive.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from starrating.archive.bundle import Bundle, Files, content_digest, number_of, pack, unpack
from starrating.archive.canonical import FOLDERS, MANIFEST, canonical_json, sha256
from starrating.archive.codes import CODES
from starrating.archive.manifest import review_facts
from starrating.archive.records_csv import file_name
from starrating.archive.zipform import ArchiveErrors, zip_members
from starrating.engine.format1 import render
from starrating.faults import Fault
from starrating.origin import Origin
from starrating.results.cells import GUARD
from starrating.results.columns import CHANGES, FILES, FINDINGS
from starrating.results.tables import COMPUTED, MalformedTable, table_bytes, table_lines
from starrating.schema import STANDARD

LEFT_OUT = ("inputs", "previous")
WHOLE = ("plan", "rules", "calendar")
_WORDS = frozenset(("理由", "核查人"))
"""Required columns of people's sheets that hold words and names as well."""
_DETAILS = ("reason", "evidence")
"""What a finding's detail says in people's words."""


def slimmed(data: bytes, name: str = "review.zip") -> bytes:
    """The slim archive of a full one; what is none, or slim already, raises ArchiveErrors."""
    bundle = unpack(data, name)
    if bundle.full is not None:
        raise ArchiveErrors([CODES.fault("A131", Origin(name), what="它本身已是精简档案")])
    content = json.loads(zip_members(data, name)[MANIFEST])["content"]
    emptied: dict[str, Any] = {
        folder: _emptied(bundle, folder, name) for folder in FOLDERS if folder not in WHOLE
    }
    return pack(replace(bundle, **emptied, full=content, readme=None, sm3=None))


def full_digest(bundle: Bundle) -> str:
    """The content digest of the archive that a slim one was made from."""
    assert bundle.full is not None
    return sha256(canonical_json(bundle.full))


def slim_faults(bundle: Bundle, name: str) -> list[Fault]:
    """What in a slim archive does not fit the manifest of the full one that it carries."""
    try:
        whats = _misfits(bundle, bundle.full or {})
    except (KeyError, TypeError, ValueError, AttributeError, ArchiveErrors):
        whats = ["所附完整档案的清单缺少内容"]
    return [CODES.fault("A131", Origin(name), what=what) for what in whats]


def against_faults(slim: bytes, full: bytes, name: str, full_name: str) -> list[Fault]:
    """What differs between a slim archive and the one that slimming `full` gives."""
    own, made = unpack(slim, name), slimmed(full, full_name)
    origin = Origin(name)
    if own.full is None:
        return [CODES.fault("A131", origin, what="它不是精简档案")]
    if content_digest(slim, name) == content_digest(made, full_name):
        return []
    if full_digest(own) != content_digest(full, full_name):
        return [CODES.fault("A132", origin, full=full_name)]
    wanted = unpack(made, full_name)
    differ = [
        f"{folder}/{member}"
        for folder in FOLDERS
        for member in sorted({*own.folder(folder), *wanted.folder(folder)})
        if own.folder(folder).get(member) != wanted.folder(folder).get(member)
    ]
    return [CODES.fault("A133", origin, members="、".join(differ) or "README.txt")]


def _misfits(bundle: Bundle, full: Mapping[str, Any]) -> list[str]:
    listed = {each["name"]: (each["size"], each["sha256"]) for each in full["members"]}
    held = {
        f"{folder}/{member}": data
        for folder in FOLDERS
        for member, data in bundle.folder(folder).items()
    }
    kept = {name for name in listed if "/" in name and name.split("/")[0] not in LEFT_OUT}
    found = [f"多出 {name}" for name in sorted(held.keys() - kept)]
    found += [f"缺少 {name}" for name in sorted(kept - held.keys())]
    found += [
        f"{name} 与完整档案的校验码不符"
        for name in sorted(kept & held.keys())
        if name.split("/")[0] in WHOLE and (len(held[name]), sha256(held[name])) != listed[name]
    ]
    if full["results"]["number"] != number_of(bundle):
        found.append("结果编号与所列的结果文件不符")
    if full["review"] != review_facts(bundle.facts):
        found.append("评定的名称、周期等与完整档案不同")
    return found


# --- emptying -------------------------------------------------------------------------------------


def _emptied(bundle: Bundle, folder: str, name: str) -> Files:
    if folder in LEFT_OUT:
        return {}
    empty = _of_results if folder == "results" else _of_records
    try:
        return {member: empty(member, data) for member, data in bundle.folder(folder).items()}
    except (MalformedTable, ValueError, KeyError, TypeError) as error:
        what = f"{folder}/ 中有读不出的表"
        raise ArchiveErrors([CODES.fault("A118", Origin(name), what=what)]) from error


def _of_records(member: str, data: bytes) -> bytes:
    sheet = next(
        (each for each in STANDARD.sheets.values() if file_name(each.name) == member), None
    )
    free = {column.name for column in sheet.columns if column.free_text} if sheet else set()
    return _without(data, free | _WORDS)


def _of_results(member: str, data: bytes) -> bytes:
    name = member.removeprefix(COMPUTED)
    file = next((each for each in (*FILES, CHANGES) if each.name == name), None)
    if file is None:
        return data
    change = _worded_anew if file is FINDINGS else None
    return _without(data, {column.name for column in file.columns if column.free}, change)


def _without(
    data: bytes, free: set[str], change: Callable[[dict[str, str]], None] | None = None
) -> bytes:
    """A csv with the free columns emptied, and each row changed as asked."""
    lines = table_lines(data)
    heads = next(lines, [])
    made = [heads]
    for line in lines:
        row = dict(zip(heads, line, strict=True))
        row.update(dict.fromkeys(free & row.keys(), ""))
        if change is not None:
            change(row)
        made.append(list(row.values()))
    return table_bytes(made)


def _worded_anew(row: dict[str, str]) -> None:
    """A finding without people's words: its sentence is made anew from what its detail keeps."""
    detail = json.loads(row["detail"]) if row["detail"] else {}
    if not any(key in detail for key in _DETAILS):
        return
    kept = {key: value for key, value in detail.items() if key not in _DETAILS}
    row["detail"] = canonical_json(kept).decode() if kept else ""
    if "reason" in detail:
        row["text"] = GUARD.put(render(row["message"], kept))
