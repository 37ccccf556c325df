"""From what was drawn to the model: a document of YAML, read and checked as a clerk's file is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starrating.faults import Level
from starrating.rulebook.checks import check
from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import read_text


class Refused(Exception):
    """The drawn rulebook has errors; the message names them."""


def read(document: Mapping[str, Any]) -> Rulebook:
    """The rulebook of a drawn document; `Refused` where a check finds errors."""
    text = json.dumps(document, ensure_ascii=False)
    loaded = read_text(text.encode(), "drawn.yaml", lambda _id, _version: None)
    found = [*loaded.faults, *(check(loaded.book) if loaded.book is not None else ())]
    grave = [fault for fault in found if fault.level in (Level.ERROR, Level.FATAL)]
    if grave or loaded.book is None:
        raise Refused("\n".join(f"{fault.code} {fault.message}" for fault in grave))
    return loaded.book
