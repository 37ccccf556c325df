"""A small archive: a review of three organisations."""

import io
import zipfile
from datetime import date

from results.sample import results
from starrating.archive.bundle import Bundle, verify
from starrating.archive.manifest import Facts
from starrating.archive.zipform import write_zip
from starrating.results.tables import result_files

FACTS = Facts(
    title="某镇2023年度党支部达标创星评定",
    period="2023",
    period_from=date(2023, 1, 1),
    period_until=date(2023, 12, 31),
    cut_off=date(2024, 1, 15),
    stage="初评",
    plan_digest="0" * 64,
    rulebooks=(("town-village", "2023"),),
    versions={"starrating": "0.1.0", "language": "1"},
)


def bundle(**changes: object) -> Bundle:
    fields: dict[str, object] = {
        "facts": FACTS,
        "plan": {"plan.yaml": b"title: x\n"},
        "rules": {"town-village/2023.yaml": b"id: town-village\n"},
        "inputs": {"inspection.xlsx": b"PK\x03\x04", "附表/一.csv": b""},
        "records": {"党组织.csv": "代码\r\n".encode()},
        "people": {"审定结果.csv": b"a\r\n"},
        "previous": {"2022.json": b"{}"},
        "calendar": {"2024.yaml": b"holidays: []\n"},
        "results": result_files(results(3)),
        "environment": {"python": "3.11.7", "judge": "native"},
    }
    return Bundle(**(fields | changes))


def codes(data: bytes) -> set[str]:
    """The codes of all that verifying finds."""
    return {fault.code for fault in verify(data)}


def zip_bytes(members) -> bytes:
    """These members as an archive is written, whatever they say of one another."""
    target = io.BytesIO()
    write_zip(members, target)
    return target.getvalue()


def rezipped(members, method=zipfile.ZIP_STORED, change=lambda _: None) -> bytes:
    """These members as an archive is packed, but for `method` and what `change` does to each."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr, info.compress_type = 3, 0o100644 << 16, method
            change(info)
            archive.writestr(info, data)
    return target.getvalue()
