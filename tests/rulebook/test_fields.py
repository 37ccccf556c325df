"""What the text of a field may be."""

import pytest
from pydantic_core import PydanticCustomError

from starrating.rulebook.fields import to_month_day


@pytest.mark.parametrize("text", ["09-01", "12-31", "02-29"])
def test_a_day_of_every_year(text: str) -> None:
    """Month and day in two digits each, blanks around them left away."""
    assert to_month_day(f" {text} ") == text


@pytest.mark.parametrize("text", ["九月", "9-1", "13-01", "04-31", "2024-09-01", "", 901])
def test_no_day_of_every_year(text: object) -> None:
    """Anything else, and a day that no year has."""
    with pytest.raises(PydanticCustomError):
        to_month_day(text)
