"""The shipped fixtures, reviewed once a session, for the tests that look at their results."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from starrating.reviewing import Request, run
from starrating.reviewing.request import Outcome

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"

REQUESTS = {
    "town-2023": Request(FIXTURES / "town-2023", ROOT / "rules"),
    "town-2023-faults": Request(FIXTURES / "town-2023-faults", ROOT / "rules"),
    "county-mixed": Request(FIXTURES / "county-mixed", FIXTURES / "county-mixed" / "rules"),
}


@cache
def outcome(name: str) -> Outcome:
    """The review of a fixture."""
    return run(REQUESTS[name])


def with_judge(name: str, judge: str) -> Outcome:
    """The review of a fixture, chained by the judge of that name."""
    return run(replace(REQUESTS[name], judge=judge))
