"""Rulebooks that a command names by `编号@版本` or by file, each checked before it is used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from starrating.cli import _faults
from starrating.cli._command import PATH
from starrating.cli._describe import described_book
from starrating.cli._exits import Exit
from starrating.cli._refusal import refused

if TYPE_CHECKING:
    from starrating.faults import Fault
    from starrating.rulebook.model import Rulebook

NAMED = "编号[@版本]|文件"

rules_option = click.option(
    "--rules", "folder", metavar="文件夹", type=PATH, default=Path("rules"), show_default=True,
    help="规则所在文件夹。",
)  # fmt: skip


class Unusable(Exception):
    """A rulebook that cannot be used; `faults` says why, `code` is what the command ends with."""

    def __init__(self, faults: tuple[Fault, ...], code: Exit) -> None:
        super().__init__()
        self.faults, self.code = faults, code

    def tell(self, *, as_json: bool) -> int:
        """Print why."""
        return refused(self.faults, self.code, as_json=as_json)


def usable_book(named: str, folder: Path) -> Rulebook:
    """The rulebook that is named, merged with what it extends; raises Unusable."""
    found, faults, known = described_book(named, folder)
    if found is None or _faults.has_errors(faults):
        raise Unusable(faults, Exit.RULES if known else Exit.USAGE)
    return found
