"""What the commands on archives share: reading the file, and telling that it was refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starrating.cli import _faults
from starrating.cli._exits import Exit
from starrating.cli._terminal import say, show_document
from starrating.oserrors import why

if TYPE_CHECKING:
    from starrating.faults import Fault


def examined(path: Path) -> tuple[bytes | None, tuple[Fault, ...], Exit]:
    """The bytes of an archive that is consistent with itself; else None, the faults and the exit."""
    data, faults = bytes_of(path)
    if data is None:
        return None, faults, Exit.DATA
    from starrating.archive.examine import examine

    wrong = tuple(examine(data, path.name))
    return (None, wrong, Exit.UNVERIFIED) if wrong else (data, (), Exit.DONE)


def bytes_of(path: Path) -> tuple[bytes | None, tuple[Fault, ...]]:
    """The bytes of a file, or None with the fault that says why not."""
    from starrating.archive.codes import CODES as ARCHIVES
    from starrating.limits import MAX_ARCHIVE_BYTES
    from starrating.origin import Origin
    from starrating.records.codes import CODES as DATA

    at = Origin(path.as_posix())
    try:
        if path.stat().st_size > MAX_ARCHIVE_BYTES:
            what = f"{MAX_ARCHIVE_BYTES} 字节"
            return None, (ARCHIVES.fault("A102", at, what=what),)
        return path.read_bytes(), ()
    except FileNotFoundError:
        return None, (DATA.fault("D101", at, path=path.as_posix()),)
    except OSError as error:
        reason = why(error)
        return None, (DATA.fault("D117", at, reason=reason),)


def tell_failed(
    path: Path,
    faults: tuple[Fault, ...],
    code: Exit,
    *,
    as_json: bool,
    said: str = "核验没有通过",
) -> int:
    """Tell why an archive was refused, and give the exit code."""
    from starrating.faults import in_order

    for fault in in_order(faults):
        say(f"× {fault}")
    say(f"{said}：{path.as_posix()}")
    if as_json:
        show_document(
            {
                "archive": path.as_posix(),
                "consistent": False,
                "exit_code": code.value,
                "faults": _faults.fault_documents(faults),
            }
        )
    return code
