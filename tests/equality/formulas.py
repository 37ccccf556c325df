"""Expressions as text, of the kind that their place asks for (docs/language/expressions.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from equality.dice import Dice
from equality.world import DATE, LISTS, NUMBER, POINTS, ROLL, SHEETS, TEXT, TRUTH, words_of

UNITS = ("days", "weeks", "months", "quarters", "years")
DAYS = ("2023-03-31", "2023-06-15", "2023-10-01", "2022-12-31")


@dataclass(frozen=True)
class Names:
    """What may be read in a place: names by kind, and whether points, flags, item scores may."""

    by_kind: Mapping[str, Sequence[str]]
    points: bool = True
    flags: Sequence[str] = ()
    judged: Sequence[str] = ("flagged", "confirmed", "denied")
    items: Sequence[str] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    """Name of a measure → the column whose words it holds."""

    def of(self, kind: str) -> Sequence[str]:
        """The names of a kind."""
        return self.by_kind.get(kind, ())

    def more(self, kind: str, *names: str) -> Names:
        """The same with further names."""
        return replace(self, by_kind={**self.by_kind, kind: (*self.of(kind), *names)})


ROLL_ONLY = Names(
    {
        **ROLL,
        NUMBER: (*ROLL[NUMBER], "成立满月数", "上年度星级"),
        DATE: (*ROLL[DATE], "截止日", "期初", "期末", "签发日"),
    },
    points=False,
)
"""Before any measure stands: columns of 党组织 and built-ins (step 1)."""


def names_of_rows(sheet: str) -> Names:
    """What a condition on rows of a sheet reads: its columns, and those of 党组织."""
    own = SHEETS[sheet]
    # The sheet's own columns thrice, so that most conditions look at the row.
    return Names(
        {
            kind: (
                *own[kind] * 3,
                *(name for name in ROLL_ONLY.of(kind) if name not in own[kind]),
            )
            for kind in (NUMBER, DATE, TEXT, TRUTH)
        },
        points=False,
    )


class Formulas:
    """Writes expressions over some names."""

    def __init__(self, dice: Dice, names: Names) -> None:
        self.dice, self.names = dice, names

    def of_kind(self, kind: str, depth: int = 1) -> str:
        """An expression of a kind."""
        writers = {NUMBER: self.number, DATE: self.date, TEXT: self.text, TRUTH: self.truth}
        return writers[kind](depth)

    # --- numbers ---

    def number(self, depth: int = 2) -> str:
        """A number."""
        if depth <= 0 or self.dice.maybe(30):
            return self._plain_number()
        shape = self.dice.whole(0, 7)
        if shape <= 3:
            op = self.dice.one("+-*/")
            return f"({self.number(depth - 1)} {op} {self.number(depth - 1)})"
        if shape == 4:
            return f"-{self._plain_number()}"
        if shape == 5:
            word = self.dice.pick("min", "max")
            return f"{word}({self.number(depth - 1)}, {self.number(depth - 1)})"
        if shape == 6:
            return f"abs({self.number(depth - 1)})"
        word = self.dice.pick("months", "days", "years")
        return f"{word}({self.date(depth - 1)}, {self.date(depth - 1)})"

    def _plain_number(self) -> str:
        if self.names.items and self.dice.maybe(20):
            return f'得分("{self.dice.one(self.names.items)}")'
        if self.names.points and self.dice.maybe(25):
            return self.dice.pick(
                f"(found {self.dice.one(POINTS)})",
                f"(lacking {self.dice.one([*LISTS])})",
                f"(present {self.dice.one([*LISTS])})",
            )
        if self.names.of(NUMBER) and self.dice.maybe(80):
            return str(self.dice.one(self.names.of(NUMBER)))
        return str(self.dice.pick("1", "0", "2", "3", "2.5", "30%", "0.3333"))

    # --- days and texts ---

    def date(self, depth: int = 1) -> str:
        """A day."""
        dates = self.names.of(DATE)
        plain = self.dice.one(dates) if dates and self.dice.maybe(85) else self.dice.one(DAYS)
        if depth > 0 and self.dice.maybe(35):
            return (
                f"({plain} {self.dice.one('+-')} {self.dice.whole(0, 14)} {self.dice.one(UNITS)})"
            )
        return str(plain)

    def text(self, _depth: int = 0) -> str:
        """A text that some name holds."""
        return str(self.dice.one(self.names.of(TEXT)))

    def _word(self, name: str) -> str:
        return str(self.dice.one(words_of(self.names.columns.get(name, name))))

    # --- conditions ---

    def truth(self, depth: int = 2) -> str:
        """A condition."""
        if depth <= 0 or self.dice.maybe(45):
            return self._simple()
        shape = self.dice.whole(0, 2)
        if shape == 2:
            return f"not ({self.truth(depth - 1)})"
        word = ("and", "or")[shape]
        parts = [self.truth(depth - 1) for _ in range(self.dice.whole(2, 3))]
        return f"({f' {word} '.join(parts)})"

    def _simple(self) -> str:
        shapes = [self._numbers, self._numbers, self._dates, self._blank, self._truth]
        if self.names.of(TEXT):
            shapes += [self._words, self._words, self._among]
        if self.names.points:
            shapes += [self._found, self._found]
        if self.names.flags:
            shapes += [self._flagged]
        return str(self.dice.one(shapes)())

    def _numbers(self) -> str:
        op = self.dice.pick("<", "<=", ">", ">=", "=", "!=")
        if self.dice.maybe(15):
            sign = self.dice.pick("in", "not in")
            return f"{self.number(1)} {sign} 1、2、-1、2.5"
        return f"{self.number(1)} {op} {self.number(1)}"

    def _dates(self) -> str:
        if self.dice.maybe(10):
            return f"{self.date(0)} in {DAYS[0]}、{DAYS[1]}"
        return f"{self.date()} {self.dice.pick('<', '<=', '>', '>=', '=', '!=')} {self.date()}"

    def _words(self) -> str:
        name = self.text()
        word = self._word(name)
        return str(
            self.dice.pick(
                f"{name} = '{word}'",
                f"{name} != '{word}'",
                f"{name} includes '{word.split('、')[0]}'",
                f"{name} starts '{word[0]}'",
                f"{name} ends '{word[-1]}'",
                f"{name} contains '{word[-1]}'",
                f"{name} matches '^{word[0]}.+'",
            )
        )

    def _among(self) -> str:
        name = self.text()
        sign = self.dice.pick("in", "not in")
        if self.dice.maybe(20):
            return f"{name} {sign} 类别"
        return f"{name} {sign} {self._word(name)}、{self.dice.one(('甲', '农村', '满意'))}"

    def _blank(self) -> str:
        kind = self.dice.one([k for k in (NUMBER, DATE, TEXT, TRUTH) if self.names.of(k)])
        sign = self.dice.pick("is blank", "is not blank")
        return f"{self.dice.one(self.names.of(kind))} {sign}"

    def _truth(self) -> str:
        if not self.names.of(TRUTH):
            return str(self.dice.pick("是", "否"))
        name = self.dice.one(self.names.of(TRUTH))
        return str(self.dice.pick(name, f"{name} = 是", f"{name} = 否"))

    def _found(self) -> str:
        return f"found {self.dice.one(POINTS)}"

    def _flagged(self) -> str:
        return f"{self.dice.one(self.names.judged)} {self.dice.one(self.names.flags)}"
