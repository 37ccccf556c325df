"""One word of a rulebook set to another value without a file: paths, values, and what is refused.

A path names a word as the file has it: `stars.5.from`, `items.2.1.clauses.1.deduct`,
`items.5.1.clauses.1.bands.from.100`, `measures.党课到会率.where`, `judgements.V1.then.star_at_most`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from starrating.faults import Fault
from starrating.origin import Origin
from starrating.rulebook.fields import to_amount, to_number
from starrating.rulebook.meaning import word as word_of
from starrating.rulebook.model import Block, Forms, Rulebook, Section
from starrating.rulebook.suggest import did_you_mean
from starrating.yamltext import Scalar

_LEFT_OUT = frozenset(("origin", "cases", "waive", "format", "id", "version", "extends", "issued",
                       "in_force", "sections", "stars", "judgements", "title", "basis", "note"))  # fmt: skip
_AT = Origin("--set")


class Refused(Exception):
    """A setting that cannot be made; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Place:
    """One word that can be set: `read` makes its value from text, `put` the rulebook with it."""

    read: Callable[[str], Any]
    put: Callable[[Any], Rulebook]


def with_settings(book: Rulebook, settings: Mapping[str, str]) -> Rulebook:
    """The rulebook with every path set to its text; raises Refused."""
    for path, text in settings.items():
        known = places(book)
        place = known.get(path)
        if place is None:
            hint = did_you_mean(path, known, "例如 stars.5.from、items.2.1.points")
            raise Refused(f"没有“{path}”这个位置，{hint}")
        try:
            book = place.put(place.read(text))
        except (ValidationError, PydanticCustomError) as error:
            raise Refused(f"{path}：{_reason(error)}") from None
    return book


def _reason(error: ValidationError | PydanticCustomError) -> str:
    if isinstance(error, PydanticCustomError):
        return error.message()
    detail = error.errors(include_url=False)[-1]
    context = detail.get("ctx", {})
    fault = context.get("fault")
    if isinstance(fault, Fault):
        return f"{fault.message}，{fault.remedy}" if fault.remedy else fault.message
    choices = str(context.get("expected", "")).replace("'", "").replace(" or ", "、")
    return f"“{detail['input']}”应为 {choices}" if choices else f"“{detail['input']}”不能用在这里"


def places(book: Rulebook) -> dict[str, Place]:
    """Every word that can be set, by its path."""
    return dict(_book(book))


Put = Callable[[Any], Rulebook]
Found = Iterator[tuple[str, Place]]


def _book(book: Rulebook) -> Found:
    yield from _block(book, "", lambda changed: changed)
    for number, section in enumerate(book.sections):
        put = partial(_with, book, "sections", number)
        yield from _block(section, f"sections.{section.title}.", put, ("items",))
        yield from _items(section, put)
    for name, key in (("stars", "star"), ("judgements", "id")):
        for number, each in enumerate(getattr(book, name)):
            put = partial(_with, book, name, number)
            yield from _block(each, f"{name}.{getattr(each, key)}.", put, (key,))


def _items(section: Section, put: Put) -> Found:
    for number, item in enumerate(section.items):
        inner = partial(_inside, put, section, "items", number)
        yield from _block(item, f"items.{item.id}.", inner)


def _with(block: Any, name: str, number: int, changed: Any) -> Any:
    """A block with one entry of a list changed."""
    held = getattr(block, name)
    return block.model_copy(update={name: (*held[:number], changed, *held[number + 1 :])})


def _inside(put: Put, block: Any, name: str, number: int, changed: Any) -> Rulebook:
    return put(_checked(_with(block, name, number, changed)))


def _block(block: Block, head: str, put: Put, skip: tuple[str, ...] = ()) -> Found:
    """The words of a block and of all blocks in it."""
    kind = type(block)
    forms = block.FORMS if isinstance(block, Forms) else ()
    for name, info in kind.model_fields.items():
        other_form = word_of(kind, name) in forms and getattr(block, name) is None
        if name in skip or name in _LEFT_OUT or other_form:
            continue
        path = f"{head}{word_of(kind, name)}"
        put_here = partial(_put_word, block, name, put)
        yield from _word(getattr(block, name), info, path, put_here)


def _put_word(block: Block, name: str, put: Put, value: Any) -> Rulebook:
    return put(_checked(block.model_copy(update={name: value})))


def _checked(block: Any) -> Any:
    """The block, once what holds for it as a whole still holds."""
    for validator in type(block).__pydantic_decorators__.model_validators.values():
        if validator.info.mode == "after":
            validator.func(block)
    return block


def _word(value: Any, info: Any, path: str, put: Put) -> Found:
    if isinstance(value, Block):
        yield from _block(value, f"{path}.", put)
    elif isinstance(value, tuple) and value and all(isinstance(each, Block) for each in value):
        for number, each in enumerate(value):
            inner = partial(_put_entry, value, number, put)
            yield from _block(each, f"{path}.{number + 1}.", inner)
    elif isinstance(value, Mapping):
        yield from _mapping(value, info, path, put)
    elif value is None and (made := _absent(info.annotation)) is not None:
        for name, inner_info in made.model_fields.items():
            if name not in _LEFT_OUT:
                word = word_of(made, name)
                make = partial(_made, made, word)
                if _inner_block(inner_info.annotation) is None:
                    yield f"{path}.{word}", Place(make, put)
    else:
        yield path, Place(partial(_read, info), put)


def _put_entry(held: tuple[Any, ...], number: int, put: Put, changed: Any) -> Rulebook:
    return put((*held[:number], changed, *held[number + 1 :]))


def _mapping(value: Mapping[str, Any], info: Any, path: str, put: Put) -> Found:
    for key, each in value.items():
        inner = partial(_put_key, value, key, put)
        if isinstance(each, Block):
            yield from _block(each, f"{path}.{key}.", inner)
        elif isinstance(each, tuple):
            yield f"{path}.{key}", Place(_words, inner)
        elif not isinstance(each, Mapping):
            amounts = "AmountOrMap" in str(info) or path.rpartition(".")[2] in _AMOUNTS
            yield f"{path}.{key}", Place(to_amount_of if amounts else to_number_of, inner)


_AMOUNTS = frozenset(("deduct", "add", "score"))


def to_amount_of(text: str) -> Any:
    """A number, or a person's range."""
    return to_amount(_scalar(text))


def to_number_of(text: str) -> Any:
    """A number."""
    return to_number(_scalar(text))


def _put_key(value: Mapping[str, Any], key: str, put: Put, changed: Any) -> Rulebook:
    return put({**value, key: changed})


def _absent(annotation: Any) -> type[Block] | None:
    """The block that an optional word would hold, where one of its words alone makes sense."""
    made = _inner_block(annotation)
    return None if made is None or issubclass(made, Forms) else made


def _inner_block(annotation: Any) -> type[Block] | None:
    for each in (annotation, *get_args(annotation)):
        if isinstance(each, type) and issubclass(each, Block):
            return each
    return None


def _made(block: type[Block], word: str, text: str) -> Block:
    return block.model_validate({word: _scalar(text)})


def _read(info: Any, text: str) -> Any:
    """The value of a word from text; empty text takes an optional word away."""
    if not text.strip() and not info.is_required():
        return info.get_default(call_default_factory=True)
    kind: Any = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    try:
        return adapter.validate_python(_scalar(text))
    except ValidationError as error:
        try:
            return adapter.validate_python(_split(text))
        except ValidationError:
            raise error from None


def _words(text: str) -> tuple[str, ...]:
    return tuple(str(each) for each in _split(text))


def _split(text: str) -> list[Scalar]:
    return [_scalar(each) for each in text.replace(",", "、").split("、") if each.strip()]


def _scalar(text: str) -> Scalar:
    return Scalar(text.strip(), _AT, quoted=False)
