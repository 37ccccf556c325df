"""Columns as arrays: cells encoded once, and what a cell means by its column's declaration.

A raw column says of an empty cell `BLANK` and of an unreadable one `UNKNOWN`; `meant` gives the
values that rules read. Text is encoded into a vocabulary once; a test of a text is made once for
each entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from starrating.engine.kernel.values.alike import Ints
from starrating.engine.kernel.values.exact import Exact
from starrating.engine.kernel.values.marks import (
    BLANK,
    HELD,
    NONE,
    UNKNOWN,
    Dates,
    States,
    Texts,
    Truths,
)
from starrating.engine.kernel.values.numbers import Numbers, Value, as_numbers
from starrating.records.coded import Coded
from starrating.records.model import UNREADABLE, Answer, AnswerCell, Cell
from starrating.schema import Blank, Column, ColumnType, DateKind

_ANSWERS: Mapping[Answer | None, str | None] = {
    Answer.YES: "yes", Answer.NO: "no", Answer.NOT_APPLICABLE: "not_applicable", None: None,
}  # fmt: skip


def blank(column: Column, n: int) -> Value:
    """A raw column that was not supplied: every cell is empty."""
    return _MAKERS[column.type]([None] * 0, np.full(n, BLANK, np.int8))


def encoded(column: Column, cells: Sequence[Cell]) -> Value:
    """A raw column of these cells."""
    state = np.fromiter(
        (BLANK if cell is None else UNKNOWN if cell is UNREADABLE else HELD for cell in cells),
        np.int8,
        len(cells),
    )
    return _MAKERS[column.type](cells, state if state.any() else None)


def encoded_at(column: Column, cells: Coded[Cell], at: Ints) -> Value:
    """A raw column of the cells of these rows; each that stands there is encoded once."""
    codes = np.array(cells.codes, np.int64)[at]
    there = np.zeros(len(cells.words), np.bool_)
    there[codes] = True
    words = [cells.words[code] for code in np.flatnonzero(there).tolist()]
    return encoded(column, words).take((np.cumsum(there) - 1)[codes])


def _texts(cells: Sequence[Any], state: States | None) -> Texts:
    if state is None:
        places = {cell: code for code, cell in enumerate(dict.fromkeys(cells))}
        codes = np.fromiter(map(places.__getitem__, cells), np.int32, len(cells))
        return Texts(codes, tuple(places), state)
    places = {}
    codes = _coded(cells, state, lambda cell: places.setdefault(cell, len(places)))
    return Texts(codes, tuple(places), state)


def _answers(cells: Sequence[Any], state: States | None) -> Texts:
    """Answers by word; one word has one meaning (records/cells.py)."""
    places: dict[str, int] = {}
    meanings: list[str | None] = []

    def code(cell: AnswerCell) -> int:
        if cell.word not in places:
            places[cell.word] = len(places)
            meanings.append(_ANSWERS[cell.meaning])
        return places[cell.word]

    codes = _coded(cells, state, code)
    return Texts(codes, tuple(places), state, tuple(meanings))


def _coded(
    cells: Sequence[Any], state: States | None, code: Callable[[Any], int]
) -> np.ndarray[Any, np.dtype[np.int32]]:
    n = len(cells) if state is None else len(state)
    codes = np.zeros(n, np.int32)
    for place, cell in enumerate(cells):
        if state is None or state[place] == HELD:
            codes[place] = code(cell)
    return codes


def _numbers(cells: Sequence[Any], state: States | None) -> Numbers:
    if state is None:
        return Numbers.known(Exact.of(list(cells)))
    nil = Fraction(0)
    held = [cell if isinstance(cell, Fraction) else nil for cell in cells]
    exact = Exact.of(held) if held else Exact.at(0, len(state))
    return Numbers.known(exact, state)


def _dates(cells: Sequence[Any], state: States | None) -> Dates:
    n = len(cells) if state is None else len(state)
    days = np.ones(n, np.int32)
    for place, cell in enumerate(cells):
        if isinstance(cell, date):
            days[place] = cell.toordinal()
    return Dates(days, state)


def _truths(cells: Sequence[Any], state: States | None) -> Truths:
    n = len(cells) if state is None else len(state)
    sure = np.zeros(n, np.bool_)
    for place, cell in enumerate(cells):
        sure[place] = cell is True
    return Truths.held(sure, state)


_MAKERS: dict[ColumnType, Callable[[Sequence[Any], States | None], Value]] = {
    ColumnType.TEXT: _texts,
    ColumnType.CODE: _texts,
    ColumnType.NUMBER: _numbers,
    ColumnType.DATE: _dates,
    ColumnType.TRUTH: _truths,
    ColumnType.ANSWER: _answers,
}


def meant(column: Column, raw: Value, cut_off: int) -> Value:
    """The values of a raw column: blanks by the declaration (step 4), an event after the cut-off
    as not happened yet (step 1)."""
    state = raw.state
    if isinstance(raw, Texts) and column.blank_means is not None and state is not None:
        words = (*raw.vocabulary, column.blank_means)
        empty = state == BLANK
        codes = np.where(empty, len(raw.vocabulary), raw.codes)
        return _unique(Texts(codes, words, np.where(empty, np.int8(HELD), state)))
    if state is not None and column.blank is Blank.NONE:
        state = np.where(state == BLANK, np.int8(NONE), state)
    if isinstance(raw, Dates):
        if column.date_kind is DateKind.EVENT:
            late = raw.days > cut_off
            if state is not None:
                late &= state == HELD
            if late.any():
                held = np.zeros(len(raw), np.int8) if state is None else state
                state = np.where(late, np.int8(NONE), held)
        return Dates(raw.days, state)
    if state is raw.state:
        return raw
    if isinstance(raw, Numbers):
        return Numbers.known(raw.low, state)
    if isinstance(raw, Truths):
        return Truths.held(raw.sure, state)
    return Texts(raw.codes, raw.vocabulary, state, raw.meanings)


def _unique(texts: Texts) -> Texts:
    """The same texts over a vocabulary in which each stands once."""
    places = {text: place for place, text in enumerate(dict.fromkeys(texts.vocabulary))}
    table = np.array([places[text] for text in texts.vocabulary], np.int32)
    return Texts(table[texts.codes], tuple(places), texts.state)


__all__ = ["as_numbers", "blank", "encoded", "encoded_at", "meant"]
