"""The names of the sheets that come in, and of columns known to all rooms."""

from __future__ import annotations

ORGANISATIONS = "党组织"
PARENT = "上级党组织"
"""The column of ORGANISATIONS that names the organisation above."""
ACTIVITIES = "组织生活"
CHECKS = "检查记录"
PROBLEMS = "问题清单"
COUNTS = "核查计数"
SCORES = "考核评分"
POLLS = "民主测评"
HONOURS = "表彰奖励"
NEGATIVES = "负面情形"
LEDGER = "整改台账"
CORRECTIONS = "核查更正"
OBJECTIONS = "异议复核"
DECISIONS = "审定结果"
CHANGES = "组织变更"

LEVELS = ("村", "镇", "县", "市", "省", "中央")
"""Levels of organisations, low to high (semantics.md step 12)."""
STAGES = ("自评", "初评", "复核", "公示", "审定", "更正")
"""The stages of a review."""

EVIDENCE = ("佐证", "佐证材料")
"""Columns that say where a paper proof of a row is kept: archived and told with the findings,
whether a rulebook reads them or not."""

PEOPLE_SHEETS = (CORRECTIONS, OBJECTIONS, DECISIONS, CHANGES)
"""The sheets of step 16 and 17, archived under people/."""
