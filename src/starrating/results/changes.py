"""更正对照: every row of a corrected review that is not as it was in the review it replaces.

A row is listed once, with the columns that changed and what they said then and now; a finding is
told by its sentences where these differ. A change of wording alone is none. Rows are matched by what they are about, as in `compare`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from starrating.results.columns import FILES, FINDINGS, FLAGS, ITEMS, SUBJECTS, TASKS, File
from starrating.results.compare import WORDING, keyed_rows
from starrating.results.model import ChangeRow

CHANGED, ADDED, REMOVED = "changed", "added", "removed"
CHANGE_WORDS = {CHANGED: "变动", ADDED: "新增", REMOVED: "删去"}
_TABLES = (SUBJECTS, ITEMS, FINDINGS, TASKS, FLAGS)
_MAIN: Mapping[str, tuple[str, ...]] = {
    SUBJECTS.name: ("total_low", "star", "final_star"),
    ITEMS.name: ("score_low",),
    TASKS.name: ("task_text", "due", "status"),
    FLAGS.name: ("state",),
}
"""What is said of a row that stands in one of the reviews only."""
TABLE_WORDS = {
    SUBJECTS.name: "评定结果",
    ITEMS.name: "分项得分",
    FINDINGS.name: "加扣分明细",
    TASKS.name: "整改任务",
    FLAGS.name: "排查建议",
}


def changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[ChangeRow, ...]:
    """The changed rows between the results/ of two archives, in the order of files and rows.

    Files that no writer of ours can have written raise MalformedTable.
    """
    return tuple(change for file in _TABLES for change in _of_file(file, before, after))


def misfits(listed: Sequence[ChangeRow], after: Mapping[str, bytes]) -> Iterator[ChangeRow]:
    """The listed changes whose `now` is not what `after` says: the words of findings aside."""
    rows = {file.name: keyed_rows(file.name, after.get(file.name)) for file in _TABLES}
    for change in listed:
        own = rows.get(change.table, {})
        found = next((row for key, row in own.items() if _names(change, key, row)), None)
        if (found is None) != (change.change == REMOVED):
            yield change
        elif found is not None and change.table != FINDINGS.name:
            names = (change.columns or "").split("; ") if change.columns else ()
            if _said(change.table, found, names) != change.now:
                yield change


def _names(change: ChangeRow, key: tuple[str, ...], row: Mapping[str, str]) -> bool:
    return (
        change.code == row["code"]
        and (change.rulebook or "") == row.get("rulebook", "")
        and (change.row or "") == _about(key, row)
    )


def _of_file(
    file: File, before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> Iterator[ChangeRow]:
    old = keyed_rows(file.name, before.get(file.name))
    new = keyed_rows(file.name, after.get(file.name))
    for key in dict.fromkeys((*old, *new)):
        then, now = old.get(key), new.get(key)
        row = now or then or {}
        changed = _columns(file, then, now)
        if then == now or (then and now and not changed):
            continue
        alike = then is not None and now is not None and then.get("text") == now.get("text")
        told = file is not FINDINGS or alike
        yield ChangeRow(
            file.name,
            row.get("rulebook"),
            row["code"],
            _about(key, row) or None,
            CHANGED if then and now else ADDED if now else REMOVED,
            "; ".join(changed) or None,
            None if then is None else _said(file.name, then, changed if told else ()),
            None if now is None else _said(file.name, now, changed if told else ()),
        )


def _columns(
    file: File, then: Mapping[str, str] | None, now: Mapping[str, str] | None
) -> tuple[str, ...]:
    """The columns that changed, but for those of wording; none where the row is new or gone."""
    if then is None or now is None:
        return ()
    words = WORDING.get(file.name, frozenset())
    names = (column.name for column in file.columns)
    return tuple(name for name in names if then[name] != now[name] and name not in words)


def _about(key: tuple[str, ...], row: Mapping[str, str]) -> str:
    """What is left of a key without rulebook and organisation."""
    known = {row.get("rulebook"), row["code"]}
    return " ".join(part for part in key if part not in known)


def _said(table: str, row: Mapping[str, str], changed: Sequence[str]) -> str:
    if table == FINDINGS.name and not changed:
        return row["text"]
    names = changed or _MAIN[table]
    titles = {c.name: c.title for file in FILES if file.name == table for c in file.columns}
    return "；".join(f"{titles[name]} {row[name] or '空'}" for name in names)
