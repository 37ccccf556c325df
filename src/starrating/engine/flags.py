"""Facts of a subject with its flags, and in stage 2 its scores and star (steps 9 and 13)."""

from __future__ import annotations

from collections.abc import Mapping

from starrating.engine.expressions.formulas import Facts, FactsOver
from starrating.engine.flag_sets import Flags
from starrating.engine.values import NO, OPEN, YES, Interval, Truth, Value


class JudgedFacts(FactsOver):
    """A subject's facts with its flags, and in stage 2 its scores and star."""

    def __init__(
        self,
        subject: Facts,
        flags: Flags,
        later: Mapping[str, Value] | None = None,
        scores: Mapping[str, Interval] | None = None,
        *,
        as_confirmed: bool | None = None,
    ) -> None:
        """`as_confirmed`: None reads flags as they stand; False leaves proposals out; True takes
        proposals as confirmed."""
        super().__init__(subject)
        self._flags = flags
        self._later, self._scores = later or {}, scores or {}
        self._as_confirmed = as_confirmed

    def name(self, name: str) -> Value:
        """总分, 星级 and section titles in stage 2, else the subject's own."""
        return self._later[name] if name in self._later else super().name(name)

    def flag(self, kind: str, flag: str) -> Truth:
        """flagged X = proposed or confirmed; confirmed X and denied X are decided (step 9)."""
        flags = self._flags
        if kind == "denied":
            return Truth.of(flag in flags.rejected)
        if flag in flags.confirmed:
            return YES
        if flag in flags.rejected or self._as_confirmed is False:
            return NO
        if kind == "confirmed" and self._as_confirmed is None:
            return NO
        if flag in flags.proposed:
            return YES
        return OPEN if flag in flags.possible else NO

    def item_score(self, item: str) -> Interval:
        """得分("…") in stage 2."""
        return self._scores[item]
