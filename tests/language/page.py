"""docs/patterns.md from the examples: `python tests/language/page.py > docs/patterns.md`."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent

GROUPS = {
    "项目的条款": (
        "DEFECT_FLAT", "MISS_COUNT", "MISS_PERIOD", "BELOW_COUNT_FLAT", "ZERO_ITEM", "CHECKLIST_MISS",
        "CHECKLIST_CREDIT", "RUBRIC", "DISCRETION", "SEVERITY", "PER_CASE", "LEVEL_CASE", "LATE_STEP",
        "LATE_FLAT", "RATIO_STEP", "RATIO_FLAT", "BAND", "THRESHOLD", "LINEAR", "OVER_LIMIT_STEP", "WINDOW",
        "AND_TEST", "ANY_OF", "APPLIES_IF", "EXEMPT", "XREF", "RANK", "NONCONFORM", "COLOUR_COUNT",
    ),
    "加分的条款": (
        "BONUS_LEVEL", "BONUS_COUNT", "OVERFULFIL", "BONUS_CAP", "BONUS_UNCAPPED", "BONUS_OUTSIDE_GRADE",
        "BONUS_STACK",
    ),
    "怎样合成总分": (
        "ITEM_FLOOR", "NORMALISE", "COMPOSITE", "PERIOD_AGG", "PEER", "TRACK_COEF", "DIM_STAR", "DUAL_MIN",
        "CARRY",
    ),
    "定星、名额、一票否决": (
        "STAR_BANDS", "QUOTA_MAX", "QUOTA_MIN", "GATE", "VETO", "DIRECT_STAR", "STEP_LIMIT", "AUTHORITY",
        "MONEY",
    ),
}  # fmt: skip
"""The kinds of clauses of published sheets, in the order in which they are counted."""

_TOP = """\
# 打印的话怎么写

公开的评分表里反复出现的条款，每一种怎么写成规则。左边是条款类型的代码，转写评分表时写在条款上面的方括号里；
每种都有一个能运行的例子，线上、线下、正好都算过，放在 [tests/language](../tests/language) 下同名的文件夹里。

`python tests/language/page.py` 生成本页。
"""


def written(code: str) -> str:
    """How a pattern is written: its rule file between the head and the cases."""
    lines = (HERE / code / "good.yaml").read_text("utf-8").split("\ncases:\n")[0].splitlines()
    heads = ("#", "format:", "id:", "version:", "title:", "in_force:", "defaults:")
    return "\n".join(line for line in lines if not line.startswith(heads))


def phrase(code: str) -> str:
    """The printed phrase: the first line of the rule file."""
    return (HERE / code / "good.yaml").read_text("utf-8").splitlines()[0].removeprefix("# ")


def page() -> str:
    """The whole page."""
    parts = [_TOP]
    for group, codes in GROUPS.items():
        parts.append(f"\n## {group}\n\n| 类型 | 打印的话 |\n|---|---|\n")
        parts += [f"| [{code}](#{code.lower()}) | {phrase(code)} |\n" for code in codes]
        for code in codes:
            test = f"[例子](../tests/language/{code}/good.yaml)"
            wrong = f"[写错的样子](../tests/language/{code}/twins.yaml)"
            shown = f"```yaml\n{written(code)}\n```"
            parts.append(f"\n### {code}\n\n打印稿：“{phrase(code)}” {test}，{wrong}\n\n{shown}\n")
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page())
