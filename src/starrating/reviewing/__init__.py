"""A review from request to results: plan, rules, records, evaluation, archive."""

from __future__ import annotations

from starrating.reviewing.request import Outcome, Request, is_archive
from starrating.reviewing.run import check_data, run

__all__ = ["Outcome", "Request", "check_data", "is_archive", "run"]
