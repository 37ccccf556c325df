"""An archive that a review is given: read, verified, or refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starrating.archive.bundle import Bundle, content_digest, unpack, verify
from starrating.faults import Fault
from starrating.limits import MAX_ARCHIVE_BYTES
from starrating.oserrors import why
from starrating.reviewing.request import DATA, UNVERIFIED
from starrating.reviewing.restored import unusable


@dataclass(frozen=True, slots=True)
class Opened:
    """An archive that verifies: its bytes, its content, and the digest of that."""

    name: str
    data: bytes
    bundle: Bundle
    digest: str


class Refused(Exception):
    """A file that cannot be used; `faults` say why, `exit_code` how it ends."""

    def __init__(self, faults: tuple[Fault, ...], exit_code: int) -> None:
        self.faults, self.exit_code = faults, exit_code
        super().__init__("\n".join(str(fault) for fault in faults))


def opened(path: Path) -> Opened:
    """Read an archive and verify it. Raises Refused."""
    try:
        if path.stat().st_size > MAX_ARCHIVE_BYTES:
            raise Refused((unusable(path.name, "文件过大"),), DATA)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise Refused((unusable(path.name, "找不到这个文件"),), DATA) from error
    except OSError as error:
        raise Refused((unusable(path.name, why(error)),), DATA) from error
    return verified(data, path.name)


def verified(data: bytes, name: str) -> Opened:
    """The archive in `data`, verified. Raises Refused."""
    wrong = verify(data, name)
    if wrong:
        raise Refused(tuple(wrong), UNVERIFIED)
    return Opened(name, data, unpack(data, name), content_digest(data, name))
