"""`late`: how many begun units lie between a limit and the day it was done (step 4)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from starrating.engine import days
from starrating.engine.values import NONE, UNLIMITED, Interval, Unknown, Value
from starrating.rulebook.fields import Span
from starrating.rulebook.model import Late

_MONTHLY = frozenset(days.MONTHS)
_DEFAULT_NOT_BEFORE = Span(12, "month")


def late(rule: Late, due: Value, done: Value, cut_off: date) -> Interval:
    """Begun units after the limit; 0 up to and on it.

    The limit is due + grace. The k-th unit ends at due + grace + k units, computed from due when
    grace and unit are of one kind, else from the limit. Done blank: not done, counted to the
    cut-off; done earlier than `not_before` (default due − 12 months) belongs to an earlier round
    and counts as not done. Due blank: unknown unless `if_blank`.
    """
    if not isinstance(due, date):
        if rule.if_blank is not None and (due is NONE or (isinstance(due, Unknown) and due.blank)):
            return Interval.at(rule.if_blank)
        return UNLIMITED
    if isinstance(done, date) and done > cut_off:
        done = NONE
    at_cut_off = _begun(rule, due, cut_off)
    if isinstance(done, Unknown) and not done.blank:
        return Interval(Fraction(0), Fraction(at_cut_off))
    return Interval.at(_begun(rule, due, _done_on(rule, due, done, cut_off)))


def _done_on(rule: Late, due: date, done: Value, cut_off: date) -> date:
    if not isinstance(done, date):
        return cut_off
    span = rule.not_before or _DEFAULT_NOT_BEFORE
    earliest = days.add(due, -span.count, span.unit)
    return cut_off if done < earliest else done


def _begun(rule: Late, due: date, day: date) -> int:
    count = 0
    while day > unit_end(rule, due, count):
        count += 1
    return count


def unit_end(rule: Late, due: date, number: int) -> date:
    """The last day of the `number`-th unit after the limit; number 0 is the limit itself."""
    grace = rule.grace or Span(0, rule.unit)
    one_kind = (grace.unit in _MONTHLY) == (rule.unit in _MONTHLY)
    if one_kind and rule.unit in _MONTHLY:
        months = grace.count * days.MONTHS[grace.unit] + number * days.MONTHS[rule.unit]
        return days.add(due, months, "month")
    return days.add(days.add(due, grace.count, grace.unit), number, rule.unit)
