"""All faults of a folder of rules at once: files, versions, reading, checks."""

from __future__ import annotations

from pathlib import Path

from starrating.faults import Fault, in_order
from starrating.origin import Origin
from starrating.reviewing.codes import CODES
from starrating.rulebook.checks import check
from starrating.rulebook.read import read_rulebook
from starrating.rulebook.versions import find_rulebooks, folder_of


def check_rules(path: Path) -> tuple[Fault, ...]:
    """Find the faults of all rule files below a folder, or of the one file named.

    They come in order of file, line and column. Of a single file, faults of the versions beside
    it and of the books it extends are left out.
    """
    if not path.exists():
        return (CODES.fault("R504", Origin(path.as_posix()), folder=path.as_posix()),)
    single = path.is_file()
    folder = folder_of(path) if single else path
    shelf = find_rulebooks(folder, folder.as_posix())
    faults = list(shelf.faults)
    for head in shelf.heads:
        if single and head.path != path:
            continue
        loaded = read_rulebook(head.path, head.shown, shelf.path)
        faults.extend(loaded.faults)
        if loaded.book is not None:
            faults.extend(check(loaded.book))
    shown = f"{folder.as_posix()}/{path.relative_to(folder).as_posix()}" if single else None
    kept = (fault for fault in faults if shown in {None, fault.origin.file})
    return tuple(sorted(in_order(kept), key=lambda fault: fault.origin.sort_key()))
