"""What `lean.dataclass` does: the standard library finds the fields, the methods are ours."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from operator import attrgetter
from types import MemberDescriptorType
from typing import Any

Method = Callable[..., Any]


def dataclass(
    cls: type | None = None,
    /,
    *,
    frozen: bool = False,
    slots: bool = False,
    eq: bool = True,
    order: bool = False,
    kw_only: bool = False,
) -> Any:
    """Make a class a dataclass; used bare or with options, as the standard library's."""
    if order:  # few are sorted: they take the methods that are written for them
        return dataclasses.dataclass(
            cls, frozen=frozen, slots=slots, eq=eq, order=order, kw_only=kw_only
        )

    def make(plain: type) -> Any:
        made: Any = dataclasses.dataclass(
            plain, init=False, repr=False, eq=False, slots=slots, kw_only=kw_only
        )
        methods: dict[str, Method | None] = {"__init__": _init_when_called(made), "__repr__": _repr}
        if eq:
            methods |= _comparing(made, frozen=frozen)
        if frozen:
            methods |= {"__setattr__": _refuse, "__delattr__": _refuse}
        if frozen and slots:
            methods |= {"__getstate__": _state, "__setstate__": _restore}
        for name, method in methods.items():
            if made.__dict__.get(name) is None:
                setattr(made, name, method)
        return made

    return make if cls is None else make(cls)


def _comparing(cls: Any, *, frozen: bool) -> dict[str, Method | None]:
    """`__eq__` over the compared fields, and `__hash__` where nothing of them can change."""
    names = [each.name for each in fields(cls) if each.compare]
    key: Callable[[object], object] = attrgetter(*names) if names else type

    def equal(self: object, other: object) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(key(self))

    return {"__eq__": equal, "__hash__": hashed if frozen else None}


def _repr(self: Any) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse(_self: object, name: str, *_value: object) -> None:
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, each.name) for each in fields(self)]


def _restore(self: Any, state: Sequence[object]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


def _init_when_called(cls: Any) -> Method:
    """An `__init__` that puts the real one in its place when it is first called."""

    def init(self: object, *args: object, **named: object) -> None:
        cls.__init__ = _init(cls)
        cls.__init__(self, *args, **named)

    return init


def _init(cls: Any) -> Method:
    """Compile `__init__`: it takes what the fields say, and sets each value past a frozen class."""
    known: dict[str, Any] = {"__made": MISSING, "__set": object.__setattr__}
    placed: list[str] = ["self"]
    named: list[str] = []
    body: list[str] = []
    for each in fields(cls):
        if each.init:
            (named if each.kw_only else placed).append(_parameter(each, known))
        value = _value(each, known)
        if value is not None:
            body.append(_assignment(cls, each.name, value, known))
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    parameters = ", ".join([*placed, *(["*", *named] if named else [])])
    source = f"def __init__({parameters}):\n " + "\n ".join(body or ["pass"])
    exec(source, known)  # noqa: S102 - made of the names of fields, as in the standard library
    init: Method = known["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _parameter(each: Field[Any], known: dict[str, Any]) -> str:
    if each.default is not MISSING:
        known[f"__default_{each.name}"] = each.default
        return f"{each.name}=__default_{each.name}"
    return each.name if each.default_factory is MISSING else f"{each.name}=__made"


def _value(each: Field[Any], known: dict[str, Any]) -> str | None:
    """What a field is set to; None where `__post_init__` or the class says it."""
    if each.default_factory is not MISSING:
        known[f"__make_{each.name}"] = each.default_factory
        made = f"__make_{each.name}()"
        return f"{made} if {each.name} is __made else {each.name}" if each.init else made
    if each.init:
        return each.name
    if each.default is MISSING:
        return None
    known[f"__default_{each.name}"] = each.default
    return f"__default_{each.name}"


def _assignment(cls: Any, name: str, value: str, known: dict[str, Any]) -> str:
    """The statement that sets a field: by its slot where it has one, which is fastest."""
    slot = getattr(cls, name, None)
    if not isinstance(slot, MemberDescriptorType):
        return f"__set(self, {name!r}, {value})"
    known[f"__set_{name}"] = slot.__set__
    return f"__set_{name}(self, {value})"
