"""What a comparison of two versions says: changes in Chinese, grouped by the weight of their effect."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

Kind = Literal["新增", "删除", "修改", "移动", "口径", "次序"]
"""口径: what a clause reads is counted in another way, though the clause reads as before."""

KINDS: tuple[Kind, ...] = ("新增", "删除", "修改", "移动", "口径", "次序")


class Group(IntEnum):
    """The weight of a change's effect, heaviest first."""

    STARS = 1
    POINTS = 2
    CLAUSES = 3
    DUTIES = 4
    WORDS = 5

    @property
    def title(self) -> str:
        """The heading of the group."""
        return _TITLES[self]


_TITLES = {
    Group.STARS: "评定范围、星级和限制情形",
    Group.POINTS: "项目、分值和总分",
    Group.CLAUSES: "评分条款和计算口径",
    Group.DUTIES: "排查、整改和数据检查",
    Group.WORDS: "施行、名称和依据（不影响得分）",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change, as an office head reads it: `place` 2.1 党员大会, `text` what became of it.

    `path` says the place in the words of the rule language (`items.2.1.clauses.1`); what is
    deleted is numbered as in the old version, everything else as in the new.
    """

    group: Group
    kind: Kind
    place: str
    text: str
    path: str

    @property
    def sentence(self) -> str:
        """`2.1 党员大会：每缺一个季度由扣2分改为扣3分`."""
        return f"{self.place}：{self.text}" if self.place else self.text


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two versions compared."""

    id: str
    version: str
    title: str
    digest: str

    @property
    def reference(self) -> str:
        """`id@version`."""
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions and all that changed, by group and then in the order of the new version."""

    old: Version
    new: Version
    changes: tuple[Change, ...]

    @property
    def equal(self) -> bool:
        """Whether both mean the same: there is no change exactly then."""
        return not self.changes

    @property
    def text(self) -> str:
        """All of it as lines (Chinese)."""
        from starrating.rulediff.text import to_text

        return to_text(self)

    def of(self, group: Group) -> tuple[Change, ...]:
        """The changes of one group."""
        return tuple(change for change in self.changes if change.group is group)

    @property
    def counts(self) -> dict[str, int]:
        """How many changes there are of each kind that occurs."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in KINDS if found[kind]}
