"""Which documents an archive gives, and what their files are called."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from starrating.archive.bundle import Bundle
from starrating.documents.matter import Matter, matter_of
from starrating.documents.publicity import open_stars, publicity, settled
from starrating.documents.rectification import notice, open_tasks
from starrating.progress import counted

KINDS = ("公示", "整改通知书")
"""The kinds of documents, as they are asked for."""

_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Made:
    """The documents by relative name; how many stars are made public, and the codes of the rated
    organisations that are left out of 公示, since their star does not stand yet."""

    files: Mapping[str, bytes]
    public: int
    left_out: tuple[str, ...]


def documents_of(bundle: Bundle, kinds: Collection[str] = KINDS, number: str | None = None) -> Made:
    """The documents of these kinds; `number` is the 结果编号 they bear, else the bundle's own.

    Raises MalformedPlan or MalformedTable where no writer of ours made the archive.
    """
    matter = matter_of(bundle, number)
    files: dict[str, bytes] = {}
    if "公示" in kinds:
        files["公示.docx"] = publicity(matter)
    if "整改通知书" in kinds:
        files |= _notices(matter)
    left_out = tuple(row.code for row in open_stars(matter)) if "公示" in kinds else ()
    return Made(files, len(settled(matter)), left_out)


def _notices(matter: Matter) -> dict[str, bytes]:
    names = {row.code: row.name for row in matter.tables.subjects}
    files: dict[str, bytes] = {}
    for code, tasks in counted("写整改通知书", list(open_tasks(matter).items()), "份"):
        name = _free(_UNSAFE.sub("_", code).lstrip("."), files)
        files[name] = notice(matter, names.get(code, code), tasks)
    return files


def _free(stem: str, taken: Collection[str]) -> str:
    """A file name that no other code has made already."""
    number, name = 1, f"整改通知书/{stem}.docx"
    while name in taken:
        number += 1
        name = f"整改通知书/{stem}-{number}.docx"
    return name
