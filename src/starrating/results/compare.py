"""Two reviews' csv files compared cell by cell, by what each row is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from starrating.results.columns import FAULTS, FILES
from starrating.results.tables import COMPUTED, MalformedTable, computed_files, table_lines

_KEYS: Mapping[str, tuple[str, ...]] = {
    "subjects.csv": ("rulebook", "code"),
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


_TITLES = {(file.name, column.name): column.title for file in FILES for column in file.columns}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: file, what the row is about, the column, and both cells.

    `column` is None where a whole row stands in one review only (its cells are then None and
    the key), or where the same rows stand in another order (both are then None). `subject`,
    `item` and `clause` are the row's, where it has them.
    """

    file: str
    key: tuple[str, ...]
    column: str | None
    before: str | None
    after: str | None
    subject: str = ""
    item: str = ""
    clause: str = ""

    @property
    def title(self) -> str:
        """What the column is called in Chinese; records have Chinese heads already."""
        return _TITLES.get((self.table, self.column or ""), self.column or "")

    @property
    def table(self) -> str:
        """The csv file whose columns it has: that of the same name for one of computed/."""
        return self.file.removeprefix(COMPUTED)

    def __str__(self) -> str:
        """The difference in Chinese: `党组织 0101，项目 2.1 第1条：分值变化 当时 -1，现在 -2（…）`."""
        if self.column is None and self.before is None and self.after is None:
            return f"{self.file}：行的次序不同"
        if self.column is None:
            held = "当时有、现在没有" if self.after is None else "当时没有、现在有"
            return f"{self._place()}：这一行{held}（{self._source()}）"
        then, now = self.before or "空", self.after or "空"
        return f"{self._place()}：{self.title} 当时 {then}，现在 {now}（{self._source()}）"

    def _place(self) -> str:
        item = f"项目 {self.item}" if self.item else ""
        clause = f"第{self.clause}条" if self.clause else ""
        inside = " ".join(part for part in (item, clause) if part)
        subject = f"党组织 {self.subject}" if self.subject else ""
        return "，".join(part for part in (subject, inside) if part) or self.file

    def _source(self) -> str:
        return " ".join(part for part in (self.file, *self.key) if part)


def differences(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[Difference, ...]:
    """All differences between the files of two archives' results/, in order of file and row.

    The results without people's part (computed/) follow the final ones. Files that no writer of
    ours can have written raise MalformedTable.
    """
    inner = computed_files(before), computed_files(after)
    return (*_differences("", before, after), *_differences(COMPUTED, *inner))


def _differences(
    folder: str, before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> Iterator[Difference]:
    for name in (file.name for file in FILES):
        then, now = before.get(name), after.get(name)
        if then != now:
            yield from table_differences(f"{folder}{name}", then, now, _KEYS[name])


def is_wording(difference: Difference) -> bool:
    """Whether a difference is one of wording alone."""
    return difference.column in WORDING.get(difference.table, ())


def table_differences(
    name: str, before: bytes | None, after: bytes | None, about: tuple[str, ...]
) -> tuple[Difference, ...]:
    """The differences of one csv file whose rows are told apart by the columns `about`."""
    old, new = _rows(name, before, about), _rows(name, after, about)
    found: list[Difference] = []
    for key in dict.fromkeys((*old, *new)):
        row = old.get(key) or new[key]
        place = row.get("code") or row.get("所属党组织") or ""
        place = "" if name.removeprefix(COMPUTED) == FAULTS.name else place
        where = place, row.get("item", ""), row.get("clause", "")
        if key not in new:
            found.append(Difference(name, key, None, " ".join(key), None, *where))
        elif key not in old:
            found.append(Difference(name, key, None, None, " ".join(key), *where))
        else:
            for column in dict.fromkeys((*old[key], *new[key])):
                one, two = old[key].get(column), new[key].get(column)
                if one != two:
                    found.append(Difference(name, key, column, one, two, *where))
    if not found and list(old) != list(new):
        found.append(Difference(name, (), None, None, None))
    return tuple(found)


def keyed_rows(name: str, data: bytes | None) -> Mapping[tuple[str, ...], Mapping[str, str]]:
    """The rows of one of the csv files of `differences` by what they are about, in order."""
    return _rows(name, data, _KEYS[name])


def _rows(name: str, data: bytes | None, about: tuple[str, ...]) -> dict[_Key, dict[str, str]]:
    """The rows of one file by what they are about, in order."""
    if data is None:
        return {}
    lines = table_lines(data)
    heads = next(lines, [])
    if not set(about) <= set(heads):
        raise MalformedTable(f"{name}: columns")
    seen: Counter[_Key] = Counter()
    rows: dict[_Key, dict[str, str]] = {}
    for line in lines:
        row = _row(name, heads, line)
        key = tuple(row[column] for column in about)
        seen[key] += 1
        rows[key if seen[key] == 1 else (*key, f"#{seen[key]}")] = row
    return rows


def _row(name: str, heads: Sequence[str], line: Sequence[str]) -> dict[str, str]:
    if len(line) != len(heads):
        raise MalformedTable(f"{name}: number of cells")
    return dict(zip(heads, line, strict=True))
