"""Measures of every form, each reading those before it (docs/language/measures.md)."""

from __future__ import annotations

from typing import Any

from equality.dice import Dice
from equality.formulas import ROLL_ONLY, Formulas, Names, names_of_rows
from equality.world import DATE, NUMBER, OTHER, PAST, ROLL, SHEETS, TEXT, TRUTH, words_of

Written = dict[str, Any]
EVERY = (
    "month",
    "quarter",
    "half",
    "year",
    "上学期",
    "寒假",
    "rolling 4 months",
    "rolling 6 months",
)
GRACE = ("7 days", "10 days", "1 months", "2 weeks")
DATED = ("组织生活", "问题清单", "表彰奖励", "负面情形", "收支")
"""Sheets whose rows are events of one day."""


class Measures:
    """Writes measures one after the other, and knows the kinds of those that stand."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.written: dict[str, Written] = {}
        self.kinds: dict[str, str] = {}
        self.columns: dict[str, str] = {}
        self.rows: dict[str, str] = {}
        """Count-measures with their sheets."""
        self.apart: set[str] = set()
        """Those that look at other organisations, themselves or by what they read."""

    def names(self, *, apart: bool = True) -> Names:
        """What reads measures: they, the roll and the built-ins; with or without those `apart`."""
        kinds = {kind: [*ROLL_ONLY.of(kind)] for kind in (NUMBER, DATE, TEXT, TRUTH)}
        for name, kind in self.kinds.items():
            if apart or name not in self.apart:
                kinds[kind] = [*kinds[kind], name, name]
        return Names(kinds, columns=self.columns)

    def draw(self, count: int) -> None:
        """So many more."""
        for _ in range(count):
            form = self.dice.one(
                (self._counted, self._figure, self._figure, self._picked, self._units, self._units,
                 self._late, self._late_rows, self._poll, self._field, self._value, self._value,
                 self._rank, self._together, self._review, self._elsewhere)
            )  # fmt: skip
            self.add(*form())

    def add(self, written: Written, kind: str, *, apart: bool = False) -> str:
        """One more, by the next name."""
        name = self._coming
        text = str(written)
        if apart or any(other in text for other in self.apart):
            self.apart.add(name)
        self.written[name] = written
        self.kinds[name] = kind
        return name

    @property
    def _coming(self) -> str:
        """The name that the next one gets."""
        return f"指标{len(self.written) + 1}"

    def numbers(self) -> list[str]:
        """The names of those that are numbers."""
        return [name for name, kind in self.kinds.items() if kind == NUMBER]

    def _formulas(self, *, apart: bool = True) -> Formulas:
        return Formulas(self.dice, self.names(apart=apart))

    # --- over rows ---

    def _of_rows(self, sheet: str) -> tuple[Written, Formulas]:
        """What measures over rows share: the sheet, and perhaps a condition and more years."""
        own = Formulas(self.dice, names_of_rows(sheet))
        written: Written = {"sheet": sheet}
        if self.dice.maybe(55):
            written["where"] = own.truth(1)
        if self.dice.maybe(12):
            written["look_back"] = self.dice.pick("6 months", "2 years", "40 days")
        return written, own

    def _counted(self) -> tuple[Written, str]:
        sheet = self.dice.one([*SHEETS])
        written, own = self._of_rows(sheet)
        if self.dice.maybe(30):
            kinds = [k for k in (NUMBER, DATE, TEXT, TRUTH) if SHEETS[sheet][k]]
            return {**written, "distinct": own.of_kind(self.dice.one(kinds))}, NUMBER
        self.rows[self._coming] = sheet
        return {**written, "count": "rows"}, NUMBER

    def _amount(self, sheet: str, own: Formulas) -> str:
        """A number of a row, mostly one of its own cells."""
        if SHEETS[sheet][NUMBER] and self.dice.maybe(65):
            return str(self.dice.one(SHEETS[sheet][NUMBER]))
        return own.number(1)

    def _figure(self) -> tuple[Written, str]:
        sheet = self.dice.one([name for name, own in SHEETS.items() if own[NUMBER]])
        written, own = self._of_rows(sheet)
        form = self.dice.pick("sum", "average", "ratio", "share")
        if form == "ratio":
            written[form] = [self._amount(sheet, own), self._amount(sheet, own)]
        elif form == "share":
            written[form] = own.truth(1)
        else:
            written[form] = self._amount(sheet, own)
        if form != "share" and self.dice.maybe(40):
            written["skip_missing"] = True
        if self.dice.maybe(10):
            written |= {"unit": "次", "basis": "第一条"}
        return written, NUMBER

    def _picked(self) -> tuple[Written, str]:
        sheet = self.dice.one([*SHEETS])
        written, own = self._of_rows(sheet)
        form = self.dice.pick("min", "max", "latest")
        kinds = [k for k in (NUMBER, DATE, TEXT, TRUTH) if SHEETS[sheet][k]]
        kind = self.dice.one(kinds)
        if form == "latest" or kind in (TEXT, TRUTH):
            written[form] = self.dice.one(SHEETS[sheet][kind])
            if kind == TEXT:
                self.columns[self._coming] = written[form]
        else:
            written[form] = own.of_kind(kind, 0)
        if self.dice.maybe(30):
            written["skip_missing"] = True
        return written, kind

    def _units(self) -> tuple[Written, str]:
        written, _ = self._of_rows(self.dice.one(DATED))
        if self.dice.maybe(60):
            written["sheet"] = "组织生活"
            written.pop("where", None)
            if self.dice.maybe(60):
                written["where"] = "类型 includes '党课'"
        form = self.dice.pick("missing", "short", "longest_gap")
        if form == "longest_gap":
            return {**written, form: True}, NUMBER
        asked: Written = {"every": self.dice.one(EVERY)}
        if self.dice.maybe(50):
            asked["at_least"] = self.dice.whole(1, 4)
        if self.dice.maybe(50):
            asked["grace"] = self.dice.one(GRACE)
        return {**written, form: asked}, NUMBER

    def _limits(self) -> Written:
        found: Written = {}
        if self.dice.maybe(80):
            found["unit"] = self.dice.pick("month", "day", "week", "quarter", "half", "year")
        if self.dice.maybe(50):
            found["grace"] = self.dice.pick("5 days", "1 months", "2 months", "1 quarters")
        if self.dice.maybe(30):
            found["not_before"] = self.dice.pick("60 days", "3 months", "2 years")
        if self.dice.maybe(40):
            found["if_blank"] = self.dice.pick(0, 1, 0.5)
        return found

    def _late(self) -> tuple[Written, str]:
        own = self._formulas()
        due, done = (own.date(0) for _ in range(2))
        if self.dice.maybe(60):
            due, done = "任期届满日期", "最近换届日期"
        return {"late": {"due": due, "done": done, **self._limits()}}, NUMBER

    def _late_rows(self) -> tuple[Written, str]:
        sheet = self.dice.pick("问题清单", "问题清单", "组织生活", "班子")
        written, own = self._of_rows(sheet)
        due, done = ("整改时限", "销号日期") if sheet == "问题清单" else (own.date(0), own.date(1))
        taken = {"take": self.dice.pick("sum", "max", "rows")} if self.dice.maybe(75) else {}
        return {**written, "late": {"due": due, "done": done, **self._limits(), **taken}}, NUMBER

    def _poll(self) -> tuple[Written, str]:
        written, _ = self._of_rows("民主测评")
        words = words_of("等次")
        held = self.dice.some(words[:3], 2, 3)
        written |= {"values": {word: 100 - 25 * n for n, word in enumerate(held)}, "of": "等次"}
        if self.dice.maybe(70):
            written["weighted_by"] = "票数"
        if self.dice.maybe(70):
            written["leave_out"] = [*words[3:]]
        written |= self.dice.pick({"average": True}, {"sum": "票数"})
        if self.dice.maybe(30):
            written["skip_missing"] = True
        return written, NUMBER

    # --- of the organisation ---

    def _field(self) -> tuple[Written, str]:
        if self.dice.maybe(35):
            column = self.dice.pick("领域", "所属乡镇", "地类")
            held = words_of(column)[:2]
            return {"field": column, "values": dict(zip(held, (1.1, 2), strict=False))}, NUMBER
        kind = self.dice.pick(NUMBER, DATE, TEXT, TRUTH)
        column = self.dice.one(ROLL[kind])
        if kind == TEXT:
            self.columns[self._coming] = column
        return {"field": column}, kind

    def _value(self) -> tuple[Written, str]:
        kind = self.dice.pick(NUMBER, NUMBER, NUMBER, DATE, TRUTH)
        return {"value": self._formulas().of_kind(kind, 2)}, kind

    # --- beyond the organisation ---

    def _rank(self) -> tuple[Written, str]:
        of: Written = {"of": self._formulas().number(1)}
        if self.dice.maybe(50):
            of["among"] = self.dice.pick("所属乡镇", "领域", "上级党组织")
        if self.dice.maybe(50):
            of["order"] = self.dice.pick("low", "high")
        self.apart.add(self._coming)
        return {self.dice.pick("rank", "best"): of}, NUMBER

    def _together(self) -> tuple[Written, str]:
        self.apart.add(self._coming)
        own = self._formulas()
        take = self.dice.pick("mean", "min", "max", "sum", "share", "count")
        found: Written = {"take": take}
        if take not in ("share", "count"):
            found["of"] = own.number(1)
        if take in ("share", "count") or self.dice.maybe(40):
            found["where"] = own.truth(1)
        if self.dice.maybe(50):
            if self.dice.maybe(50):
                found["among"] = self.dice.pick("所属乡镇", "领域", "上级党组织")
            return {"group": found}, NUMBER
        if self.dice.maybe(60):
            found["level"] = self.dice.pick("direct", "all")
        return {"subordinates": found}, NUMBER

    def _review(self) -> tuple[Written, str]:
        found: Written = {"id": PAST, "of": self.dice.pick("total", "star", "1.1")}
        found |= self.dice.pick(
            {},
            {"periods": 2, "take": "average"},
            {"periods": 3, "take": "sum"},
            {"periods": ["2021", "2022"], "take": "latest"},
            {"periods": ["2021", "2022"], "take": "weights", "weights": [0.4, 0.6]},
        )
        return {"review": found}, NUMBER

    def _elsewhere(self) -> tuple[Written, str]:
        self.apart.add(self._coming)
        take = self.dice.pick("mean", "min", "max", "sum", "share", "count")
        found: Written = {"rulebook": OTHER, "take": take}
        if take not in ("share", "count"):
            found["of"] = self.dice.pick("total", "star")
        if take in ("share", "count") or self.dice.maybe(50):
            names = self.names(apart=False).more(NUMBER, "总分", "星级", "总分", "星级")
            found["where"] = Formulas(self.dice, names).truth(1)
        if self.dice.maybe(60):
            found["level"] = self.dice.pick("direct", "all")
        return {"subordinates": found}, NUMBER


def late_measures(measures: Measures, names: Names, count: int) -> list[str]:
    """So many measures that read totals and stars; what else reads only `names` must not read them."""
    dice, added = measures.dice, []
    for _ in range(count):
        own = Formulas(dice, names)
        form = dice.pick("rank", "best", "group", "subordinates", "value")
        if form == "value":
            written: Written = {form: f"{own.number(1)} + 总分"}
        elif form in ("rank", "best"):
            written = {form: {"of": f"总分 + {own.number(0)}", "order": dice.pick("high", "low")}}
        else:
            where = {"where": own.truth(1)} if dice.maybe(40) else {}
            written = {
                form: {
                    "of": f"{own.number(1)} - 星级",
                    "take": dice.pick("mean", "max", "min", "sum"),
                    **where,
                }
            }
        added.append(measures.add(written, NUMBER, apart=True))
    return added
