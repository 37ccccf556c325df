"""The organisations of a review and the finding of them by code or name.

A row names its organisation by code, 党组织名称, 曾用名 or 简称; names match exactly. A text
that names none or several is a fault, and the row is kept out; near misses are listed, never
taken. Where the book has no codes at all the name is the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from starrating.faults import Fault
from starrating.limits import MAX_NEAR_SEARCHES
from starrating.origin import Origin
from starrating.records.codes import CODES
from starrating.records.model import UNREADABLE, Cell, Organisation, Row
from starrating.records.near import near

CODE, NAME = "党组织代码", "党组织名称"
_OTHER_NAMES = ("简称", "曾用名")
_SEVERAL = re.compile(r"[、,;/]|\s{2,}")


@dataclass(frozen=True, slots=True)
class Directory:
    """All organisations in order of code, and which codes each text may mean.

    `named` says that no organisation had a code, so names stand for codes.
    """

    organisations: tuple[Organisation, ...]
    names: Mapping[str, tuple[str, ...]]
    named: bool
    _near: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def resolve(self, text: str, origin: Origin, faults: list[Fault]) -> str:
        """The code that `text` means, or "" and a fault."""
        codes = self.names.get(text, ())
        if len(codes) == 1:
            return codes[0]
        if codes:
            several = "、".join(codes)
            faults.append(CODES.fault("D402", origin, value=text, several=several))
        else:
            faults.append(CODES.fault("D401", origin, value=text, near=self._nearest(text)))
        return ""

    def _nearest(self, text: str) -> str:
        """The nearest names, sought once a text: a whole sheet may misname its organisation."""
        if text not in self._near and len(self._near) < MAX_NEAR_SEARCHES:
            self._near[text] = near(text, self.names)
        return self._near.get(text, "")

    def known(self, text: str) -> str | None:
        """The code that `text` means beyond doubt, or None, without a fault."""
        codes = self.names.get(text, ())
        return codes[0] if len(codes) == 1 else None


def directory(rows: Iterable[Row], faults: list[Fault]) -> Directory:
    """The organisations that the rows of the 党组织 sheet register."""
    present = [row for row in rows if _is_named(row, faults)]
    named = all(row.value(CODE) is None for row in present)
    merged = _merged(present, faults)
    clashing = _clashing(merged, faults)
    coded = [(*_code(row, clashing, faults, named=named), row) for row in merged]
    coded.sort(key=lambda one: (one[0] != one[1], *one[:2], _text(one[2].value(NAME))))
    found: dict[str, Row] = {}
    names: dict[str, set[str]] = {}
    for code, given, row in coded:
        if code in found:  # a name that stands in for a code is the code of another
            faults.append(CODES.fault("D404", row.origin, value=code, other=found[code].origin))
            continue
        found[code] = replace(row, organisation=code)
        for text in _texts(found[code], given):
            names.setdefault(text, set()).add(code)
    _tell_namesakes(found, faults)
    organisations = tuple(
        Organisation(code, _text(found[code].value(NAME)) or code, found[code])
        for code in sorted(found)
    )
    table = {text: tuple(sorted(codes)) for text, codes in names.items()}
    return Directory(organisations, table, named)


def _text(value: Cell) -> str:
    return value if isinstance(value, str) else ""


def _is_named(row: Row, faults: list[Fault]) -> bool:
    if _text(row.value(CODE)) or _text(row.value(NAME)):
        return True
    faults.append(CODES.fault("D408", row.origin))
    return False


def _merged(rows: list[Row], faults: list[Fault]) -> list[Row]:
    """Rows of one code and name become one row; cells on which they differ are unreadable."""
    merged: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = (_text(row.value(CODE)), _text(row.value(NAME)))
        first = merged.get(key)
        if first is None:
            merged[key] = row
            continue
        same = first.values == row.values
        parts = {"value": key[1] or key[0], "other": first.origin}
        faults.append(CODES.fault("D409" if same else "D404", row.origin, **parts))
        merged[key] = replace(first, values=_agreed(first, row))
    return list(merged.values())


def _agreed(one: Row, other: Row) -> dict[str, Cell]:
    values: dict[str, Cell] = {}
    for name in {**one.values, **other.values}:
        first, second = one.value(name), other.value(name)
        values[name] = first if first == second else UNREADABLE
    return values


def _clashing(rows: list[Row], faults: list[Fault]) -> set[str]:
    """Codes that stand beside more than one name: which one is meant is not known."""
    beside: dict[str, list[Row]] = {}
    for row in rows:
        if code := _text(row.value(CODE)):
            beside.setdefault(code, []).append(row)
    clashing = {code for code, several in beside.items() if len(several) > 1}
    for code in sorted(clashing):
        names = "、".join(sorted(_text(row.value(NAME)) or "（无名称）" for row in beside[code]))
        faults.extend(
            CODES.fault("D403", row.place(CODE), value=code, several=names) for row in beside[code]
        )
    return clashing


def _code(row: Row, clashing: set[str], faults: list[Fault], *, named: bool) -> tuple[str, str]:
    """The code an organisation goes by, and the code given in its row (may be ambiguous)."""
    given, name = _text(row.value(CODE)), _text(row.value(NAME))
    if given and (given not in clashing or not name):
        return given, given
    if not given and not named and row.value(CODE) is None:
        faults.append(CODES.fault("D407", row.place(CODE), value=name))
    return name, given


def _texts(row: Row, given: str) -> set[str]:
    """All texts by which rows may name this organisation."""
    texts = {row.organisation, given, _text(row.value(NAME))}
    for column in _OTHER_NAMES:
        texts.update(part.strip() for part in _SEVERAL.split(_text(row.value(column))))
    return texts - {""}


def _tell_namesakes(found: Mapping[str, Row], faults: list[Fault]) -> None:
    beside: dict[str, list[str]] = {}
    for code in sorted(found):
        beside.setdefault(_text(found[code].value(NAME)), []).append(code)
    for name, codes in beside.items():
        if name and len(codes) > 1:
            for code in codes:
                place = found[code].place(NAME)
                several = "、".join(codes)
                faults.append(CODES.fault("D405", place, value=name, several=several))
