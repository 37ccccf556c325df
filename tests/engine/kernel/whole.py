"""Holds the kernel's columns to the reference evaluation: items, sections, totals, flags, stars."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import zip_longest

from starrating.engine import reference
from starrating.engine.findings import findings_of, flag_states
from starrating.engine.kernel.evaluate import review_columns
from starrating.engine.kernel.findings import finding_columns
from starrating.engine.kernel.grading import GradeReader
from starrating.engine.kernel.plan import compile_measures
from starrating.engine.kernel.scoring.items import STATES
from starrating.engine.kernel.tasks import Issue, losses_of, tasks_of
from starrating.engine.kernel.values.decode import decoded
from starrating.engine.tasks.causes import losses
from starrating.engine.tasks.ledgers import duties, ledger, with_ledger
from starrating.engine.tasks.rectify import strangers
from starrating.engine.values import Truth
from starrating.number import round_half_up, to_decimal
from starrating.records import Calendar
from starrating.reviewing import evaluations
from starrating.rulebook.stages import late_measures


def interval(numbers, place):
    return decoded(numbers, place)


def truth(truths, place):
    return Truth(int(truths.sure[place]) + int(truths.may[place]))


def fired(masks, place):
    return frozenset(name for name, mask in masks.items() if mask[place])


def facets(columns, place):
    """What the kernel says of one subject, by name."""
    scores = columns.scores
    found = {}
    for item in columns.before:
        found["before", item.placed.item.id] = interval(item.score, place)
    for item in scores.items:
        found["item", item.placed.item.id] = (
            interval(item.score, place),
            interval(item.inside, place),
            STATES[int(item.state[place])],
            truth(item.applies, place),
        )
    for part in scores.total.sections:
        name = part.section.title
        found["section", name] = interval(part.score, place), truth(part.alive, place)
    found["total"] = interval(scores.total.value, place)
    found["shown"] = scores.shown.fraction(place)
    for stage, outcome in (("1", scores.first), ("2", columns.second)):
        found["sure", stage] = fired(outcome.sure, place)
        found["possible", stage] = fired(outcome.possible, place)
        for world, masks in outcome.worlds.items():
            found[world, stage] = fired(masks, place)
    found["flags"] = columns.flags.at(place)
    found["rated"] = bool(columns.rated.rated[place])
    found["lagging"] = bool(columns.lagging[place])
    if columns.grades is not None:
        reader = GradeReader(columns.grades, columns.codes, columns.grounds.scale)
        found["grade"] = reader.grade(place)
    for name in late_measures(columns.setting.book):
        found["measure", name] = decoded(columns.concluded.name(name), place)
    return found


def wanted(result):
    """What the reference says of one subject, by the same names."""
    found = {}
    for item in result.items:
        found["before", item.item.id] = item.score
    for item in result.final_items:
        found["item", item.item.id] = item.score, item.inside, item.state, item.applies
    for part in result.total.sections:
        found["section", part.section.title] = part.score, part.alive
    found["total"] = result.total.value
    found["shown"] = result.shown_total
    for stage, outcome in (("1", result.judged.first), ("2", result.judged.second)):
        found["sure", stage] = outcome.sure
        found["possible", stage] = outcome.possible
        for world, ids in outcome.effects.items():
            found[world, stage] = ids
    found["flags"] = result.judged.flags
    found["rated"] = result.scope.rated
    found["lagging"] = result.lagging
    if result.grade is not None:
        found["grade"] = result.grade
    for name in late_measures(result.facts.setting.book):
        found["measure", name] = result.facts.measured(name).value
    return found


def whole_differences(evaluation, decided):
    """(how many facets were compared, lines that name each one that differs)."""
    columns = review_columns(evaluation.setting, decided, "native")
    codes = tuple(result.code for result in evaluation.subjects)
    if columns.codes != codes:
        return 1, [f"subjects {codes}, kernel {columns.codes}"]
    count, lines = findings_differences(evaluation, columns)
    more, others = tasks_differences(evaluation, columns)
    count, lines = count + more, lines + others
    for place, result in enumerate(evaluation.subjects):
        own, other = facets(columns, place), wanted(result)
        count += len(other)
        lines.extend(
            f"{result.code} {name}: {other.get(name)}, kernel {own.get(name)}"
            for name in dict.fromkeys((*other, *own))
            if own.get(name) != other.get(name)
        )
    return count, lines


def findings_differences(evaluation, columns):
    """The same of the findings as columns: node, sentence, points and quantity of every row."""
    told = finding_columns(columns)
    own = {code: [] for code in columns.codes}
    for row in range(len(told)):
        node = told.nodes[told.node[row]]
        points = quantity = None
        if told.has_points[row]:
            points = short(Fraction(int(told.low[row]), int(told.den[row])))
        if told.has_quantity[row]:
            quantity = short(Fraction(int(told.counted[row]), int(told.counted_den[row])))
        message = told.messages[told.message[row]]
        own[columns.codes[told.subject[row]]].append(
            (node.item, node.clause, node.kind, message, points, quantity)
        )
    count, lines = 0, []
    for result in evaluation.subjects:
        rows = findings_of(evaluation, result, flag_states(evaluation, result))
        wanted = [(r.item, r.clause, r.kind, r.message, r.points, r.quantity) for r in rows]
        count += len(wanted)
        if wanted != own[result.code]:
            pairs = zip_longest(wanted, own[result.code])
            first = next(pair for pair in pairs if pair[0] != pair[1])
            lines.append(f"{result.code} finding {first[0]}, kernel {first[1]}")
    return count, lines


def tasks_differences(evaluation, columns, problems=True):
    """The same of the tasks as columns: every column of tasks.csv that is no sentence."""
    setting, calendar = evaluation.setting, Calendar()
    findings = {
        each.code: findings_of(evaluation, each, flag_states(evaluation, each))
        for each in evaluation.subjects
    }
    issue = Issue(setting, calendar)
    lost = [*losses(evaluation, findings, problems=problems)]
    entries = [*ledger(setting.records)]
    before = with_ledger(setting.previous, setting.book, setting.records, setting.period).tasks
    rows, warnings = issue.tasks(lost, duties(setting.book), entries, before)
    stages = zip(columns.stages, (columns.scores.first, columns.second), strict=True)
    found = tasks_of(losses_of(columns, problems=problems), issue, stages, columns.flags.rejected)
    wanted = [row_of(row, issue.prefix) for row in rows]
    own = [*rows_of(found.columns)]
    lines = [f"task {one}, kernel {two}" for one, two in zip_longest(wanted, own) if one != two]
    undated = Counter(dict(parts)["year"] for code, parts in warnings if code == "E114")
    if undated != found.undated:
        lines.append(f"undated {undated}, kernel {found.undated}")
    strange = strangers(entries, rows, before)
    if bool(strange) != bool(found.strangers):
        lines.append(f"strangers {strange}, kernel {found.strangers}")
    return len(wanted), lines


def row_of(row, prefix):
    """A row of tasks.csv without its sentences; of a problem without a number, none is told."""
    key = row.task.removeprefix(f"{prefix}-{row.code}-")
    key = None if key.startswith("case.yaml") else key
    told = [each.removeprefix(f"{row.code}-") for each in (row.findings or "").split("; ")]
    return (
        row.code, key, row.item, "; ".join(told) or None, row.kind, row.issued, row.due,
        str(row.status), row.carried_from, row.repeated,
    )  # fmt: skip


def rows_of(columns):
    """The same of the kernel's columns."""
    rows = zip(columns.subject, columns.key, columns.form, strict=True)
    for subject, key, form in rows:
        told = columns.forms[form]
        yield (
            columns.codes[subject],
            columns.keys[key] if key >= 0 else None,
            told.item, told.findings, told.kind, told.issued,
            told.due.isoformat() if told.due else told.within,
            told.status, told.carried_from, told.repeated,
        )  # fmt: skip


def short(number):
    """A number as a finding's row has it."""
    if (number * 10**12).denominator != 1:
        number = round_half_up(number, 4)
    return to_decimal(number)


@dataclass
class Found:
    """What the kernel was held to: reviews, subjects, facets, and each difference."""

    reviews: int = 0
    subjects: int = 0
    count: int = 0
    lines: list = field(default_factory=list)


@contextmanager
def held(monkeypatch):
    """While it lasts, every review by the reference is run by the kernel as well."""
    found = Found()

    def both(setting, decided=None, prefer=None):
        evaluation = reference.evaluate(setting, decided, prefer)
        if not compile_measures(setting.book).refused:
            count, lines = whole_differences(evaluation, decided)
            found.reviews += 1
            found.subjects += len(evaluation.subjects)
            found.count += count
            found.lines += lines
        return evaluation

    monkeypatch.setattr(evaluations, "evaluate", both)
    yield found
    monkeypatch.undo()
