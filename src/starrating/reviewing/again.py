"""A review whose data is an archive: the same data, rules and plan, with more of people's part.

No workbook is needed: the archive's inputs are read again, and the sheets of people (核查更正,
异议复核, 审定结果, 组织变更) are read beside them. The archive itself is not changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

from starrating.archive.bundle import Bundle
from starrating.archive.manifest import Links
from starrating.faults import Fault, Level, in_order
from starrating.origin import Origin
from starrating.oserrors import why
from starrating.records.assemble import sheet_names
from starrating.records.container import DATA as READABLE
from starrating.records.folder import read_file
from starrating.records.plan import Plan
from starrating.records.text import squeeze
from starrating.reviewing.codes import CODES
from starrating.reviewing.correcting import correcting, linked, with_changes
from starrating.reviewing.evaluate import Reviewed, review
from starrating.reviewing.ground import Ground
from starrating.reviewing.opened import Opened, Refused, opened
from starrating.reviewing.pack import Packed, bundle_of
from starrating.reviewing.request import DATA, DONE, Outcome, Request
from starrating.reviewing.restored import Unusable, restored
from starrating.schema import PEOPLE_SHEETS, STANDARD, Schema

_FOLDER = "认定"


def run_again(request: Request) -> Outcome:
    """Review an archive's data again; never raises for what users' files hold."""
    try:
        old = opened(request.data)
    except Refused as error:
        return Outcome(None, None, in_order(error.faults), error.exit_code)
    return review_again(request, old)


def review_again(request: Request, old: Opened) -> Outcome:
    """Review the data of an archive that was opened; never raises for what users' files hold.

    Period, rules, calendar, cut-off and the facts of earlier archives are those of the archive;
    stage and day of issue are the request's where it names them.
    """
    try:
        ground = _ground(request, old)
        asked = correcting(ground, request.replaces, request.reason)
        ground = linked(ground, asked)
        reviewed = with_changes(review(ground), asked)
    except Refused as error:
        return Outcome(None, None, in_order(error.faults), error.exit_code)
    except Unusable as error:
        return Outcome(None, None, in_order(error.faults), DATA)
    bundle = _bundle(ground, reviewed, old)
    faults = in_order(reviewed.results.faults)
    return Outcome(reviewed.results, bundle, faults, DONE, reviewed.judge, reviewed.vectors)


def _ground(request: Request, old: Opened) -> Ground:
    more = people_files(request.people, old.bundle.inputs) if request.people else {}
    ground = restored(old.bundle, old.name, judge=request.judge, more=more)
    heading = replace(
        ground.heading,
        stage=request.stage or ground.heading.stage,
        issued=request.issued or ground.heading.issued,
    )
    _only_people(more, ground.records.schema)
    return replace(ground, heading=heading, links=Links(based_on=old.digest))


def _bundle(ground: Ground, reviewed: Reviewed, old: Opened) -> Bundle:
    """The new archive: what it rests on is the old one's, to the byte."""
    made = bundle_of(ground, reviewed, Packed(Plan(), (), {}))
    before = old.bundle
    return replace(
        made,
        plan={**before.plan, **made.plan},
        rules=before.rules,
        previous=before.previous,
        calendar={**before.calendar, **made.calendar},
    )


# --- people's files -------------------------------------------------------------------------------


def people_files(path: Path, inputs: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files at `path` (one, or the data files of a folder) as they join `inputs`.

    They stand in a folder of their own, `认定1`, `认定2` … for each time, so that what was
    decided before stays; a file that is among the inputs already is not taken twice. Raises
    Refused.
    """
    try:
        found = {file.name: file.read_bytes() for file in _files(path)}
    except OSError as error:
        reason = why(error)
        raise Refused((CODES.fault("A305", Origin(str(path)), reason=reason),), DATA) from error
    if not found:
        raise Refused((CODES.fault("A305", Origin(str(path)), reason="没有可读的表"),), DATA)
    folders = {name.partition("/")[0] for name in inputs if "/" in name}
    own = next(name for n in count(1) if (name := f"{_FOLDER}{n}") not in folders)
    known = set(inputs.values())
    return {f"{own}/{name}": data for name, data in found.items() if data not in known}


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(
        file
        for file in path.iterdir()
        if file.suffix.lower() in READABLE and not file.name.startswith(("~$", "."))
    )


def _only_people(files: Mapping[str, bytes], schema: Schema) -> None:
    """Refuse sheets of data: a fact is put right by 核查更正, never by another sheet beside. Refuse
    files without any sheet of people's too: a sheet misnamed would be passed over unseen."""
    names = {**sheet_names(STANDARD), **sheet_names(schema)}
    faults: list[Fault] = []
    sheets: list[str | None] = []
    for name, data in files.items():
        grids, found = read_file(name, data)
        faults.extend(fault for fault in found if fault.level is Level.FATAL)
        for grid in grids:
            sheet = names.get(squeeze(grid.sheet))
            sheets.append(sheet)
            if sheet is not None and sheet not in PEOPLE_SHEETS and grid.numbers:
                faults.append(CODES.fault("A306", Origin(name, sheet=grid.sheet), sheet=grid.sheet))
    if files and not faults and not set(sheets) & set(PEOPLE_SHEETS):
        reason = f"没有名为 {'、'.join(PEOPLE_SHEETS)} 的表"
        faults.append(CODES.fault("A305", Origin(next(iter(files))), reason=reason))
    if faults:
        raise Refused(in_order(faults), DATA)
