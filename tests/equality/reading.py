"""From what was drawn to the model: a document of YAML, read and checked as a clerk's file is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from equality.layers import SUPERIOR
from starrating.faults import Level
from starrating.rulebook.checks import check
from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import Loaded, read_text

FILE = "drawn.yaml"


class Refused(Exception):
    """The drawn rulebook has errors; the message names them."""


def read(document: Mapping[str, Any]) -> Rulebook:
    """The rulebook of a drawn document; `Refused` where reading or a check finds errors."""
    return checked(_loaded(document))


def checked(loaded: Loaded) -> Rulebook:
    """The rulebook that was read; `Refused` where reading or a check found errors."""
    found = [*loaded.faults, *(check(loaded.book) if loaded.book is not None else ())]
    grave = [fault for fault in found if fault.level in (Level.ERROR, Level.FATAL)]
    if grave or loaded.book is None:
        raise Refused("\n".join(f"{fault.code} {fault.message}" for fault in grave))
    return loaded.book


def _loaded(document: Mapping[str, Any]) -> Loaded:
    own = {word: held for word, held in document.items() if word != SUPERIOR}
    if SUPERIOR not in document:
        return read_text(_bytes(own), FILE, lambda _id, _version: None)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "norms.yaml"
        path.write_bytes(_bytes(document[SUPERIOR]))
        return read_text(_bytes(own), FILE, lambda _id, _version: path, path=Path(folder) / FILE)


def _bytes(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()
