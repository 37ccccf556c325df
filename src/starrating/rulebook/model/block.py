"""The ground of every block of a rule file: it refuses unknown words and knows its place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from starrating.origin import Origin
from starrating.rulebook.codes import CODES
from starrating.rulebook.fields import NOWHERE, ReadBy, place, refuse
from starrating.rulebook.once import once


class Block(BaseModel):
    """A block of the file: refuses unknown words and knows where it starts."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        populate_by_name=False,
        defer_build=True,
    )
    origin: Annotated[Origin, ReadBy(lambda value: value)] = Field(
        default=NOWHERE, exclude=True, repr=False
    )

    @model_validator(mode="before")
    @classmethod
    def _with_place(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and "origin" not in data:
            return {**data, "origin": place(data)}
        return data


class Forms(Block):
    """A block that must be written in exactly one of several forms."""

    FORMS: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        written = [word for word, name in _fields(self.FORMS) if getattr(self, name) is not None]
        if len(written) != 1:
            what = "缺少动作" if not written else f"同时写了{'、'.join(written)}"
            raise refuse(
                CODES.fault(
                    "R204", self.origin, what=what, remedy=f"应恰写其一：{'、'.join(self.FORMS)}"
                )
            )
        return self

    @property
    def form(self) -> str:
        """The word of the form that is written."""
        return _form(self)


@once
def _form(block: Forms) -> str:
    for word, name in _fields(block.FORMS):
        if getattr(block, name) is not None:
            return word
    raise AssertionError("none is written")


@cache
def _fields(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Words with the names of their fields, for those that Python keeps for itself."""
    own = {"if": "if_", "min": "min_", "max": "max_", "sum": "sum_"}
    return tuple((word, own.get(word, word)) for word in words)
