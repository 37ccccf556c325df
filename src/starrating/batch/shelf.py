"""What parts of a batch leave for later steps: one file each in the working folder.

Any runner hands results on this way, whether a part was done in this process, in another one, or
on another machine that sees the same folder.

Values are pickled, as process pools and Spark themselves hand on their tasks. A pickle can run
code, so only what this run wrote is read: the working folder is made new by the run that holds its
lock, and who could write into it could as well write the results.
"""

from __future__ import annotations

import copyreg
import os
import pickle
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any


def _read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


# Rules and records keep read-only mappings, which pickle does not know by itself.
copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of values by name; a value is there whole or not at all."""

    folder: Path

    def put(self, name: str, value: object) -> None:
        """Keep a value under a name; an OSError where the folder is gone."""
        beside = self.folder / f".{name}-{os.getpid()}"
        beside.write_bytes(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))
        beside.replace(self.folder / name)

    def has(self, name: str) -> bool:
        """Whether a value of that name was put."""
        return (self.folder / name).exists()

    def take(self, name: str) -> Any:
        """The value of a name."""
        data = (self.folder / name).read_bytes()
        return pickle.loads(data)  # noqa: S301 - this run wrote it (above)
