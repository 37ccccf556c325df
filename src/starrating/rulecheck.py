"""All faults of a folder of rules at once: files, versions, reading, checks, and one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from starrating.faults import Fault, in_order
from starrating.origin import Origin
from starrating.progress import counted
from starrating.reviewing.codes import CODES
from starrating.reviewing.turns import circle, lost, read_by
from starrating.rulebook.checks import check
from starrating.rulebook.checks._cycles import cycles
from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import read_rulebook
from starrating.rulebook.versions import Head, Shelf, find_rulebooks, folder_of, no_rulebook


def check_rules(path: Path) -> tuple[Fault, ...]:
    """Find the faults of all rule files below a folder, or of the one file named.

    They come in order of file, line and column. Of a single file, faults of the versions beside
    it, of the books it extends and of those whose results it reads are left out.
    """
    if not path.exists():
        return (CODES.fault("R504", Origin(path.as_posix()), folder=path.as_posix()),)
    single = path.is_file()
    if single and (wrong := no_rulebook(path)):
        return wrong
    folder = folder_of(path) if single else path
    shelf = find_rulebooks(folder, folder.as_posix())
    faults = list(shelf.faults)
    books: list[tuple[Head, Rulebook]] = []
    waiting = [head for head in shelf.heads if not single or head.path == path]
    for head in counted("检查规则", waiting, "个文件"):
        loaded = read_rulebook(head.path, head.shown, shelf.path)
        faults.extend(loaded.faults)
        if loaded.book is not None:
            faults.extend(check(loaded.book))
            books.append((head, loaded.book))
            read = (other for id_ in sorted(read_by(loaded.book)) for other in shelf.of(id_))
            waiting.extend(other for other in read if other not in waiting)
    faults.extend(_between(shelf, books))
    shown = f"{folder.as_posix()}/{path.relative_to(folder).as_posix()}" if single else None
    kept = (fault for fault in faults if shown in {None, fault.origin.file})
    return tuple(sorted(in_order(kept), key=lambda fault: fault.origin.sort_key()))


def _between(shelf: Shelf, books: Sequence[tuple[Head, Rulebook]]) -> Iterator[Fault]:
    """R506, R507: what rulebooks read of one another's results, while both are in force."""
    yield from lost([book for _, book in books], shelf.ids(), "规则文件夹里")
    by_name = {head.reference: (head, book) for head, book in books}
    reads = {
        name: [
            other.reference
            for id_ in sorted(read_by(book))
            for other in shelf.of(id_)
            if other.reference in by_name and _together(head, other)
        ]
        for name, (head, book) in by_name.items()
    }
    for names in cycles(reads):
        yield circle([by_name[name][1] for name in names])


def _together(one: Head, other: Head) -> bool:
    """Whether two versions are in force on a common day."""
    last = min((each.in_force_until for each in (one, other) if each.in_force_until), default=None)
    return last is None or max(one.in_force_from, other.in_force_from) <= last
