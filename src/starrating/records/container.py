"""What a file is, told by its bytes; and whether a workbook may be opened at all."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from starrating.faults import Fault
from starrating.limits import MAX_UNPACK_RATIO, MAX_UNPACKED_BYTES, MAX_WORKBOOK_BYTES
from starrating.origin import Origin
from starrating.records.codes import CODES

WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xltx"))
OLD_WORKBOOKS = frozenset((".xls", ".et", ".ett", ".xlt", ".xlsb", ".ods", ".numbers"))
TABLES = frozenset((".csv", ".tsv", ".parquet"))
DATA = WORKBOOKS | OLD_WORKBOOKS | TABLES
"""Extensions of files that are data, readable or not."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SMALL = 10_000_000
"""Unpacked bytes below which a high ratio of compression is no sign of a bomb."""


def is_package(data: bytes) -> bool:
    """Whether the bytes are a zip package (what .xlsx is inside)."""
    return data.startswith(b"PK\x03\x04")


def refuse(file: str, data: bytes) -> Fault | None:
    """Why the bytes can not be read as a workbook, or None for a package worth opening."""
    origin = Origin(file)
    suffix = PurePosixPath(file).suffix.lower()
    if not data:
        return CODES.fault("D102", origin)
    if len(data) > MAX_WORKBOOK_BYTES:
        return CODES.fault("D107", origin, what=f"{len(data)} 字节", limit=MAX_WORKBOOK_BYTES)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            return CODES.fault("D103", origin)
        if suffix in OLD_WORKBOOKS:
            return CODES.fault("D104", origin, kind=suffix)
        return CODES.fault("D104", origin, kind="内容是 .xls 或 .et")
    if not is_package(data) and suffix not in DATA:
        return CODES.fault("D118", origin, suffix=suffix or "没有扩展名的")
    if not is_package(data):
        return CODES.fault("D105", origin, suffix=suffix or "无", kind=" Excel 工作簿")
    return _refuse_package(origin, suffix, data)


def _refuse_package(origin: Origin, suffix: str, data: bytes) -> Fault | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if any(member.flag_bits & 1 for member in members):
                return CODES.fault("D103", origin)
            if fault := _too_large(origin, members, len(data)):
                return fault
            names = {member.filename.lower().replace("\\", "/") for member in members}
            if "xl/workbook.bin" in names or not any(name.startswith("xl/") for name in names):
                kind = suffix if suffix in OLD_WORKBOOKS else "内容不是 .xlsx"
                return CODES.fault("D104", origin, kind=kind)
            return None
    except Exception as error:  # noqa: BLE001 - whatever zip raises, the file is broken
        return CODES.fault("D106", origin, reason=type(error).__name__)


def _too_large(origin: Origin, members: list[zipfile.ZipInfo], packed: int) -> Fault | None:
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES:
        return CODES.fault("D107", origin, what=f"解压后 {unpacked} 字节", limit=MAX_UNPACKED_BYTES)
    if unpacked > _SMALL and unpacked > packed * MAX_UNPACK_RATIO:
        return CODES.fault(
            "D107", origin, what=f"压缩比 {unpacked // packed}", limit=MAX_UNPACK_RATIO
        )
    return None
