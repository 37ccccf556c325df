"""Facts of subjects with their flags, and in stage 2 their scores and stars (steps 9 to 13)."""

from __future__ import annotations

from collections.abc import Mapping

from starrating.engine.kernel.arrays import Numbers, Truths, Value
from starrating.engine.kernel.facts import Facts
from starrating.engine.kernel.flags import FlagColumns
from starrating.engine.kernel.scoring.overlay import FactsOver

NOTHING: Mapping[str, Value] = {}
NO_SCORES: Mapping[str, Numbers] = {}


class JudgedFacts(FactsOver):
    """The facts of all subjects with their flags, read with proposals as they stand (None), left
    out (False) or taken as confirmed (True)."""

    def __init__(
        self,
        under: Facts,
        flags: FlagColumns,
        as_confirmed: bool | None = None,
        names: Mapping[str, Value] = NOTHING,
        scores: Mapping[str, Numbers] = NO_SCORES,
    ) -> None:
        super().__init__(under, names, scores)
        self.flags, self.as_confirmed = flags, as_confirmed

    def flag(self, kind: str, flag: str) -> Truths:
        """flagged X = proposed or confirmed; confirmed X and denied X are decided (step 9)."""
        return self.flags.truth(kind, flag, as_confirmed=self.as_confirmed)
