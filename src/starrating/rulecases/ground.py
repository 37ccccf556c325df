"""The review that a case stands for: its plan, its data, and what earlier reviews left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from starrating.engine.elsewhere import Figures, PastReview
from starrating.engine.judge import Preference
from starrating.engine.scope import default_cut_off
from starrating.engine.setting import Previous
from starrating.engine.tasks.model import EarlierTask, earlier_task
from starrating.engine.values import ANY, NONE, Interval
from starrating.number import exact
from starrating.records import Calendar, Period, records_from_rows
from starrating.results.model import Heading, TaskRow
from starrating.reviewing.ground import Ground
from starrating.rulebook.model import Case, Rulebook
from starrating.rulebook.sheets import schema_of


def period_of(book: Rulebook, case: Case) -> Period | None:
    """The period of a case's plan; None where it names none."""
    terms = {name: (term.from_, term.until) for name, term in book.terms.items()}
    return Period.parse(case.plan.period, terms)


def ground_of(book: Rulebook, case: Case, prefer: Preference | None = None) -> Ground:
    """The review that a case stands for."""
    period = period_of(book, case)
    if period is None:
        raise ValueError(f"{case.origin}: {case.plan.period} is no period")
    cut_off = case.plan.cut_off or default_cut_off(period.end, [book])
    heading = Heading(
        title=case.title,
        period=period.name,
        period_from=period.start,
        period_until=period.end,
        cut_off=cut_off,
        stage=case.plan.stage or "初评",
        level=case.plan.level,
        issued=case.issued,
        progress_run=cut_off < period.end,
    )
    records = records_from_rows(case.given, schema_of([book]), case.origin.file)
    previous = {book.id: _previous(book, case.previous)}
    others = {id_: _figures(given) for id_, given in case.results.items()}
    books = ((book, "", case.origin.file),)
    return Ground(heading, books, records, Calendar(), previous, prefer, others=others)


def _figures(given: Mapping[str, Any]) -> Mapping[str, Figures]:
    """The results of another rulebook as a case writes them; a star may be none."""
    totals, stars = given.get("totals", {}), given.get("stars", {})
    return {
        str(code): Figures(
            _range(totals[code]) if code in totals else ANY,
            NONE if str(stars.get(code, "none")) == "none" else _range(stars[code]),
        )
        for code in sorted({*totals, *stars}, key=str)
    }


def _range(written: object) -> Interval:
    """A number, or one that is open: {low: 80, high: 90}."""
    if not isinstance(written, Mapping):
        return _score(written)
    low, high = _score(written["low"]), _score(written["high"])
    return low.hull(high)


def _previous(book: Rulebook, given: Mapping[str, Any]) -> Previous:
    stars = {
        str(code): None if str(star) == "none" else int(str(star))
        for code, star in given.get("stars", {}).items()
    }
    flags = {
        str(code): frozenset(flag for flag, state in own.items() if str(state) == "confirmed")
        for code, own in given.get("flags", {}).items()
    }
    tasks = [_earlier(book, row) for row in given.get("tasks", ())]
    reviews = tuple(_past(each) for each in given.get("reviews", ()))
    return Previous(
        stars, flags, tuple(task for task in tasks if task is not None), reviews=reviews
    )


def _past(given: Mapping[str, Any]) -> PastReview:
    """An earlier review as a case writes it, in the order oldest first."""
    return PastReview(
        str(given["rulebook"]),
        str(given["period"]),
        {str(code): _score(total) for code, total in given.get("totals", {}).items()},
        {str(code): int(str(star)) for code, star in given.get("stars", {}).items()},
        {
            str(code): {str(item): _score(score) for item, score in own.items()}
            for code, own in given.get("items", {}).items()
        },
    )


def _score(text: object) -> Interval:
    number = exact(str(text))
    if number is None:
        raise ValueError(f"{text} is no score")
    return Interval.at(number)


def _earlier(book: Rulebook, row: Mapping[str, str]) -> EarlierTask | None:
    texts = {name: str(value) for name, value in row.items()}
    whole = TaskRow(
        task=texts["task"],
        code=texts["code"],
        item=texts.get("item"),
        problem=texts.get("problem"),
        findings=None,
        task_text=texts.get("task_text", ""),
        owner=texts.get("owner"),
        kind=texts.get("kind"),
        issued=date.fromisoformat(texts["issued"]) if "issued" in texts else None,
        due=texts.get("due"),
        status=texts.get("status", "整改中"),
        carried_from=texts.get("carried_from"),
        repeated=texts.get("repeated") == "true",
    )
    return earlier_task(whole, book.id)
