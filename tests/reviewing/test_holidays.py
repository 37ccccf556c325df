"""The holidays a review used stay with its archive."""

import json
from datetime import date

from starrating.records.calendar import Calendar, YearCalendar
from starrating.reviewing.holidays import FILE, built_in_days, with_built_in


def kept(issued):
    return with_built_in(Calendar(), built_in_days(issued).get(FILE))


def test_the_kept_days_are_the_built_in_ones():
    """Every day of the years kept is a working day or not, as when the review was run."""
    calendar, plain = kept(date(2023, 12, 1)), Calendar()
    days = [date.fromordinal(n) for n in range(date(2023, 1, 1).toordinal(), 738_886)]
    assert [calendar.is_working(day) for day in days] == [plain.is_working(day) for day in days]
    assert set(calendar.known) == {2023, 2024}


def test_a_year_not_known_then_stays_unknown():
    """Newer built-in data do not change an old result."""
    document = json.dumps({"2023": None}).encode()
    calendar = with_built_in(Calendar(), document)
    assert Calendar().is_working(date(2023, 5, 5)) is True
    assert calendar.is_working(date(2023, 5, 5)) is None


def test_the_offices_own_year_wins():
    """A year the office wrote goes before what was built in."""
    own = YearCalendar(2023, "文", frozenset((date(2023, 5, 5),)), frozenset())
    calendar = with_built_in(Calendar({2023: own}), built_in_days(date(2023, 1, 1))[FILE])
    assert calendar.is_working(date(2023, 5, 5)) is False


def test_without_a_date_of_issue_nothing_is_kept():
    """No deadline was computed, so no holiday was used."""
    assert built_in_days(None) == {}
    assert kept(None) == Calendar()
