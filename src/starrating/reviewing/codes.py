"""The codes of a review as a whole: plan, choice of rules, period (R5xx), earlier archives (A3xx)."""

from __future__ import annotations

from starrating.faults import Code, CodeTable, Level

CODES = CodeTable(
    (
        Code(
            "R501",
            Level.FATAL,
            "没有说明考核期",
            "请在 plan.yaml 写 period，或用 --period 指定，例如 2023",
        ),
        Code(
            "R502",
            Level.FATAL,
            "考核期“{period}”无法识别",
            "可写 2023、2023H1、2023Q2、2023-05，或规则所列的期次",
        ),
        Code(
            "R503",
            Level.FATAL,
            "{first} 与 {second} 都给 {name} 定星级，一个党组织只能按一套规则定星（同样的共 {count} 个）",
            "请在 plan.yaml 的 rulebooks 中只留一套，或用 subjects 的 where 分清两套各管哪些党组织",
        ),
        Code("R504", Level.FATAL, "找不到规则目录 {folder}", "请用 --rules 指定规则目录"),
        Code("R505", Level.FATAL, "截止日 {cut_off} 早于考核期开始日 {start}", "请改正截止日"),
        Code(
            "R506",
            Level.ERROR,
            "{ids} 互相读取对方的结果，不知道先评哪一套",
            "去掉其中一处 subordinates 的 rulebook",
        ),
        Code(
            "R507",
            Level.ERROR,
            "指标“{name}”读取规则 {id} 的结果，而{where}没有这套规则",
            "{hint}",
        ),
        Code(
            "A301",
            Level.FATAL,
            "评定档案 {name} 无法使用：{reason}",
            "请提供完整、未改动的 review.zip",
        ),
        Code(
            "A302",
            Level.WARNING,
            "评定档案 {name} 的规则 {books} 与本次评定无关，未取用",
            "请核对是否给错了档案",
        ),
        Code("A303", Level.FATAL, "{where}中没有党组织“{subject}”", "{hint}"),
        Code("A304", Level.FATAL, "{subject} 没有项目“{item}”", "{hint}"),
        Code(
            "A305",
            Level.FATAL,
            "人工认定的表读不到：{reason}",
            "请用 --people 给出工作簿、csv，或放着这些文件的文件夹",
        ),
        Code(
            "A306",
            Level.FATAL,
            "“{sheet}”不是人工认定的表",
            "这里只能放核查更正、异议复核、审定结果、组织变更；事实有误请写在核查更正里",
        ),
        Code(
            "A308",
            Level.FATAL,
            "档案 {name} 不是这一次评定，不能由它更正：{what}",
            "请用 --replaces 给出原来那一次评定的档案",
        ),
    )
)

TWICE = "R503"
"""It is unclear which rulebook is meant, so a review that meets it ends with 2."""
