"""Variants of an item: which one reads for a subject (step 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starrating.engine.values import NO, NONE, YES, Interval
from starrating.number import plain
from starrating.rulebook.model import Item

if TYPE_CHECKING:
    from starrating.engine.facts import SubjectFacts


def readings_of(subject: SubjectFacts, item: Item) -> tuple[Item, ...]:
    """The item as it reads for the subject: one, or all it may be where the column is not known."""
    variants = item.variants
    if variants is None:
        return (item,)
    value = subject.name(variants.by)
    if isinstance(value, str):
        return (item.as_variant(variants.variant(value)),)
    if isinstance(value, Interval) and value.known:
        return (item.as_variant(variants.variant(plain(value.number))),)
    if value in (YES, NO):
        return (item.as_variant(variants.variant("是" if value is YES else "否")),)
    if value is NONE:
        return (item.as_variant(variants.otherwise),)
    every = [*variants.of.values(), variants.otherwise]
    return tuple(item.as_variant(variant) for variant in every)
