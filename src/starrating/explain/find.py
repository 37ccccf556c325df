"""Which organisation and which item is meant; the nearest names where none is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from starrating.faults import Fault, few
from starrating.origin import Origin
from starrating.results.tables import Tables
from starrating.reviewing.codes import CODES
from starrating.rulebook.suggest import nearest

_OFFERED = 3


class UnknownName(LookupError):
    """No organisation or item goes by that name; `fault` (A303, A304, of a batch E307) says more."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))


def find_subject(codes: Mapping[str, str], subject: str, place: str, where: str = "档案") -> str:
    """The code of the organisation meant by `subject`: its code, or its exact name.

    `codes` maps codes to names. UnknownName where none or several go by it, told of `place` (a
    file's name); `where` is what that is.
    """
    wanted = _plain(subject)
    if wanted in codes:
        return wanted
    named = [code for code, name in codes.items() if name == wanted]
    if len(named) == 1:
        return named[0]
    if named:
        hint = f"有{len(named)}个党组织同名，请写代码：{'、'.join(sorted(named))}"
    else:
        hint = _hint(_near_subjects(wanted, codes), "请写代码或完整名称，见 subjects.csv")
    raise UnknownName(CODES.fault("A303", Origin(place), where=where, subject=subject, hint=hint))


def find_item(tables: Tables, code: str, item: str | None, archive: str) -> str | None:
    """The id of the item meant by `item`: its id, or its exact title; None stays None."""
    if item is None:
        return None
    wanted = _plain(item)
    titles = {row.item: row.title for row in tables.items if row.code == code}
    if wanted in titles:
        return wanted
    titled = [each for each, title in titles.items() if title == wanted]
    if len(titled) == 1:
        return titled[0]
    near = titled or [*_near(wanted, titles), *_near(wanted, titles.values(), titles)]
    shown = [f"{each} {titles[each]}" for each in dict.fromkeys(near)]
    hint = _hint(shown[:_OFFERED], f"现有项目：{few(tuple(titles)) or '无'}")
    raise UnknownName(CODES.fault("A304", Origin(archive), subject=code, item=item, hint=hint))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _near_subjects(wanted: str, codes: Mapping[str, str]) -> list[str]:
    bare = wanted.lstrip("0")
    same = [code for code in sorted(codes) if bare and code.lstrip("0") == bare]
    found = [*same, *_near(wanted, codes.values(), codes), *_near(wanted, codes)]
    shown = [
        code if codes[code] == code else f"{codes[code]}（{code}）" for code in dict.fromkeys(found)
    ]
    return shown[:_OFFERED]


def _near(wanted: str, known: Iterable[str], keys: Mapping[str, str] | None = None) -> list[str]:
    """Up to three known names like `wanted`, nearest first; the keys of names if `keys` is given."""
    left = set(known)
    found: list[str] = []
    while left and len(found) < _OFFERED:
        name = nearest(wanted, left)
        if name is None:
            break
        left.discard(name)
        found.append(name)
    if keys is None:
        return found
    return [key for name in found for key in sorted(keys) if keys[key] == name]


def _hint(near: list[str], otherwise: str) -> str:
    return f"是否想写 {' 或 '.join(near)}？" if near else otherwise
