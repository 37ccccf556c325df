"""Flags of one subject: what is proposed, confirmed or rejected before a stage (step 9)."""

from __future__ import annotations

from dataclasses import dataclass

DECIDED = "审定结果"
"""The case of a flag that people confirmed though no judgement of the review raises it."""


@dataclass(frozen=True, slots=True)
class Flags:
    """What is decided or proposed of one subject before this stage.

    `confirmed` and `rejected` come from 审定结果 or earlier archives; `proposed` and `possible`
    from rulebooks and stages judged before.
    """

    confirmed: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    proposed: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
