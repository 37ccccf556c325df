"""The plan: what a rulebook asks of the records, lowered once and run on any number of parts.

`compile_measures` resolves every name, puts the measures in order of dependence, gathers the
columns each sheet is read for, and names what the kernel does not know (`NotLowered`) with its
place in the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from starrating.origin import Origin
from starrating.rulebook import expressions as ex
from starrating.rulebook.model import Block, Measure, Rulebook
from starrating.rulebook.sheets import columns_read, schema_of
from starrating.schema import Schema

LOWERED = frozenset(Measure.FORMS)
"""The forms of measures that the kernel knows."""


@dataclass(frozen=True, slots=True)
class NotLowered:
    """A word of the rules that the kernel does not know, with its place."""

    origin: Origin
    word: str


class Unlowered(Exception):
    """Raised while a plan runs: records ask for a meaning that the kernel does not know."""

    def __init__(self, what: NotLowered) -> None:
        super().__init__(f"{what.origin}: {what.word}")
        self.what = what


@dataclass(frozen=True, slots=True)
class MeasureNode:
    """One measure of the plan: its rule, its place, and the measures that it reads.

    `asks_points`: it reads a check point, itself or through a measure (a credit may differ then).
    `beside` are the measures over the same rows; they are computed together.
    """

    name: str
    rule: Measure
    origin: Origin
    reads: tuple[str, ...]
    asks_points: bool = False
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A rulebook's measures in an order in which each reads only those before it.

    `columns` names, for each sheet, what the plan reads of it. A plan with `refused` entries may
    not be run.
    """

    book: Rulebook
    measures: tuple[MeasureNode, ...]
    columns: Mapping[str, frozenset[str]]
    refused: tuple[NotLowered, ...] = ()
    by_name: Mapping[str, MeasureNode] = field(default_factory=dict)

    def node(self, name: str) -> MeasureNode:
        """The measure of a name."""
        return self.by_name[name]


def compile_measures(book: Rulebook) -> Plan:
    """The plan of a rulebook's measures."""
    schema = schema_of([book])
    nodes = {
        name: MeasureNode(name, rule, rule.origin, tuple(_reads(book, schema, rule)))
        for name, rule in book.measures.items()
    }
    ordered = tuple(_in_order(nodes))
    asking: set[str] = set()
    for node in ordered:
        own = (leaf for expr in formulas(node.rule) for leaf in ex.walk(expr))
        if any(isinstance(leaf, ex.Found) for leaf in own) or asking & set(node.reads):
            asking.add(node.name)
    rows = _over_the_same_rows(ordered)
    ordered = tuple(
        replace(node, asks_points=node.name in asking, beside=rows.get(node.name, ()))
        for node in ordered
    )
    refused = tuple(
        NotLowered(node.origin, node.rule.form)
        for node in nodes.values()
        if node.rule.form not in LOWERED
    )
    columns = columns_read([book], schema)
    return Plan(book, ordered, columns, refused, {node.name: node for node in ordered})


def _over_the_same_rows(nodes: Iterable[MeasureNode]) -> dict[str, tuple[str, ...]]:
    """Measure → the others that reach exactly its rows."""
    groups: dict[object, list[str]] = {}
    for node in nodes:
        rule = node.rule
        if rule.sheet is not None:
            asked = rule.missing or rule.short
            grace = asked.grace if asked is not None else None
            groups.setdefault((rule.sheet, rule.where, rule.look_back, grace), []).append(node.name)
    return {
        name: tuple(other for other in group if other != name)
        for group in groups.values()
        for name in group
    }


def _reads(book: Rulebook, schema: Schema, rule: Measure) -> Iterator[str]:
    """The measures that a measure names, in the order written; on rows their columns go before."""
    names = dict.fromkeys(
        leaf.name for expr in formulas(rule) for leaf in ex.walk(expr) if isinstance(leaf, ex.Name)
    )
    if rule.field is not None:
        names.setdefault(rule.field)
    sheet = schema.sheet(rule.sheet) if rule.sheet is not None else None
    own = {column.name for column in sheet.columns} if sheet is not None else set()
    yield from (name for name in names if name in book.measures and name not in own)


def formulas(block: Block) -> Iterator[ex.Expr]:
    """Every expression of a block and of the blocks inside it."""
    for name in type(block).model_fields:
        value = getattr(block, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, ex.Expr):
                yield part
            elif isinstance(part, Block):
                yield from formulas(part)


def _in_order(nodes: Mapping[str, MeasureNode]) -> Iterator[MeasureNode]:
    """Each after all that it reads; a ring was refused when the rules were checked (R352)."""
    done: dict[str, MeasureNode] = {}

    def visit(name: str, above: frozenset[str]) -> None:
        if name in done or name in above:
            return
        for each in nodes[name].reads:
            visit(each, above | {name})
        done[name] = nodes[name]

    for name in nodes:
        visit(name, frozenset())
    yield from done.values()
