"""A review's results as data: one frozen row type for each csv file that goes out.

Every field stands in the order of its csv column. Numbers are Decimal (already rounded as they
are printed); None is an empty cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from starrating.faults import Fault


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """subjects.csv: one organisation under one rulebook."""

    rulebook: str
    code: str
    name: str
    kind: str | None
    town: str | None
    parent: str | None
    rated: bool
    total_low: Decimal | None
    total_high: Decimal | None
    band: int | None
    star_low: int | None
    star_high: int | None
    star: int | None
    state: str
    recommended: bool
    lagging: bool
    last_star: int | None
    decided_star: str | None
    final_star: str | None
    reasons: str | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """items.csv: one item of one organisation; state is scored, not_applicable, no_data or awaiting_person."""

    rulebook: str
    code: str
    item: str
    title: str
    points: Decimal | None
    score_low: Decimal
    score_high: Decimal
    state: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """findings.csv: one step of the arithmetic or of the way to the star (semantics.md step 14).

    `detail` is canonical JSON; `rule` is file:line; `sources` are cells joined by "; ";
    `message` is the code of the sentence template and `text` the sentence.
    """

    finding: str
    rulebook: str
    code: str
    item: str | None
    clause: str | None
    kind: str
    quantity: Decimal | None
    points: Decimal | None
    detail: str | None
    set_aside: bool
    rule: str | None
    sources: str | None
    message: str
    text: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """tasks.csv: one rectification task (semantics.md step 15); kind is 立行立改, 限期整改 …"""

    task: str
    code: str
    item: str | None
    problem: str | None
    findings: str | None
    task_text: str
    owner: str | None
    kind: str | None
    issued: date | None
    due: str | None
    status: str
    carried_from: str | None
    repeated: bool


@dataclass(frozen=True, slots=True)
class FlagRow:
    """flags.csv: one flag of one organisation by one case (judgement)."""

    rulebook: str
    code: str
    flag: str
    case: str
    state: str
    evidence: str | None
    missing_evidence: str | None


@dataclass(frozen=True, slots=True)
class RatingRow:
    """ratings.csv: one rater's figure; `used` says which one counted."""

    rulebook: str
    code: str
    item: str
    rater: str
    scorer: str | None
    score: str | None
    reason: str | None
    date: date | None
    used: bool


@dataclass(frozen=True, slots=True)
class ItemHead:
    """One item as the sheets print it: for column heads and order."""

    rulebook: str
    id: str
    title: str
    section: str
    points: Decimal | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class RulebookHead:
    """One rulebook version that took part, and the sentence that says why it was chosen (Chinese)."""

    id: str
    version: str
    title: str
    why: str
    path: str
    rates: bool
    stars: tuple[tuple[int, str | None], ...] = ()
    named_by: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """待定事项: one matter a person must settle: a missing fact, a person's number, a tie, a proposal."""

    code: str
    name: str
    kind: str
    subject: str
    text: str
    effect: str | None


@dataclass(frozen=True, slots=True)
class Heading:
    """What a review is called and covers; unknown office facts stay None and print as ______."""

    title: str
    period: str
    period_from: date
    period_until: date
    cut_off: date
    stage: str
    level: str | None = None
    issued: date | None = None
    progress_run: bool = False
    named: bool = False
    office: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeadroomRow:
    """晋星差距 of one organisation under one rulebook; derived, in no csv file.

    `star` is the next star, `edge` its points, `gap` what lacks (0: the points suffice). `heal`
    are the findings whose healing reaches the edge, with the `total` it leads to and the `days`
    until the last is done (0 where no length is known); None where that could not be told or no
    healing reaches it. `told` says what the star asks beside its points, or what kept it.
    """

    rulebook: str
    code: str
    star: int
    edge: Decimal
    gap: Decimal
    heal: tuple[str, ...] | None
    days: int | None
    total: Decimal | None
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnusedRow:
    """可停报项目: one supplied column that no rulebook of this review reads."""

    file: str
    sheet: str
    column: str
    filled: int


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One row of the supplied 问题清单, as printed in results.xlsx (texts as supplied)."""

    number: str
    code: str
    name: str
    values: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """changes.csv: one row that changed.

    `row` is what the row is about within its organisation; `columns` are the names of those that
    changed, joined by "; "; `then` and `now` are texts, None where the row did not stand.
    """

    table: str
    rulebook: str | None
    code: str
    row: str | None
    change: str
    columns: str | None
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a corrected review replaces: that archive's content digest and 结果编号, the reason,
    and every row that changed."""

    digest: str
    number: str
    reason: str
    changes: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """Everything a review found; rows in the order of semantics.md, "Determinism".

    `computed` are the results without people's part, where people took part (step 16): results
    like these, with none of their own.
    `digest` is the SHA-256 (hex) over the canonical csv files; its first 12 digits are 结果编号.
    """

    heading: Heading
    rulebooks: tuple[RulebookHead, ...]
    item_heads: tuple[ItemHead, ...]
    subjects: tuple[SubjectRow, ...]
    items: tuple[ItemRow, ...]
    findings: tuple[FindingRow, ...]
    tasks: tuple[TaskRow, ...]
    flags: tuple[FlagRow, ...]
    ratings: tuple[RatingRow, ...]
    faults: tuple[Fault, ...]
    pending: tuple[Pending, ...] = ()
    unused: tuple[UnusedRow, ...] = ()
    problems: tuple[ProblemRow, ...] = ()
    decisions: tuple[Mapping[str, str], ...] = ()
    computed: Results | None = None
    correction: Correction | None = None
    headroom: tuple[HeadroomRow, ...] = ()
