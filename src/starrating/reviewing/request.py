"""What is asked of a review, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from starrating.archive.canonical import MANIFEST

if TYPE_CHECKING:
    from starrating.archive.bundle import Bundle
    from starrating.engine.judge import Preference
    from starrating.faults import Fault
    from starrating.results.model import Results

DONE, USAGE, DATA, RULES, UNVERIFIED = 0, 2, 3, 4, 5
"""Exit codes (docs/commands.md): done; which rulebook is unclear; data unusable; rules unusable;
an archive that does not verify."""

_START = b"PK\x03\x04"
_NAME_AT = 30
"""Where the name of a zip's first member stands."""


@dataclass(frozen=True, slots=True)
class Request:
    """One review as asked for; what is None comes from the plan, or from its defaults.

    `rulebook` names rulebooks as (id, version or None); `previous` are archives, newest last;
    `calendar` is a folder of office calendars (default: `calendar` beside the data or rules).
    """

    data: Path
    rules: Path = Path("rules")
    plan: Path | None = None
    rulebook: tuple[tuple[str, str | None], ...] = ()
    period: str | None = None
    previous: tuple[Path, ...] = ()
    issued: date | None = None
    cut_off: date | None = None
    stage: str | None = None
    level: str | None = None
    calendar: Path | None = None
    judge: Preference | None = None
    people: Path | None = None
    """Sheets of people read beside the data of an archive: a file, or a folder of files."""
    replaces: Path | None = None
    """The archive that this review corrects, for the reason `reason`."""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a review came to: results and archive, or the faults that say why not."""

    results: Results | None
    bundle: Bundle | None
    faults: tuple[Fault, ...]
    exit_code: int
    judge: str = ""
    vectors: int = 0


def is_archive(path: Path) -> bool:
    """Whether a file is meant as an archive: `.zip`, or our manifest stands first in it."""
    if not path.is_file():
        return False
    if path.suffix.lower() == ".zip":
        return True
    with path.open("rb") as file:
        head = file.read(_NAME_AT + len(MANIFEST))
    return head.startswith(_START) and head.endswith(MANIFEST.encode())
