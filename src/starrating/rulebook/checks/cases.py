"""Cases: what is written has the shape that a case is read by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from starrating.faults import Fault
from starrating.number import exact
from starrating.origin import Origin
from starrating.rulebook.casewords import CASE, Block, Named, OneOf, Rows, Scalar, Shape
from starrating.rulebook.checks.codes import CHECK_CODES
from starrating.rulebook.fields import NOWHERE, place
from starrating.rulebook.model import Case, Rulebook
from starrating.rulebook.suggest import did_you_mean
from starrating.schema import LEVELS, STAGES

_SCALARS: dict[Scalar, tuple[str, str]] = {
    "text": ("一个词或一个数", "86"),
    "number": ("一个数", "86"),
    "day": ("日期", "2024-03-01"),
    "star": ("整数或 none", "5"),
    "end": ("一个数或 none", "86"),
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MAPPING = ("由“词: 内容”组成的一段", '{"0001": 5}')
_LIST = ("列表，每行前面写短横", "[{日期: 2024-02-10, 类型: 党员大会}]")


def case_shapes(book: Rulebook) -> list[Fault]:
    """R381, R382: no case says what nothing reads."""
    return [fault for case in book.cases for fault in _of_case(case)]


def unknown_plans(book: Rulebook) -> list[Fault]:
    """R354: level and stage of a case are among those that there are."""
    return [
        CHECK_CODES.fault(
            "R354",
            case.plan.origin,
            name=name,
            where=f"案例“{case.title}”的 {word}",
            choices="、".join(choices),
        )
        for case in book.cases
        for word, name, choices in (
            ("level", (case.plan.level or "").removesuffix("级"), LEVELS),
            ("stage", case.plan.stage or "", STAGES),
        )
        if name and name not in choices
    ]


def _of_case(case: Case) -> Iterator[Fault]:
    for word, shape in CASE.items():
        yield from _faults(getattr(case, word), shape, word, case)


def _faults(value: object, shape: Shape, where: str, case: Case) -> Iterator[Fault]:
    """What of a value does not have its shape."""
    match shape:
        case Block(words=words, needs=needs):
            if not isinstance(value, Mapping):
                yield _wrong(value, where, case, _MAPPING)
                return
            for name in needs:
                if name not in value:
                    yield _wrong(value, where, case, (f"写明 {name} 的一段", f"{{{name}: …}}"))
            for name, part in value.items():
                if name in words:
                    yield from _faults(part, words[name], f"{where} 的 {name}", case)
                else:
                    yield _unknown(value, name, where, case, words)
        case Named(each=each):
            if not isinstance(value, Mapping):
                yield _wrong(value, where, case, _MAPPING)
                return
            for name, part in value.items():
                yield from _faults(part, each, f"{where} 的 {name}", case)
        case Rows(each=each):
            if not isinstance(value, list):
                yield _wrong(value, where, case, _LIST)
                return
            for part in value:
                yield from _faults(part, each, where, case)
        case OneOf(scalar=scalar, block=block):
            inner: Shape = block if isinstance(value, Mapping) else scalar
            yield from _faults(value, inner, where, case)
        case _:
            if not _fits(value, shape):
                yield _wrong(value, where, case, _SCALARS[shape])


def _fits(value: object, scalar: Scalar) -> bool:
    if not isinstance(value, str):
        return False
    if scalar == "text":
        return True
    if value == "none":
        return scalar != "number"
    if scalar == "day":
        return _DAY.fullmatch(value) is not None and _is_day(value)
    return value.isdigit() if scalar == "star" else exact(value) is not None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _wrong(value: object, where: str, case: Case, wanted: tuple[str, str]) -> Fault:
    kind, example = wanted
    return CHECK_CODES.fault(
        "R381", _at(place(value), case), title=case.title, where=where, wanted=kind, example=example
    )


def _unknown(
    value: Mapping[str, object], name: str, where: str, case: Case, words: Mapping[str, Shape]
) -> Fault:
    origins: Mapping[str, Origin] = getattr(value, "key_origins", {})
    return CHECK_CODES.fault(
        "R382",
        _at(origins.get(name, NOWHERE), case),
        title=case.title,
        where=where,
        name=name,
        hint=did_you_mean(name, words, f"可写 {'、'.join(words)}"),
    )


def _at(origin: Origin, case: Case) -> Origin:
    return case.origin if origin == NOWHERE else origin
