"""Two reviews' csv files compared cell by cell, by what each row is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starrating.results.columns import FILES, SUBJECTS
from starrating.results.tables import COMPUTED, MalformedTable, table_lines

_KEYS: Mapping[str, tuple[str, ...]] = {
    "subjects.csv": ("rulebook", "code"),
    COMPUTED: ("rulebook", "code"),
    "items.csv": ("rulebook", "code", "item"),
    "findings.csv": ("rulebook", "finding"),
    "tasks.csv": ("task",),
    "flags.csv": ("rulebook", "code", "flag", "case"),
    "ratings.csv": ("rulebook", "code", "item", "rater", "scorer", "date"),
    "faults.csv": ("code", "file", "sheet", "cell"),
}
"""What a row of each file is about; rows about the same are told apart by their order."""
WORDING: Mapping[str, frozenset[str]] = {
    "findings.csv": frozenset(("text",)),
    "faults.csv": frozenset(("message", "remedy")),
}
"""Columns that only word what other columns (message codes, details) mean."""
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: file, what the row is about, the column, and both cells.

    `column` is None where a whole row stands in one review only (its cells are then None and
    the key), or where the same rows stand in another order (both are then None).
    """

    file: str
    key: tuple[str, ...]
    column: str | None
    before: str | None
    after: str | None

    def __str__(self) -> str:
        """The difference in Chinese: `subjects.csv 0101 total_low：98.50 → 97.50`."""
        about = " ".join(part for part in self.key if part)
        if self.column is not None:
            return (
                f"{self.file} {about} {self.column}：{self.before or '空'} → {self.after or '空'}"
            )
        if self.before is None and self.after is None:
            return f"{self.file} 行的次序不同"
        return f"{self.file} {about}：{'少' if self.after is None else '多'}了这一行"


def differences(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[Difference, ...]:
    """All differences between the files of two archives' results/, in order of file and row.

    Files that no writer of ours can have written raise MalformedTable.
    """
    found: list[Difference] = []
    for name in (*(file.name for file in FILES), COMPUTED):
        if before.get(name) != after.get(name):
            found.extend(_of_file(name, before.get(name), after.get(name)))
    return tuple(found)


def is_wording(difference: Difference) -> bool:
    """Whether a difference is one of wording alone."""
    return difference.column in WORDING.get(difference.file, ())


def _of_file(name: str, before: bytes | None, after: bytes | None) -> list[Difference]:
    old, new = _rows(name, before), _rows(name, after)
    found = []
    for key in dict.fromkeys((*old, *new)):
        if key not in new:
            found.append(Difference(name, key, None, " ".join(key), None))
        elif key not in old:
            found.append(Difference(name, key, None, None, " ".join(key)))
        else:
            for column in dict.fromkeys((*old[key], *new[key])):
                one, two = old[key].get(column), new[key].get(column)
                if one != two:
                    found.append(Difference(name, key, column, one, two))
    if not found and list(old) != list(new):
        found.append(Difference(name, (), None, None, None))
    return found


def _rows(name: str, data: bytes | None) -> dict[_Key, dict[str, str]]:
    """The rows of one file by what they are about, in order."""
    if data is None:
        return {}
    lines = table_lines(data)
    heads = next(lines, [])
    names = _KEYS.get(name, _KEYS[SUBJECTS.name])
    if not set(names) <= set(heads):
        raise MalformedTable(f"{name}: columns")
    seen: Counter[_Key] = Counter()
    rows: dict[_Key, dict[str, str]] = {}
    for line in lines:
        row = _row(name, heads, line)
        key = tuple(row[column] for column in names)
        seen[key] += 1
        rows[key if seen[key] == 1 else (*key, f"#{seen[key]}")] = row
    return rows


def _row(name: str, heads: Sequence[str], line: Sequence[str]) -> dict[str, str]:
    if len(line) != len(heads):
        raise MalformedTable(f"{name}: number of cells")
    return dict(zip(heads, line, strict=True))
