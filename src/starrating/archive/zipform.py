"""The one zip form of an archive: stored members, fixed times and attributes, nothing between.

Reading checks everything before a member is opened; what is not in that form becomes faults.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO
from unicodedata import is_normalized

from starrating.archive.canonical import is_known, is_safe, member_key
from starrating.archive.codes import CODES
from starrating.faults import Fault
from starrating.limits import MAX_ARCHIVE_BYTES, MAX_ARCHIVE_MEMBERS
from starrating.origin import Origin

_TIME = (1980, 1, 1, 0, 0, 0)
_MODE = stat.S_IFREG | 0o644
_UNIX = 3
_ENCRYPTED = 0x1
_START, _END, _END_SIZE = b"PK\x03\x04", b"PK\x05\x06", 22
_HEADER_SIZE = 30
_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
    OverflowError,
    struct.error,
)


class ArchiveErrors(Exception):
    """An archive that is refused; `faults` says why, in Chinese."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def write_zip(members: Mapping[str, bytes], file: BinaryIO) -> None:
    """Write the members in canonical order as one zip: equal members give equal bytes."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members, key=member_key):
            info = zipfile.ZipInfo(name, _TIME)
            info.create_system = _UNIX
            info.external_attr = _MODE << 16
            archive.writestr(info, members[name])


def name_faults(names: Iterable[str], file: str) -> list[Fault]:
    """Faults of member names: unsafe, not in the composed form, or unknown to this format."""
    faults = []
    for name in names:
        if not is_safe(name):
            faults.append(_fault("A103", file, name))
        elif not is_normalized("NFC", name):
            faults.append(_fault("A117", file, name))
        elif not is_known(name):
            faults.append(_fault("A106", file, name))
    return faults


def zip_members(data: bytes, file: str) -> dict[str, bytes]:
    """The members of an archive in their order; anything out of form raises ArchiveErrors."""
    origin = Origin(file)
    if len(data) > MAX_ARCHIVE_BYTES:
        raise ArchiveErrors([CODES.fault("A102", origin, what=f"{MAX_ARCHIVE_BYTES} 字节")])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            faults = list(_form_faults(data, infos, file))
            if not faults and _has_gaps(infos, archive.start_dir):
                faults.append(CODES.fault("A108", origin))
            if faults:
                raise ArchiveErrors(faults)
            return {info.filename: _content(archive, info, file) for info in infos}
    except _BROKEN as error:
        raise ArchiveErrors([CODES.fault("A101", origin)]) from error


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: str) -> bytes:
    try:
        return archive.read(info)
    except _BROKEN as error:
        raise ArchiveErrors([_fault("A113", file, info.filename)]) from error


def _form_faults(data: bytes, infos: list[zipfile.ZipInfo], file: str) -> Iterator[Fault]:
    names = [info.orig_filename for info in infos]
    if len(infos) > MAX_ARCHIVE_MEMBERS:
        yield CODES.fault("A102", Origin(file), what=f"{MAX_ARCHIVE_MEMBERS} 个成员")
        return
    if sum(info.file_size for info in infos if _is_stored(info)) > len(data):
        yield CODES.fault("A102", Origin(file), what="成员总长大于档案本身")
    yield from name_faults(names, file)
    yield from _order_faults(names, file)
    for info in infos:
        yield from _member_faults(info, file)
    if not data.startswith(_START) or data[-_END_SIZE:][:4] != _END:
        yield CODES.fault("A108", Origin(file))


def _member_faults(info: zipfile.ZipInfo, file: str) -> Iterator[Fault]:
    if info.external_attr >> 16 != _MODE or info.is_dir():
        yield _fault("A104", file, info.orig_filename)
    if not _is_stored(info):
        yield _fault("A107", file, info.orig_filename)


def _is_stored(info: zipfile.ZipInfo) -> bool:
    """Whether a member stands in the archive as it is, neither compressed nor encrypted."""
    stored = info.compress_type == zipfile.ZIP_STORED and info.compress_size == info.file_size
    return stored and not info.flag_bits & _ENCRYPTED


def _order_faults(names: list[str], file: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for name, before in zip(names, [None, *names], strict=False):
        if name in seen:
            yield _fault("A105", file, name)
        elif before is not None and member_key(before) > member_key(name):
            yield _fault("A109", file, name)
        seen.add(name)


def _has_gaps(infos: list[zipfile.ZipInfo], listing: int) -> bool:
    """Whether the members do not follow one another from the first byte to the listing."""
    at = 0
    for info in infos:
        if info.header_offset != at or info.extra:
            return True
        at += _HEADER_SIZE + len(info.orig_filename.encode()) + info.file_size
    return at != listing


def _fault(code: str, file: str, member: str) -> Fault:
    printable = member.encode("unicode_escape" if not member.isprintable() else "utf-8", "replace")
    shown = printable.decode("utf-8", "replace")[:200]
    return CODES.fault(code, Origin(file, sheet=shown), member=shown)
