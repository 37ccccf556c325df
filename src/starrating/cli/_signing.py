"""What signing needs: a package of its own, and the bytes of a key."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from starrating.oserrors import why

if TYPE_CHECKING:
    from starrating.faults import Fault


def need_signing() -> None:
    """Refuse, as a usage error, where no signature can be made or verified."""
    if find_spec("cryptography") is None:
        raise click.UsageError('签名和核验签名需要另装：pip install "starrating[signing]"')


def key_bytes(path: Path) -> tuple[bytes | None, tuple[Fault, ...]]:
    """The bytes of a key file, or None with the fault (A125) that says why not."""
    from starrating.archive.codes import CODES
    from starrating.limits import MAX_SIGNATURE_BYTES
    from starrating.origin import Origin

    try:
        with path.open("rb") as file:
            pem = file.read(MAX_SIGNATURE_BYTES + 1)
    except FileNotFoundError:
        reason = "找不到文件"
    except OSError as error:
        reason = f"读不到文件（{why(error)}）"
    else:
        if len(pem) <= MAX_SIGNATURE_BYTES:
            return pem, ()
        reason = f"大于 {MAX_SIGNATURE_BYTES} 字节"
    return None, (CODES.fault("A125", Origin(path.as_posix()), reason=reason),)
