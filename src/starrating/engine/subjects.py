"""Which organisations a review is of, and which of them are rated (step 1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from starrating.engine.codes import CODES
from starrating.engine.expressions.formulas import judge
from starrating.engine.facts import SubjectFacts
from starrating.engine.groups.batch import Batch
from starrating.engine.scope import Scope, at_cut_off, existed, last_star, roll_star, window
from starrating.engine.setting import Setting
from starrating.engine.values import NO, NONE, YES, Truth
from starrating.faults import Fault
from starrating.records.model import Organisation
from starrating.schema import ORGANISATIONS, DateKind

Report = Callable[[Fault], None]
"""Takes a fault that was met on the way."""


def scopes(setting: Setting, report: Report) -> list[Scope]:
    """The organisations in scope, in code order: `where` holds, and they existed in the period."""
    found = []
    for organisation in sorted(setting.records.organisations, key=lambda each: each.code):
        if not existed(setting, organisation):
            continue
        scope = Scope(organisation, True, (), window(setting, organisation))
        facts = SubjectFacts(setting, scope, report, Batch().measure)
        if _inside(setting, facts) is NO:
            continue
        if organisation.row.value("领域") is None and _asks_domain(setting):
            report(CODES.fault("E113", organisation.row.place("领域")))
        found.append(_rated(setting, organisation, facts, scope))
    return found


def surely_in_scope(setting: Setting) -> list[Organisation]:
    """The organisations that `where` takes whatever the missing facts turn out to be, in code order."""
    found = []
    untold: list[Fault] = []
    for organisation in sorted(setting.records.organisations, key=lambda each: each.code):
        scope = Scope(organisation, True, (), window(setting, organisation))
        facts = SubjectFacts(setting, scope, untold.append, Batch().measure)
        if existed(setting, organisation) and _inside(setting, facts) is YES:
            found.append(organisation)
    return found


def _inside(setting: Setting, facts: SubjectFacts) -> Truth:
    where = setting.book.subjects.where
    return judge(where, facts) if where is not None else YES


def _asks_domain(setting: Setting) -> bool:
    """Whether the roll has the column 领域 at all (a case may leave it out)."""
    roll = setting.records.tables.get(ORGANISATIONS)
    return roll is not None and "领域" in roll.columns


def _rated(
    setting: Setting, organisation: Organisation, facts: SubjectFacts, scope: Scope
) -> Scope:
    reasons: list[str] = []
    if not at_cut_off(setting, organisation):
        gone = organisation.row.value("撤销日期") is not None
        reasons.append("截止日前已撤销" if gone else "截止日尚未成立")
    condition = setting.book.subjects.rated_when
    if condition is not None and judge(condition, facts) is NO:
        told = organisation.row.value("不参评原因")
        reasons.append(str(told) if told is not None else "不符合参评条件")
    return replace(scope, rated=not reasons, reasons=tuple(reasons))


# --- what is told of them -------------------------------------------------------------------------


def compare_last_star(setting: Setting, organisation: Organisation, report: Report) -> None:
    """A last star on the roll that differs from the archive's is a warning (step 11)."""
    on_roll, last = roll_star(organisation.row), last_star(setting, organisation)
    if on_roll is NONE or on_roll == last or organisation.code not in setting.previous.stars:
        return
    place = organisation.row.place("上年度星级")
    shown = str(organisation.row.value("上年度星级"))
    star = setting.previous.stars[organisation.code]
    report(CODES.fault("E110", place, sheet=shown, archive="未定星" if star is None else star))


def tell_later_events(setting: Setting, organisation: Organisation, report: Report) -> None:
    """Events of 党组织 after the cut-off have not happened yet, and are listed (step 1)."""
    for column in setting.sheet(ORGANISATIONS).columns:
        day = organisation.row.value(column.name)
        if column.date_kind is DateKind.EVENT and isinstance(day, date) and day > setting.cut_off:
            place = organisation.row.place(column.name)
            report(
                CODES.fault("E112", place, column=column.name, date=day, cut_off=setting.cut_off)
            )
