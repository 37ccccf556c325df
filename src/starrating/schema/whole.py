"""All sheets one review reads, and how a rulebook adds to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from starrating.schema.inspected import INSPECTED
from starrating.schema.model import Column, Sheet
from starrating.schema.people import PEOPLE


@dataclass(frozen=True, slots=True)
class Schema:
    """The sheets one review reads, by canonical name, the standard ones first, in their order."""

    sheets: Mapping[str, Sheet] = field(
        default_factory=lambda: MappingProxyType(
            {sheet.name: sheet for sheet in (*INSPECTED, *PEOPLE)}
        )
    )

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that canonical name, or None."""
        return self.sheets.get(name)

    def extended(self, columns: Mapping[str, Iterable[Column]], tables: Iterable[Sheet]) -> Schema:
        """This schema with further columns of known sheets and further sheets.

        A column of a known name replaces the known one's declaration (blank, date kind,
        aliases …); new sheets follow in the order given.
        """
        sheets = dict(self.sheets)
        for table in tables:
            sheets[table.name] = table
        for name, extra in columns.items():
            sheet = sheets[name]
            own = {column.name: column for column in sheet.columns}
            own.update({column.name: column for column in extra})
            sheets[name] = replace(sheet, columns=tuple(own.values()))
        return Schema(MappingProxyType(sheets))


STANDARD = Schema()
"""The standard sheets without any rulebook's additions."""
