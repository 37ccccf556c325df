"""The scalar types of a rulebook: texts of the file become numbers, spans, dates, formulas.

Each type is a pydantic annotation whose validator sees the text with its place
(`yamltext.Scalar`) and refuses it with a fault of ours (code, place, remedy).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, cast

from pydantic import GetCoreSchemaHandler, PlainValidator
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_plain_validator_function

from starrating.faults import Fault
from starrating.number import literal
from starrating.origin import Origin
from starrating.rulebook.codes import CODES
from starrating.rulebook.expressions import Expr
from starrating.rulebook.parsing import parse
from starrating.yamltext import Scalar, plain_name

NOWHERE = Origin("")
_RANGE = re.compile(r"\s+to\s+")
_SPAN = re.compile(r"(\d{1,4})\s+(working\s+)?(day|week|month|quarter|half|year)s?")
_ROLLING = re.compile(r"rolling\s+(\d{1,3})\s+months")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as written: `7 days`, `10 working days`, `2 months`."""

    count: int
    unit: str
    working: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """A person's number inside a printed range: `2 to 4` (both ends included)."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Every:
    """The unit of `missing` and `short`: a calendar unit, a named term, or rolling months."""

    unit: str
    months: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """A mark that a section must reach: in points, or as a share of its printed points."""

    number: Fraction
    share: bool


Amount = Fraction | Between


@dataclass(frozen=True, slots=True)
class Mean:
    """Raters whose figures are averaged: each of them has to give one."""

    of: tuple[str, ...]


class ReadBy(PlainValidator):
    """A field read by one function of ours alone.

    pydantic would also work out how the field's type is written, which nobody asks: a rulebook
    is read and never written by its model.
    """

    __slots__ = ()

    def __get_pydantic_core_schema__(
        self, _type: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """The schema of the function, whatever the field's type says."""
        return no_info_plain_validator_function(cast("Callable[[Any], Any]", self.func))


def place(value: object) -> Origin:
    """Where a value of the file stands."""
    origin = getattr(value, "origin", NOWHERE)
    return origin if isinstance(origin, Origin) else NOWHERE


def refuse(fault: Fault) -> PydanticCustomError:
    """A pydantic error that carries one of our faults to `read.py`."""
    return PydanticCustomError("fault", "{text}", {"text": fault.message, "fault": fault})


def _wrong(value: object, kind: str, example: str) -> PydanticCustomError:
    shown = value if isinstance(value, str) else type(value).__name__
    return refuse(CODES.fault("R203", place(value), value=shown, kind=kind, example=example))


def to_number(value: object) -> Fraction:
    """A literal number of at most 4 decimals and 10⁹ (semantics.md step 8)."""
    if isinstance(value, Fraction):
        return value
    number = literal(value.strip()) if isinstance(value, str) else None
    if number is None:
        raise _wrong(value, "数", "2、0.5、30%")
    return number


def to_amount(value: object) -> Amount:
    """A number, or a person's range `a to b`."""
    if isinstance(value, str) and (ends := _RANGE.split(value.strip())) and len(ends) == 2:
        low, high = (to_number(Scalar(end, place(value), False)) for end in ends)
        if low > high:
            raise _wrong(value, "由小到大的范围", "2 to 4")
        return Between(low, high)
    return to_number(value)


def to_whole(value: object) -> int:
    """A whole number, not negative."""
    number = to_number(value)
    if number.denominator != 1 or number < 0:
        raise _wrong(value, "非负整数", "3")
    return int(number)


def to_truth(value: object) -> bool:
    """`true` or `false`; 是 and 否 as well."""
    words = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value.strip() not in words:
        raise _wrong(value, "是或否", "true")
    return words[value.strip()]


def to_date(value: object) -> date:
    """A day as `2024-03-01`."""
    try:
        return date.fromisoformat(value.strip()) if isinstance(value, str) else _fail()
    except ValueError:
        raise _wrong(value, "日期", "2024-03-01") from None


def to_month_day(value: object) -> str:
    """A day of every year as `09-01`; `02-29` is the last of February."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        date.fromisoformat(f"2024-{text}")
    except ValueError:
        raise _wrong(value, "月-日", "09-01") from None
    return text


def _fail() -> date:
    raise ValueError


def to_span(value: object) -> Span:
    """A length of time: `7 days`, `10 working days`, `2 months`, `1 year`."""
    match = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or (match[2] and match[3] != "day"):
        raise _wrong(value, "时间长度", "7 days、10 working days、2 months")
    return Span(int(match[1]), match[3], bool(match[2]))


def to_every(value: object) -> Every:
    """A calendar unit (`month`), `rolling 6 months`, or the name of a term."""
    if not isinstance(value, str) or not value.strip():
        raise _wrong(value, "周期", "month、quarter、half、year")
    text = value.strip()
    if rolling := _ROLLING.fullmatch(text):
        return Every("rolling", int(rolling[1]))
    if text in ("day", "week"):
        raise _wrong(value, "周期", "month、quarter、half、year、rolling 6 months")
    return Every(plain_name(text))


def to_text(value: object) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or (not value.strip() and not getattr(value, "quoted", False)):
        raise _wrong(value, "文字", "党员大会")
    return str(value).strip()


def to_name(value: object) -> str:
    """A name that data or expressions refer to: NFKC, as cells are read."""
    return plain_name(to_text(value))


def to_plain_span(value: object) -> Span:
    """A length that needs no calendar of working days: grace, look_back, not_before."""
    span = to_span(value)
    if span.working:
        raise _wrong(value, "自然日、周、月等长度", "7 days、2 months")
    return span


def to_reach(value: object) -> Reach:
    """`80` points, or `80%` of a section's printed points."""
    return Reach(to_number(value), isinstance(value, str) and value.strip().endswith("%"))


def to_periods(value: object) -> int | tuple[str, ...]:
    """How many of the newest reviews, or the names of their periods."""
    if isinstance(value, (list, tuple)):
        return tuple(to_text(entry) for entry in value)
    return to_whole(value)


def to_rows(value: object) -> tuple[tuple[str, ...], ...]:
    """The rows of a decision table: lists of cells, each a text."""
    if not isinstance(value, (list, tuple)) or not value:
        raise _wrong(value, "表格的行", "[[over 50, any, 10], [any, any, 2]]")
    rows = []
    for row in value:
        if not isinstance(row, (list, tuple)) or not all(isinstance(cell, str) for cell in row):
            raise _wrong(row, "一行的各格", "[over 50, any, 10]")
        rows.append(tuple(row))
    return tuple(rows)


def to_formula(value: object) -> Expr:
    """An expression of the rule language (docs/language.md)."""
    if isinstance(value, Expr):
        return value
    if not isinstance(value, str):
        raise _wrong(value, "条件或算式", "党员数 >= 7")
    parsed = parse(value, place(value))
    if isinstance(parsed, Fault):
        raise refuse(parsed)
    return parsed


def _listed(one: Callable[[object], Any]) -> Callable[[object], tuple[Any, ...]]:
    def read(value: object) -> tuple[Any, ...]:
        if isinstance(value, str) or not isinstance(value, (list, tuple)):
            raise _wrong(value, "列表", "[甲, 乙]")
        return tuple(one(entry) for entry in value)

    return read


def _mapped(one: Callable[[object], Any]) -> Callable[[object], dict[str, Any]]:
    def read(value: object) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise _wrong(value, "对照表", "{甲: 1, 乙: 2}")
        return {str(key): one(entry) for key, entry in value.items()}

    return read


def _amount_or_map(value: object) -> Amount | dict[str, Amount]:
    return _mapped(to_amount)(value) if isinstance(value, Mapping) else to_amount(value)


def to_raters(value: object) -> tuple[str, ...] | Mean:
    """`[复核, 初评]`: the first who has a figure; `{mean: [甲, 乙]}`: the mean of all."""
    if not isinstance(value, Mapping):
        return _listed(to_name)(value)
    if [*value] != ["mean"]:
        raise _wrong(value, "评分主体", "[复核, 初评] 或 {mean: [甲, 乙]}")
    names = _listed(to_name)(value["mean"])
    if len(set(names)) < max(len(names), 2):
        raise _wrong(value["mean"], "两个以上不同的评分主体", "{mean: [甲, 乙]}")
    return Mean(names)


if TYPE_CHECKING:
    Raters = tuple[str, ...] | Mean
    Number = Fraction
    Whole = int
    YesNo = bool
    Day = date
    MonthDay = str
    Length = Span
    PlainLength = Span
    Cadence = Every
    Words = str
    Named = str
    NameList = tuple[str, ...]
    Formula = Expr
    WordList = tuple[str, ...]
    FormulaList = tuple[Expr, ...]
    NumberMap = dict[str, Fraction]
    NumberList = tuple[Fraction, ...]
    AmountOrMap = Amount | dict[str, Amount]
else:
    # Any: pydantic would else build a schema of the whole expression tree for each field.
    Number = Annotated[Any, ReadBy(to_number)]
    Whole = Annotated[Any, ReadBy(to_whole)]
    YesNo = Annotated[Any, ReadBy(to_truth)]
    Day = Annotated[Any, ReadBy(to_date)]
    MonthDay = Annotated[Any, ReadBy(to_month_day)]
    Length = Annotated[Any, ReadBy(to_span)]
    PlainLength = Annotated[Any, ReadBy(to_plain_span)]
    Cadence = Annotated[Any, ReadBy(to_every)]
    Words = Annotated[Any, ReadBy(to_text)]
    Named = Annotated[Any, ReadBy(to_name)]
    NameList = Annotated[Any, ReadBy(_listed(to_name))]
    Raters = Annotated[Any, ReadBy(to_raters)]
    Formula = Annotated[Any, ReadBy(to_formula)]
    WordList = Annotated[Any, ReadBy(_listed(to_text))]
    FormulaList = Annotated[Any, ReadBy(_listed(to_formula))]
    NumberMap = Annotated[Any, ReadBy(_mapped(to_number))]
    NumberList = Annotated[Any, ReadBy(_listed(to_number))]
    AmountOrMap = Annotated[Any, ReadBy(_amount_or_map)]
