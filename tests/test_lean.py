"""Lean dataclasses: what they do is what the standard library's do."""

from __future__ import annotations

import copy
import dataclasses
from dataclasses import FrozenInstanceError, field, replace

import pytest

from starrating import lean

WAYS = [dataclasses.dataclass, lean.dataclass]


@lean.dataclass(frozen=True, slots=True)
class Place:
    """A place."""

    file: str
    line: int = 1
    seen: list[str] = field(default_factory=list, compare=False)
    note: str = field(default="-", repr=False, kw_only=True)


@lean.dataclass(frozen=True, slots=True)
class Cell(Place):
    """A place with a value of its own, and one that is worked out."""

    value: int = 0
    twice: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "twice", self.value * 2)


@lean.dataclass(slots=True)
class Open:
    """What is being filled."""

    items: list[int] = field(default_factory=list)
    done: bool = field(default=False, init=False)


@lean.dataclass(frozen=True, eq=False)
class Self:
    """Equal to itself only."""

    number: int


def test_parameters_in_their_order_with_defaults() -> None:
    """By place, by name, defaults, factories, and names only."""
    cell = Cell("a", 2, ["x"], 7, note="n")
    assert (cell.file, cell.line, cell.seen, cell.value, cell.twice, cell.note) == (
        "a", 2, ["x"], 7, 14, "n",
    )  # fmt: skip
    assert Place("a") == Place(file="a", line=1)
    assert Place("a").seen is not Place("a").seen
    assert Open().done is False


@pytest.mark.parametrize("given", [(), ("a", 1, [], 2, 3)])
def test_wrong_parameters_are_refused(given: tuple[object, ...]) -> None:
    """Too few, too many, and a name that is no field; also for the very first instance."""
    made = lean.dataclass(frozen=True, slots=True)(
        type("Made", (), {"__annotations__": {"a": "int", "b": "int"}})
    )
    with pytest.raises(TypeError, match=r"Made\.__init__\(\)"):
        made(*given)
    with pytest.raises(TypeError, match="unexpected keyword argument 'c'"):
        made(1, c=2)


def test_equal_by_compared_fields_of_one_class() -> None:
    """Fields that are not compared change neither equality nor hash; classes differ."""
    assert Place("a", seen=["x"]) == Place("a")
    assert hash(Place("a", seen=["x"])) == hash(Place("a"))
    assert Place("a") != Place("a", note="n")
    assert Place("a") != Cell("a")
    assert Self(1) != Self(1)


def test_what_can_change_has_no_hash() -> None:
    """As in the standard library."""
    assert Open() == Open()
    with pytest.raises(TypeError, match="unhashable"):
        hash(Open())


def test_frozen() -> None:
    """No field can be set or deleted, no other name added."""
    place = Place("a")
    for name in ("file", "other"):
        with pytest.raises(FrozenInstanceError):
            setattr(place, name, "b")
    with pytest.raises(FrozenInstanceError):
        del place.file
    assert not hasattr(place, "__dict__")


@pytest.mark.parametrize("way", WAYS)
def test_shown_alike(way: object) -> None:
    """The text of an instance is the one of the standard library."""
    made = way(frozen=True)(  # type: ignore[operator]
        type("Made", (), {"__annotations__": {"a": "int", "b": "str"}, "__qualname__": "Made"})
    )
    assert repr(made(1, "x")) == "Made(a=1, b='x')"


def test_the_library_knows_them() -> None:
    """`replace`, `fields`, `is_dataclass`, `match` and copies (as pickles are made) work."""
    cell = Cell("a", 2, ["x"], 7)
    assert replace(cell, value=8).twice == 16
    assert [each.name for each in dataclasses.fields(cell)] == [
        "file", "line", "seen", "note", "value", "twice",
    ]  # fmt: skip
    assert dataclasses.is_dataclass(cell)
    assert copy.copy(cell) == copy.deepcopy(cell) == cell
    match cell:
        case Cell(file, line):
            assert (file, line) == ("a", 2)


@pytest.mark.parametrize("way", WAYS)
def test_what_the_class_writes_itself_stays(way: object) -> None:
    """An own `__repr__` or `__eq__` is not replaced."""

    class Made:
        a: int

        def __repr__(self) -> str:
            return "mine"

        def __eq__(self, _other: object) -> bool:
            return True

        __hash__ = None  # type: ignore[assignment]

    made = way(slots=True)(Made)  # type: ignore[operator]
    assert repr(made(1)) == "mine"
    assert made(1) == made(2)
