"""review.zip: everything a review rests on and found, as one reproducible file (docs/audit.md).

`pack` writes a Bundle, `unpack` reads one and refuses what is not an archive of ours, `verify`
also packs it again and demands equal bytes: one byte string stands for one archive.
"""

from __future__ import annotations

import io
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, BinaryIO

from starrating.archive.canonical import FOLDERS, MANIFEST, README, sha256, sm3
from starrating.archive.codes import CODES
from starrating.archive.manifest import Facts, Manifest, manifest_bytes, read_manifest
from starrating.archive.readme import readme_bytes
from starrating.archive.zipform import ArchiveErrors, name_faults, write_zip, zip_members
from starrating.faults import Fault
from starrating.limits import MAX_ARCHIVE_MEMBERS
from starrating.origin import Origin
from starrating.results.columns import FILES
from starrating.results.tables import computed_files, digest_of, result_number, results_digest

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The content of an archive: facts, environment facts, and the files of each folder.

    File names are relative to their folder, with forward slashes. `environment` stands outside
    the content digest. `full` is what a slim archive says of the one it was made from (see
    archive.slim). `readme` and `sm3` are what an archive had that was read; None has them
    made when it is packed.
    """

    facts: Facts
    plan: Files = field(default_factory=dict)
    rules: Files = field(default_factory=dict)
    inputs: Files = field(default_factory=dict)
    records: Files = field(default_factory=dict)
    people: Files = field(default_factory=dict)
    previous: Files = field(default_factory=dict)
    calendar: Files = field(default_factory=dict)
    results: Files = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    full: Mapping[str, Any] | None = None
    readme: bytes | None = field(default=None, compare=False)
    sm3: Mapping[str, str] | None = field(default=None, compare=False)

    def folder(self, name: str) -> Files:
        """The files of one of the folders of `canonical.FOLDERS`."""
        files: Files = getattr(self, name)
        return files


def environment_facts(judge: str) -> dict[str, str]:
    """What is told of the machine, outside the content digest: Python, and which judge chained."""
    return {
        "judge": judge,
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
    }


def pack(bundle: Bundle) -> bytes:
    """The archive of a bundle: equal bundles give equal bytes.

    Names that no archive can hold raise ArchiveErrors.
    """
    target = io.BytesIO()
    packed(bundle)(target)
    return target.getvalue()


def packed(bundle: Bundle) -> Callable[[BinaryIO], None]:
    """What writes the bytes of `pack` to a file; what it raises is raised here."""
    members = _members(bundle)
    faults = name_faults(members, "review.zip")
    if len(members) >= MAX_ARCHIVE_MEMBERS:
        what = f"{MAX_ARCHIVE_MEMBERS} 个成员"
        faults.append(CODES.fault("A102", Origin("review.zip"), what=what))
    if faults:
        raise ArchiveErrors(faults)
    manifest = manifest_bytes(bundle.facts, bundle.environment, members, bundle.sm3, bundle.full)
    return partial(write_zip, {MANIFEST: manifest, **members})


def unpack(data: bytes, name: str = "review.zip") -> Bundle:
    """The bundle in `data`, all digests checked; `name` is the file's name for the faults.

    What is not an archive in our form, or does not fit its own manifest, raises ArchiveErrors.
    """
    members = zip_members(data, name)
    if MANIFEST not in members:
        raise ArchiveErrors([CODES.fault("A110", Origin(name), what="缺失")])
    manifest = read_manifest(members.pop(MANIFEST), Origin(name, sheet=MANIFEST))
    faults = _member_faults(manifest, members, name)
    if faults:
        raise ArchiveErrors(faults)
    return _bundle(manifest, members)


def verify(data: bytes, name: str = "review.zip") -> list[Fault]:
    """What is wrong with an archive; none means it is consistent with itself (自洽).

    It is read, packed again, and must give the same bytes.
    """
    try:
        bundle = unpack(data, name)
    except ArchiveErrors as error:
        return list(error.faults)
    return [] if pack(bundle) == data else [CODES.fault("A116", Origin(name))]


def content_digest(data: bytes, name: str = "review.zip") -> str:
    """The content digest (hex) an archive states; the same for equal content on any machine."""
    members = zip_members(data, name)
    if MANIFEST not in members:
        raise ArchiveErrors([CODES.fault("A110", Origin(name), what="缺失")])
    return read_manifest(members[MANIFEST], Origin(name, sheet=MANIFEST)).content_digest


def number_of(bundle: Bundle, name: str = "review.zip") -> str:
    """结果编号 of the review, as it is printed: of a slim archive that of the full one.

    The manifest that a slim archive carries lists the digests of the full results. One that does
    not raises ArchiveErrors.
    """
    if bundle.full is None:
        return result_number(results_digest(bundle.results))
    try:
        listed = {each["name"]: each["sha256"] for each in bundle.full["members"]}
        sums = {file.name: str(listed[f"results/{file.name}"]) for file in FILES}
    except (KeyError, TypeError) as error:
        what = "所附完整档案的清单缺少结果"
        raise ArchiveErrors([CODES.fault("A131", Origin(name), what=what)]) from error
    return result_number(digest_of(sums))


def _members(bundle: Bundle) -> dict[str, bytes]:
    members = {README: _readme(bundle) if bundle.readme is None else bundle.readme}
    for folder in FOLDERS:
        files = bundle.folder(folder)
        members.update({f"{folder}/{name}": data for name, data in files.items()})
    return members


def _readme(bundle: Bundle) -> bytes:
    computed = bool(computed_files(bundle.results))
    return readme_bytes(bundle.facts, slim=bundle.full is not None, computed=computed)


def _bundle(manifest: Manifest, members: dict[str, bytes]) -> Bundle:
    readme = members.pop(README)
    folders: dict[str, dict[str, bytes]] = {folder: {} for folder in FOLDERS}
    for name, data in members.items():
        folder, _, rest = name.partition("/")
        folders[folder][rest] = data
    return Bundle(
        facts=manifest.facts,
        environment=manifest.environment,
        full=manifest.full,
        readme=readme,
        sm3=manifest.sm3,
        **folders,
    )


def _member_faults(manifest: Manifest, members: Files, name: str) -> list[Fault]:
    faults = []
    for member in sorted({README, *members} | manifest.members.keys()):
        origin = Origin(name, sheet=member)
        if member not in members:
            faults.append(CODES.fault("A112", origin, member=member, what="档案中没有"))
        elif member not in manifest.members:
            faults.append(CODES.fault("A112", origin, member=member, what="清单中没有"))
        elif manifest.members[member] != (len(members[member]), sha256(members[member])):
            faults.append(CODES.fault("A113", origin, member=member))
        elif not _sm3_fits(manifest.sm3, member, members[member]):
            faults.append(CODES.fault("A114", origin, member=member))
    return faults


def _sm3_fits(stated: Mapping[str, str], member: str, data: bytes) -> bool:
    """Whether the SM3 digest is right; one this machine cannot make is taken as it stands."""
    made = sm3(data)
    return not stated or made is None or stated.get(member) == made
