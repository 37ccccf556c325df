"""Workbooks as grids of raw cells, in one pass over their XML.

Office libraries were measured against three needs and each misses one: a wrong `<dimension>` (as
WPS writes it) must lose no row, a formula without a result and an error cell must not look blank,
and a town's book must open in a fraction of a second. The tests hold this reader equal to
openpyxl.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from starrating.faults import Fault
from starrating.limits import MAX_SHEETS
from starrating.origin import Origin
from starrating.records.cellxml import read_part
from starrating.records.codes import CODES
from starrating.records.container import OLD_WORKBOOKS, refuse
from starrating.records.package import Package
from starrating.records.raw import Grid
from starrating.records.xmltext import Declared


def read_workbook(file: str, data: bytes) -> tuple[list[Grid], list[Fault]]:
    """The sheets of a workbook in its order; a book that can not be read gives one fatal fault."""
    origin = Origin(file)
    fault = refuse(file, data)
    if fault:
        return [], [fault]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = Package(archive)
            if len(package.sheets) > MAX_SHEETS:
                what = f"{len(package.sheets)} 张工作表"
                return [], [CODES.fault("D107", origin, what=what, limit=MAX_SHEETS)]
            grids = [read_part(file, package, part) for part in package.sheets]
    except Declared:
        return [], [CODES.fault("D108", origin)]
    except Exception as error:  # noqa: BLE001 - zip, XML and contents may be broken in any way
        return [], [CODES.fault("D106", origin, reason=type(error).__name__)]
    suffix = PurePosixPath(file).suffix.lower()
    told = suffix in OLD_WORKBOOKS
    return grids, [CODES.fault("D114", origin, suffix=suffix)] if told else []
