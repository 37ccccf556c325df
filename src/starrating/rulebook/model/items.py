"""Items and sections of the printed sheet (semantics.md steps 6 to 8)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from starrating.rulebook.bounds import Adjustable
from starrating.rulebook.codes import CODES
from starrating.rulebook.fields import Formula, Named, Number, Raters, Words, YesNo, refuse
from starrating.rulebook.model.block import Block
from starrating.rulebook.model.clauses import Clause


class Variant(Block):
    """What an item says otherwise for some organisations; what it leaves out is the item's."""

    title: Words | None = None
    points: Number | None = None
    clauses: tuple[Clause, ...] | None = None
    starts_at: Literal["full", "zero"] | None = None
    cap: Number | None = None
    applies_when: Formula | None = None
    not_applicable: Literal["full", "leave_out", "zero"] | None = None
    basis: Words | None = None


class Variants(Block):
    """`variants`: the item by a column of 党组织; a key may join several values by 、."""

    by: Named
    of: dict[str, Variant]
    otherwise: Variant | None = None

    def named(self) -> Iterator[tuple[str, Variant]]:
        """The variants with their names, `otherwise` as 其他."""
        yield from self.of.items()
        if self.otherwise is not None:
            yield "其他", self.otherwise

    def variant(self, value: str) -> Variant | None:
        """The variant for a value of the column, else `otherwise`."""
        for keys, variant in self.of.items():
            if value in (key.strip() for key in keys.replace(",", "、").split("、")):
                return variant
        return self.otherwise


def _numbered(clauses: tuple[Clause, ...]) -> Iterator[tuple[str, Clause]]:
    for number, clause in enumerate(clauses, start=1):
        yield str(number), clause
        for inner_number, inner in enumerate(clause.inner(), start=1):
            yield f"{number}.{inner_number}", inner


class Item(Block):
    """One item of the printed sheet."""

    id: Named
    title: Words
    points: Number | None = None
    clauses: tuple[Clause, ...] = ()
    basis: Words | None = None
    starts_at: Literal["full", "zero"] | None = None
    cap: Number | None = None
    floor: Number | None = None
    applies_when: Formula | None = None
    not_applicable: Literal["full", "leave_out", "zero"] | None = None
    self_scored: YesNo = False
    raters: Raters | None = None
    variants: Variants | None = None
    locked: YesNo = False
    adjustable: Adjustable = Field(default_factory=dict)

    def as_variant(self, variant: Variant | None) -> Item:
        """The item as it reads for organisations of a variant."""
        if variant is None:
            return self.model_copy(update={"variants": None})
        said = {
            name: value
            for name in Variant.model_fields
            if name != "origin" and (value := getattr(variant, name)) is not None
        }
        return self.model_copy(update={**said, "variants": None})

    def readings(self) -> tuple[Item, ...]:
        """The item as it reads for each of its variants, and as it stands where none is meant."""
        if self.variants is None:
            return (self,)
        each = tuple(self.as_variant(variant) for _, variant in self.variants.named())
        return each if self.variants.otherwise is not None else (*each, self.as_variant(None))

    def every_clause(self) -> Iterator[tuple[str, Clause]]:
        """All clauses with their numbers: `1`, `2`, and `2.1` inside worst_of and best_of; those
        of variants that the item still holds follow, with the variant's name."""
        yield from _numbered(self.clauses)
        for name, variant in self.variants.named() if self.variants is not None else ():
            for number, clause in _numbered(variant.clauses or ()):
                yield f"{number}（{name}）", clause


class Section(Block):
    """One section of the sheet (steps 6 to 8)."""

    title: Words
    points: Number | None = None
    kind: Literal["base", "bonus", "deduction"] = "base"
    items: tuple[Item, ...] = ()
    cap: Number | None = None
    floor: Number | None = None
    clamp: YesNo = False
    weight: Number | None = None
    scale_to: Number | None = None
    applies_when: Formula | None = None
    left: Number | None = None
    locked: YesNo = False
    adjustable: Adjustable = Field(default_factory=dict)

    @property
    def printed(self) -> Fraction:
        """The points that it can come to as printed, after its scale and weight (step 8)."""
        points = self.scale_to if self.scale_to is not None else self.points
        if points is None:
            points = sum((item.points or Fraction(0) for item in self.items), Fraction(0))
        return points * self.weight if self.weight is not None else points

    @model_validator(mode="after")
    def _weighs_something(self) -> Self:
        for name, number in (("weight", self.weight), ("scale_to", self.scale_to)):
            if number is not None and number <= 0:
                raise refuse(
                    CODES.fault("R203", self.origin, value=name, kind="正数", example="70%")
                )
        return self
