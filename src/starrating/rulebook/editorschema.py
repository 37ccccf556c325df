"""The JSON Schema of a rule file, for editors: completion and help in Chinese, slips underlined.

It is made from the model, so that it can not say anything else; the reader (`read.py`) remains
the judge, and finds more than a schema can. A kind of field that is not known here is an error.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BeforeValidator, PlainValidator
from pydantic.fields import FieldInfo

from starrating.limits import MAX_LITERAL
from starrating.rulebook import fields, model
from starrating.rulebook.bounds import to_adjustable
from starrating.rulebook.words import WORDS

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NUMBER = r"[+-]?\d{1,10}(\.\d{1,4}0*)?\s*%?"
_LENGTH = r"\d{1,4}\s+(day|week|month|quarter|half|year)s?"
_SINGLE = ["string", "number", "boolean"]
_TRUTHS = {"type": ["boolean", "string"], "enum": [True, False, "是", "否", "yes", "no"]}


def rule_schema() -> Schema:
    """The schema; keys in the order of the model, so that its text is always the same."""
    blocks = {name: _block(name, block) for name, block in _blocks()}
    return {
        "$schema": _DIALECT,
        "title": "starrating 规则文件",
        "description": "规则语言 format 1。写法见规则语言手册。",
        "$ref": "#/$defs/Rulebook",
        "$defs": blocks,
    }


def schema_text() -> str:
    """The schema as the file that editors read."""
    return json.dumps(rule_schema(), ensure_ascii=False, indent=2) + "\n"


def _blocks() -> Iterable[tuple[str, type[model.Block]]]:
    for name, each in vars(model).items():
        own = isinstance(each, type) and issubclass(each, model.Block)
        if own and each.__module__.startswith(f"{model.__name__}.") and len(each.model_fields) > 1:
            yield name, each


def _block(name: str, block: type[model.Block]) -> Schema:
    hidden = {"origin", *_HIDDEN.get(name, ())}
    own = {field: info for field, info in block.model_fields.items() if field not in hidden}
    made: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            info.alias or field: _word(name, field, info) for field, info in own.items()
        },
    }
    required = [info.alias or field for field, info in own.items() if info.is_required()]
    required = [word for word in required if word not in _REPLACED.get(name, ())]
    if required:
        made["required"] = required
    if name in _AT_LEAST_ONE:
        made["anyOf"] = [{"required": [word]} for word in _AT_LEAST_ONE[name]]
    forms = _EXACTLY_ONE.get(name) or getattr(block, "FORMS", ())
    if forms:
        made["oneOf"] = [{"required": [form]} for form in forms]
    return made


def _word(block: str, field: str, info: FieldInfo) -> Schema:
    word = info.alias or field
    own = _ODD.get(f"{block}.{word}")
    made = own if own is not None else _kind(info.annotation, info.metadata)
    described = {"description": WORDS.get(block, {}).get(word, word)}
    return {**described, "allOf": [made]} if "$ref" in made else {**described, **made}


# --- kinds of fields --------------------------------------------------------------------------------


def _kind(annotation: Any, metadata: Iterable[Any] = ()) -> Schema:
    """The schema of an annotation; validators of `fields` say what a text may be."""
    for mark in metadata:
        if isinstance(mark, PlainValidator):
            return _BY_VALIDATOR[mark.func]
        if isinstance(mark, BeforeValidator) and mark.func in _SHORT:
            return {"anyOf": [_SHORT[mark.func], _kind(annotation)]}
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(inside[0], inside[1:])
    if origin is Literal:
        return _choice(inside)
    if origin in (Union, UnionType):
        kinds = [_kind(each) for each in inside if each is not NoneType]
        return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    if origin is tuple:
        return {"type": "array", "items": _kind(inside[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _kind(inside[1])}
    if isinstance(annotation, type) and issubclass(annotation, model.Block):
        return {"$ref": f"#/$defs/{annotation.__name__}"}
    raise TypeError(f"no schema for {annotation}")


def _choice(words: tuple[str, ...]) -> Schema:
    """One of the printed words; `format: 1` may be written with or without quotes."""
    return {"enum": [*words, *(int(word) for word in words if word.isdigit())]}


def _validator(alias: Any) -> Any:
    """The function that reads a field of this alias of `fields`."""
    return next(mark.func for mark in get_args(alias) if isinstance(mark, PlainValidator))


def _listed(one: Schema) -> Schema:
    return {"type": "array", "items": one}


_LIMITS = {"minimum": -MAX_LITERAL, "maximum": MAX_LITERAL}
_A_NUMBER: Schema = {"type": ["number", "string"], **_LIMITS, "pattern": f"^{_NUMBER}$"}
_AN_AMOUNT: Schema = {
    "type": ["number", "string"],
    **_LIMITS,
    "pattern": rf"^{_NUMBER}(\s+to\s+{_NUMBER})?$",
}
_A_TEXT: Schema = {"type": _SINGLE}
_AN_EXPRESSION: Schema = {"type": _SINGLE, "minLength": 1}
_BY_VALIDATOR: dict[Any, Schema] = {
    _validator(fields.Number): _A_NUMBER,
    to_adjustable: {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {"anyOf": [_A_TEXT, _listed(_A_TEXT)]},
    },
    model.as_written: {},
    _validator(fields.Whole): {
        "type": ["integer", "string"],
        "minimum": 0,
        "pattern": r"^\d{1,10}$",
    },
    _validator(fields.YesNo): _TRUTHS,
    _validator(fields.Day): {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    _validator(fields.MonthDay): {"type": "string", "pattern": r"^\d{2}-\d{2}$"},
    _validator(fields.Length): {
        "type": "string",
        "pattern": rf"^({_LENGTH}|\d{{1,4}}\s+working\s+days?)$",
    },
    _validator(fields.PlainLength): {"type": "string", "pattern": f"^{_LENGTH}$"},
    _validator(fields.Cadence): {
        "anyOf": [
            {"enum": ["month", "quarter", "half", "year"]},
            {"type": "string", "pattern": r"^rolling\s+\d{1,3}\s+months$"},
            {"type": "string", "not": {"enum": ["day", "week"]}},
        ]
    },
    _validator(fields.Words): _A_TEXT,
    _validator(fields.Named): _A_TEXT,
    _validator(fields.NameList): _listed(_A_TEXT),
    _validator(fields.Raters): {
        "anyOf": [
            _listed(_A_TEXT),
            {
                "type": "object",
                "additionalProperties": False,
                "required": ["mean"],
                "properties": {"mean": {**_listed(_A_TEXT), "minItems": 2}},
            },
        ]
    },
    _validator(fields.WordList): _listed(_A_TEXT),
    _validator(fields.Formula): _AN_EXPRESSION,
    _validator(fields.FormulaList): _listed(_AN_EXPRESSION),
    _validator(fields.NumberList): _listed(_A_NUMBER),
    _validator(fields.NumberMap): {"type": "object", "additionalProperties": _A_NUMBER},
    _validator(fields.AmountOrMap): {
        "anyOf": [_AN_AMOUNT, {"type": "object", "additionalProperties": _AN_AMOUNT}]
    },
}
"""The function that reads a text → what the text may be."""
_COLUMN_TYPES = get_args(model.ColumnDecl.model_fields["type"].annotation)
_SHORT: dict[Any, Schema] = {
    next(mark.func for mark in get_args(model.ColumnEntry) if isinstance(mark, BeforeValidator)): {
        "enum": list(_COLUMN_TYPES)
    },
}
"""The function that reads a short form of a block → the short form."""
_ANYTHING: Schema = {"type": "object"}
_ROWS: Schema = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "array", "minItems": 2, "items": _A_TEXT},
}
_A_MARK: Schema = {"type": ["number", "string"], **_LIMITS, "pattern": f"^{_NUMBER}$"}
_ODD: dict[str, Schema] = {
    "TableDecl.date": {"anyOf": [_A_TEXT, _listed(_A_TEXT)]},
    "AtMost.on_tie": {"anyOf": [{"enum": ["undecided", "include", "exclude"]}, _listed(_A_TEXT)]},
    "ReviewDecl.periods": {
        "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string"}, _listed(_A_TEXT)]
    },
    **{f"{name}.rows": _ROWS for name in ("Table", "PointsTable", "TruthTable")},
    "Star.each_section": _A_MARK,
    "PerSection.from": _A_MARK,
    "Rulebook.stars": {
        "anyOf": [
            _listed({"$ref": "#/$defs/Star"}),
            {
                "type": "object",
                "additionalProperties": False,
                "required": ["one_per_section"],
                "properties": {"one_per_section": {"$ref": "#/$defs/PerSection"}},
            },
        ]
    },
    "Case.given": _ANYTHING,
    "Case.previous": _ANYTHING,
    "Case.results": _ANYTHING,
    "Case.expect": _ANYTHING,
}
"""Words that are read by a function of their own."""
_EXACTLY_ONE = {
    "Bands": ("from", "over", "upto"),
    "AtMost": ("share", "number"),
    "Judgement": ("if", "table"),
}
"""Blocks without FORMS that must be written in exactly one of several ways."""

_AT_LEAST_ONE = {"Star": ("from", "if")}
"""Blocks that need one of several words."""
_HIDDEN = {"Rulebook": ("one_per_section",), "TruthTable": ("otherwise",)}
"""Fields that are not written under their own name (`stars: {one_per_section: …}`), or refused."""
_REPLACED = {"Judgement": ("if",)}
"""Words for which another may stand."""
