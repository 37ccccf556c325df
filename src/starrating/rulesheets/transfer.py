"""A rule file to its workbook and a workbook to its rule file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from starrating.faults import Fault, Level, in_order
from starrating.origin import Origin
from starrating.records.workbook import read_workbook
from starrating.rulebook.checks import check
from starrating.rulebook.describe.clauses import Scene, clause_text
from starrating.rulebook.model import Rulebook
from starrating.rulebook.read import Find, Loaded, complete
from starrating.rulesheets.codes import RULESHEETS
from starrating.rulesheets.comments import comments
from starrating.rulesheets.draft import Draft, draft
from starrating.rulesheets.fill import pages
from starrating.rulesheets.gather import gather, is_ours
from starrating.rulesheets.writing import MAX_CELL, too_long, workbook
from starrating.rulesheets.yamlform import rule_text
from starrating.yamltext import MappingNode, load


@dataclass(frozen=True, slots=True)
class Exported:
    """The workbook, the comments it could not hold, and what was wrong (then no workbook)."""

    data: bytes | None
    lost: tuple[str, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """The rule file's text and its book merged with what it extends; None where it has errors.

    `draft` instead, where the sheet is a printed one that is not in our columns.
    """

    text: str | None
    book: Rulebook | None
    faults: tuple[Fault, ...]
    draft: Draft | None = None


def export(text: bytes, shown: str, book: Rulebook) -> Exported:
    """The workbook of a rule file that was read without errors; `book` is the file merged."""
    node, faults = load(text, shown)
    if not isinstance(node, MappingNode):
        return Exported(None, (), faults)
    lost = comments(text.decode("utf-8-sig"))
    made = pages(node, dict(_said(book)), lost)
    long = too_long(made)
    if long is not None:
        sheet, column, length = long
        origin = Origin(shown, sheet=f"{sheet}·{column}")
        return Exported(
            None, lost, (RULESHEETS.fault("R711", origin, length=length, limit=MAX_CELL),)
        )
    return Exported(workbook(made, book.title), lost, ())


def _said(book: Rulebook) -> Iterator[tuple[tuple[str, int], str]]:
    for section, item in book.items():
        for number, clause in enumerate(item.clauses, 1):
            sentence = clause_text(Scene(book, section, item), clause)
            yield (item.id, number), f"{sentence}。"


def import_(data: bytes, shown: str, find: Find) -> Imported:
    """The rule file of a workbook in our columns, or the draft of another printed sheet.

    Every fault names its sheet and cell, those that the checks of rules find as well; with an
    error among them there is no text.
    """
    grids, faults = read_workbook(shown, data)
    if not grids:
        return Imported(None, None, tuple(faults))
    if not is_ours(grids):
        made, told = draft(grids, shown)
        return Imported(None, None, in_order((*faults, *told)), made)
    node, own = gather(grids, shown)
    faults += own
    if node is None or _grave(own):
        return Imported(None, None, in_order(faults))
    loaded = complete(node, Loaded(None, tuple(faults), {}), shown, find)
    if not loaded.usable or loaded.book is None:
        return Imported(None, None, loaded.faults)
    told = in_order((*loaded.faults, *check(loaded.book)))
    if _grave(told):
        return Imported(None, None, told)
    return Imported(rule_text(node), loaded.book, told)


def _grave(faults: Iterable[Fault]) -> bool:
    return any(fault.level in (Level.ERROR, Level.FATAL) for fault in faults)
