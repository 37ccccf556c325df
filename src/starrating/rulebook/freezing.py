"""定稿: the meaning of a version is recorded beside its file, and may not change any more.

The record of `2024.yaml` is `2024.frozen`. It holds the digest of the merged meaning, so a change
in what the version extends counts as well. The last day in force may still be written where the
version was frozen without one: the next version's issue decides it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.oserrors import why
from starrating.rulebook.meaning import Meaning, digest, meaning
from starrating.rulebook.model import Rulebook
from starrating.rulebook.versioncodes import VERSIONS
from starrating.yamltext import Declared, as_data, load

FORM = "1"
SUFFIX = ".frozen"
OPEN = "open"
_SHORT = 16
_HEAD = """\
# 定稿记录，由 starrating rules freeze 写成，请勿手改。规则文件里只有注释和书写次序还可以改。
"""


@dataclass(frozen=True, slots=True)
class Record:
    """What was frozen: `until` is the last day in force or `open`, `meaning` the digest of all
    else, `parts` the first digits of the digest of each word of the rule file."""

    id: str
    version: str
    until: str
    meaning: str
    parts: Mapping[str, str]


def record_path(path: Path) -> Path:
    """Where the record of a rule file lies."""
    return path.with_suffix(SUFFIX)


def record_of(book: Rulebook) -> Record:
    """The record of a merged book as it is now."""
    tree, until = _without_end(book)
    parts = {word: digest(tree[word])[:_SHORT] for word in sorted(tree)}
    return Record(book.id, book.version, until, digest(tree), parts)


def _without_end(book: Rulebook) -> tuple[dict[str, Meaning], str]:
    tree = meaning(book)
    force = tree["in_force"]
    assert isinstance(force, Mapping)
    until = str(force.get("until", OPEN))
    return {**tree, "in_force": {"from": force["from"]}}, until


def record_text(record: Record) -> str:
    """The record as a file."""
    lines = [
        f"form: {FORM}",
        f'id: "{record.id}"',
        f'version: "{record.version}"',
        f"until: {record.until}",
        f"meaning: {record.meaning}",
        "parts:",
        *(f"  {word}: {part}" for word, part in record.parts.items()),
    ]
    return _HEAD + "\n".join(lines) + "\n"


def read_record(path: Path, shown: str) -> tuple[Record | None, tuple[Fault, ...]]:
    """The record of a rule file, or None with a fault where there is one that cannot be read."""
    lies = record_path(path)
    at = str(Path(shown).with_suffix(SUFFIX).as_posix())
    try:
        data = lies.read_bytes()
    except FileNotFoundError:
        return None, ()
    except OSError as error:
        reason = why(error)
        return None, (VERSIONS.fault("R418", Origin(at), reason=reason),)
    record = _record(data, at)
    if record is None:
        return None, (VERSIONS.fault("R418", Origin(at), reason="内容不完整"),)
    return record, ()


def _record(data: bytes, shown: str) -> Record | None:
    node, faults = load(data, shown)
    content = as_data(node) if node is not None and not faults else None
    if not isinstance(content, Declared) or content.get("form") != FORM:
        return None
    words = [content.get(word) for word in ("id", "version", "until", "meaning")]
    parts = content.get("parts")
    if not all(isinstance(word, str) for word in words) or not isinstance(parts, Declared):
        return None
    id_, version, until, whole = (str(word) for word in words)
    return Record(id_, version, until, whole, {word: str(part) for word, part in parts.items()})


def unfrozen(path: Path, shown: str, book: Rulebook) -> tuple[Fault, ...]:
    """R417 where a frozen version no longer means what was recorded, R418 where its record cannot
    be read; nothing of a version that was never frozen."""
    record, faults = read_record(path, shown)
    if record is None:
        return faults
    what = differences(record, record_of(book))
    if not what:
        return ()
    return (
        VERSIONS.fault(
            "R417", book.origin, id=book.id, version=book.version, what="、".join(what)
        ),
    )  # fmt: skip


def differences(frozen: Record, now: Record) -> tuple[str, ...]:
    """The words of the rule file whose meaning changed since; none if all is as it was."""
    words = sorted({*frozen.parts, *now.parts})
    found = [word for word in words if frozen.parts.get(word) != now.parts.get(word)]
    if frozen.until not in (OPEN, now.until):
        found.append("in_force 的 until")
    if not found and frozen.meaning != now.meaning:
        found.append("定稿记录本身")
    return tuple(found)
