"""The star bands of a rulebook with their quotas, as grading reads them (steps 10 and 12)."""

from __future__ import annotations

from starrating.engine import grading
from starrating.engine.setting import Setting
from starrating.rulebook.model import AtMost

_LEVEL_WORDS = {
    "村": 0,
    "社区": 0,
    "镇": 1,
    "乡": 1,
    "街道": 1,
    "县": 2,
    "区": 2,
    "市": 3,
    "省": 4,
    "中央": 5,
}


def level_of(text: str | None) -> int | None:
    """The rank of a level (村 < 镇 < 县 < 市 < 省 < 中央); 镇级 and 乡镇 are read as well."""
    if text is None:
        return None
    word = text.strip().removesuffix("级")
    if word in _LEVEL_WORDS:
        return _LEVEL_WORDS[word]
    return next((_LEVEL_WORDS[key] for key in reversed(_LEVEL_WORDS) if word.endswith(key)), None)


def applied(quota: AtMost, plan_level: str | None) -> bool:
    """Whether a quota applies: not where its level is above the plan's (step 12)."""
    own, plan = level_of(quota.level), level_of(plan_level)
    return own is None or plan is None or own <= plan


def bands(setting: Setting) -> tuple[grading.Band, ...]:
    """The star bands, high first, with their quotas."""
    found: list[grading.Band] = []
    for star in setting.book.bands():
        # A star that only a condition grants is reached by no total that passes the one above.
        edge = star.edge if star.from_ is not None or not found else found[-1].edge
        found.append(grading.Band(star.star, edge, _quota(setting, star.at_most)))
    return tuple(found)


def _quota(setting: Setting, rule: AtMost | None) -> grading.Quota | None:
    if rule is None:
        return None
    return grading.Quota(
        rule.share,
        rule.number,
        rule.among,
        rule.on_tie,
        applied(rule, setting.level),
    )
