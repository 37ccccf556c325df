"""The folder that a batch writes: one run at a time, and all files appear together.

Files are written beside the folder and moved into place once the last part is done.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.report.codes import CODES
from starrating.report.lock import locked
from starrating.report.output import lock_beside, refused

MARK = ".starrating-batch"
"""The file by which a folder of ours is known."""


class NoPlace(Exception):
    """A folder that can not be written; `fault` says why, and nothing in it was changed."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Place:
    """The folder asked for, and the one beside it in which this run works."""

    out: Path
    work: Path

    @property
    def _old(self) -> Path:
        return self.out.with_name(f".{self.out.name}-old")

    def clear(self) -> None:
        """Make room: what an earlier run left when it was cut short is put right or goes away."""
        shutil.rmtree(self.work, ignore_errors=True)
        if self._old.exists() and not self.out.exists():
            self._old.rename(self.out)
        shutil.rmtree(self._old, ignore_errors=True)

    def publish(self) -> None:
        """Put the finished folder in its place; one of ours that was there before goes away."""
        (self.work / MARK).write_text("starrating\n", "utf-8")
        if self.out.exists():
            self.out.rename(self._old)
        self.work.rename(self.out)
        shutil.rmtree(self._old, ignore_errors=True)


@contextmanager
def taken(folder: Path) -> Iterator[Place]:
    """Hold a folder for one run; the working folder is there, empty, and gone afterwards.

    Raises NoPlace where another run writes the folder (E801), where it is none (E802) or holds
    files of others (E804), and where the system refuses to write (E803).
    """
    out = Path(os.path.realpath(folder))
    place = Place(out, out.with_name(f".{out.name}-work"))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with locked(lock_beside(out)) as held:
            if not held:
                raise NoPlace(CODES.fault("E801", Origin(str(folder)), folder=folder))
            place.clear()
            _ours(out, folder)
            try:
                place.work.mkdir()
                yield place
            finally:
                shutil.rmtree(place.work, ignore_errors=True)
    except ConnectionError:
        raise
    except OSError as error:
        raise NoPlace(refused(folder, error)) from error


def _ours(out: Path, shown: Path) -> None:
    """Refuse a folder that holds what no batch wrote."""
    if out.exists() and not out.is_dir():
        raise NoPlace(CODES.fault("E802", Origin(str(shown)), folder=shown))
    if not out.exists() or (out / MARK).exists():
        return
    for name in sorted(path.name for path in out.iterdir()):
        raise NoPlace(CODES.fault("E804", Origin(str(shown / name)), file=name))
