"""One form for one meaning: canonical JSON, the order of members, safe names, digests."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence

from starrating.results.columns import CHANGES, FILES
from starrating.results.tables import COMPUTED, DESCRIPTION

Json = str | int | bool | Sequence["Json"] | Mapping[str, "Json"] | None
"""What canonical JSON may hold: no floats, which have no one form."""

MANIFEST, README = "manifest.json", "README.txt"

FOLDERS: Mapping[str, re.Pattern[str]] = {
    "plan": re.compile(r"[^/]+\.(?:ya?ml|json)"),
    "rules": re.compile(r".+\.ya?ml"),
    "inputs": re.compile(r".+"),
    "records": re.compile(r"[^/]+\.csv"),
    "people": re.compile(r"[^/]+\.csv"),
    "previous": re.compile(r"[^/]+\.(?:csv|json)"),
    "calendar": re.compile(r"[^/]+\.(?:csv|ya?ml|json)"),
    "results": re.compile(
        f"(?:{COMPUTED})?(?:{'|'.join(re.escape(file.name) for file in FILES)})"
        f"|{re.escape(DESCRIPTION)}|{re.escape(CHANGES.name)}"
    ),
}
"""The folders of an archive in canonical order, and the names each may hold."""

_ORDER = {folder: number for number, folder in enumerate(FOLDERS, 2)}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
MAX_NAME_BYTES = 1_000


def canonical_json(value: Json) -> bytes:
    """`value` as UTF-8 JSON with sorted keys and no spaces; a float raises TypeError."""
    _refuse_floats(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def _refuse_floats(value: Json) -> None:
    if isinstance(value, float):
        raise TypeError("canonical JSON holds no floats")
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            _refuse_floats(part)


def member_key(name: str) -> tuple[int, str]:
    """The place of a member: manifest, README, then the folders in order, names by code point."""
    if name in {MANIFEST, README}:
        return (0 if name == MANIFEST else 1, "")
    folder, _, rest = name.partition("/")
    return (_ORDER.get(folder, len(_ORDER) + 2), rest)


def is_safe(name: str) -> bool:
    """Whether a member name stays inside the archive wherever it might be unpacked."""
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        return False
    return (
        size <= MAX_NAME_BYTES
        and not _CONTROL.search(name)
        and "\\" not in name
        and all(part not in {"", ".", ".."} for part in name.split("/"))
    )


def is_known(name: str) -> bool:
    """Whether archives of this format have a member of that name."""
    if name in {MANIFEST, README}:
        return True
    folder, slash, rest = name.partition("/")
    pattern = FOLDERS.get(folder)
    return bool(slash and pattern and pattern.fullmatch(rest))


def sha256(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def sm3(data: bytes) -> str | None:
    """SM3 (GB/T 32905) in hex, or None where this Python's OpenSSL lacks it."""
    try:
        return hashlib.new("sm3", data, usedforsecurity=False).hexdigest()
    except ValueError:
        return None
