"""Small archives for a ledger: reviews of three organisations, one a year."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

from archive.sample import FACTS, bundle
from results.sample import results
from starrating.archive.bundle import pack
from starrating.ledger import add
from starrating.ledger.store import INDEX
from starrating.results.tables import result_files


def facts(year=2023, **changes):
    """The facts of a year's review."""
    fields = {
        "title": f"某镇{year}年度党支部达标创星评定",
        "period": str(year),
        "period_from": date(year, 1, 1),
        "period_until": date(year, 12, 31),
        "cut_off": date(year + 1, 1, 15),
    }
    return replace(FACTS, **(fields | changes))


def archive(year=2023, *, subjects=3, people=None, rows=None, **changes):
    """The bytes of a year's archive; `rows` maps each row of subjects."""
    found = results(subjects)
    if rows is not None:
        found = replace(found, subjects=tuple(map(rows, found.subjects)))
    return pack(
        bundle(facts=facts(year, **changes), people=people or {}, results=result_files(found))
    )


def ledger(folder, years=(2021, 2022, 2023)):
    """A ledger with one archive a year; gives its head."""
    for year in years:
        added = add(folder, archive(year))
        assert added.entry is not None
    return added.ledger.head


def run_sql(folder, *statements):
    """Change the index behind the ledger's back, its guards off and on again."""
    with closing(sqlite3.connect(folder / INDEX)) as base:
        guards = [
            sql for (sql,) in base.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        ]
        base.execute("DROP TRIGGER no_UPDATE")
        base.execute("DROP TRIGGER no_DELETE")
        for statement in statements:
            base.execute(*([statement] if isinstance(statement, str) else statement))
        for guard in guards:
            base.execute(guard)
        base.commit()
