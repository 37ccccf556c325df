"""The comments of a rule file: what a workbook can not hold."""

from __future__ import annotations

from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def comments(text: str) -> tuple[str, ...]:
    """Each comment of the file as `行 12：…`, in order; the line that names the schema is left out."""
    inside = _scalars(text)
    found = []
    for number, line in enumerate(text.splitlines()):
        at = _start(line, inside.get(number, ()))
        if at is not None and "$schema=" not in line:
            found.append(f"行 {number + 1}：{line[at:].lstrip('# ').rstrip()}")
    return tuple(found)


def _start(line: str, spans: tuple[tuple[int, int], ...] | list[tuple[int, int]]) -> int | None:
    """Where the comment of a line begins: a # at its start or behind a space, in no scalar."""
    for at, sign in enumerate(line):
        alone = at == 0 or line[at - 1].isspace()
        if sign == "#" and alone and not any(begin <= at < end for begin, end in spans):
            return at
    return None


def _scalars(text: str) -> dict[int, list[tuple[int, int]]]:
    """Per line (from 0), the columns that scalars cover."""
    found: dict[int, list[tuple[int, int]]] = {}
    for event in yaml.parse(text, Loader=_LOADER):
        if not isinstance(event, yaml.ScalarEvent):
            continue
        first, last = event.start_mark, event.end_mark
        assert first is not None
        assert last is not None
        for number in range(first.line, last.line + 1):
            begin = first.column if number == first.line else 0
            end = last.column if number == last.line else 10**6
            found.setdefault(number, []).append((begin, end))
    return found
