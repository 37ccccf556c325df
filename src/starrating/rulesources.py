"""How the printed rows of published sheets are computed: from records, by a person, or not at all.

`python -m starrating.rulesources rules/published/[0-9]*/*.yaml` prints the table and fails where a
row was left to a person, or not written, although its type does not ask for one.

In a transcribed sheet a comment `# [SB-3 RUBRIC] …` names the source row (SB-3) and the types of
its clauses; the lines below it, up to the next mark, are how the row is written.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from starrating.rulebook.model import Clause, Rulebook
from starrating.rulebook.read import read_rulebook

_MARK = re.compile(r"^\s*# \[(?P<row>\S+) (?P<types>[^\]]+)\](?P<rest>.*)$")
_UNCERTAIN = re.compile(r"\(\?\)|（\?）")
_HEADS = ("印发的评分表", "原文行数", "由记录算出的条款", "由人评分的条款", "没有写成的行")
_ASKS_FOR_A_PERSON = ("RUBRIC", "DISCRETION", "?")


@dataclass(frozen=True, slots=True)
class Row:
    """One marked row: its id and types, its first line and the line after its last (from 1)."""

    id: str
    types: str
    start: int
    end: int
    uncertain: bool
    written: bool

    @property
    def asks_for_a_person(self) -> bool:
        """Whether the source leaves the number to a person, or is not clear about it."""
        return self.uncertain or any(word in self.types for word in _ASKS_FOR_A_PERSON)


@dataclass(frozen=True, slots=True)
class Count:
    """The rows of one sheet: clauses from records, by a person, rows not written; what is wrong."""

    name: str
    rows: int
    from_records: int
    by_person: int
    not_written: int
    wrong: tuple[str, ...]


def rows_of(text: str) -> tuple[Row, ...]:
    """The marked rows of a rule file, in the order of its lines."""
    lines = text.splitlines()
    marks = [(at, mark) for at, line in enumerate(lines, 1) if (mark := _MARK.match(line))]
    ends = [at for at, _ in marks[1:]] + [len(lines) + 1]
    return tuple(
        Row(
            id=mark["row"],
            types=mark["types"],
            start=at,
            end=end,
            uncertain=any(_UNCERTAIN.search(line) for line in lines[at - 1 : end - 1]),
            written=any(_says_something(line) for line in lines[at : end - 1]),
        )
        for (at, mark), end in zip(marks, ends, strict=True)
    )


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def count(name: str, text: str, book: Rulebook) -> Count:
    """The count of one rulebook; clauses above the first mark count as unmarked, which is wrong."""
    rows = rows_of(text)
    wrong = [f"{row.id} 没有写成条款（{row.types}）" for row in rows if not row.written]
    people = records = 0
    for item_id, clause in _clauses(book):
        line = clause.origin.line or 0
        row = next((row for row in reversed(rows) if row.start < line < row.end), None)
        people += clause.by_person
        records += not clause.by_person
        if row is None:
            wrong.append(f"项目 {item_id} 第 {line} 行的条款没有注明原文哪一行")
        elif clause.by_person and not row.asks_for_a_person:
            wrong.append(f"{row.id} 由人评分，原文的类型是 {row.types}")
    missing = sum(not row.written for row in rows)
    return Count(name, len(rows), records, people, missing, tuple(wrong))


def _clauses(book: Rulebook) -> Iterator[tuple[str, Clause]]:
    for _, item in book.items():
        for _, clause in item.every_clause():
            if not clause.inner():
                yield item.id, clause


def main(paths: Sequence[Path]) -> int:
    """Prints the table of the rule files; 1 where a row is wrong, else 0."""
    counts = []
    for path in sorted(paths):
        loaded = read_rulebook(path, path.as_posix(), lambda _id, _version: None)
        if loaded.book is not None:
            counts.append(count(path.as_posix(), path.read_text("utf-8"), loaded.book))
    table: list[tuple[str, ...]] = [_HEADS]
    table += [(each.name, *map(str, _figures(each))) for each in counts]
    totals = (sum(figures) for figures in zip(*map(_figures, counts), strict=True))
    table.append(("合计", *map(str, totals)))
    sys.stdout.writelines("\t".join(row) + "\n" for row in table)
    sys.stderr.writelines(f"{each.name}：{wrong}\n" for each in counts for wrong in each.wrong)
    return 1 if any(each.wrong for each in counts) else 0


def _figures(each: Count) -> tuple[int, ...]:
    return each.rows, each.from_records, each.by_person, each.not_written


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]]))
