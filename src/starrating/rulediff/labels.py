"""The short Chinese name of every word of the language, as sentences about changes use it."""

from __future__ import annotations

from typing import Any

from starrating.rulebook.model import Block

WORDS: dict[str, str] = {
    "above": "起算线（高于）", "above.Clause": "起算线（高于）", "add": "加分", "adjustable": "可调范围", "changes": "改动上级的内容", "second_person": "须有复核人的事项",
    "after_merger": "合并、拆分后的上年星级", "aliases": "其他叫法", "among": "分组",
    "applies_when": "适用条件", "amount": "金额", "at_least": "次数要求", "at_least.Lagging": "列出比例",
    "at_most": "名额", "average": "平均的内容", "bands": "分档", "basis": "依据", "below": "起算线（低于）",
    "best": "与最优者之比", "best_of": "只取最高的几条", "blank": "空格的含义", "by": "按什么分",
    "by.Issued": "机关", "cap": "最高分", "case": "表现", "checks": "检查记录的约定", "clamp": "限制在0到分值之间",
    "clauses": "条款", "columns": "增加的列", "continues": "接续的规则", "count": "计数",
    "count.CheckPolicy": "按数量累计的检查项目", "date": "日期", "date.Issued": "日期",
    "date.TableDecl": "日期列", "date_kind": "日期的性质", "decimals": "总分小数位数", "deduct": "扣分",
    "defaults": "通用约定", "deny": "取消的资格", "distinct": "去重的列", "document": "文号",
    "done": "办理日期", "due": "应办期限", "each_section": "各部分须达到", "every": "周期",
    "every.Clause": "每一步", "extends": "上级规则", "fall_at_most": "最多降低", "field": "取用的列",
    "flag": "提出的情形", "floor": "最低分", "format": "语言版本", "from": "起点", "from.Star": "分数线",
    "from.InForce": "第一天", "from.Term": "第一天", "from.PerSection": "得星标准", "from.Bands": "分档（含下限）",
    "group": "同组汇总", "grace": "宽限", "highest": "就高不重复", "hit": "几行符合时", "id": "编号", "if": "条件",
    "if_blank": "期限空着时", "if_unknown": "情况不明时", "in_force": "施行期", "issued": "印发",
    "item": "针对的项目", "items": "项目", "judgements": "限制情形", "kind": "类别", "kind.Section": "性质",
    "lagging": "倒排建议", "late": "逾期算法", "latest": "最近一次的内容", "leave_out": "不计入的等次", "left": "留给下级的分值",
    "level": "层级", "library": "只供引用", "lists": "清单", "locked": "刚性条款", "longest_gap": "最长间隔", "look_back": "往前看",
    "max": "最大值的内容", "measures": "指标", "message": "提示内容", "min": "最小值的内容", "missing": "缺的期数",
    "moves": "升降限制", "name": "名称", "named_by": "命名机关", "no_rows": "没有记录的含义",
    "not_applicable": "不适用时", "not_before": "算上一轮的界线", "note": "说明", "number": "个数",
    "of": "依据的数", "of.AtMost": "计算名额的范围", "of.Measure": "等次所在的列", "of.Variants": "各类写法", "on_tie": "并列时",
    "one_per_section": "各部分达标得星", "order": "方向", "otherwise": "其余", "over": "分档（不含下限）",
    "owner": "责任人", "partial": "不足一步", "per": "按什么计", "period": "考核周期", "periods": "期数",
    "points": "分值", "points.Rulebook": "总分取整", "rank": "名次", "raters": "评分人次序", "ratio": "比率",
    "rated_when": "定星条件", "rectification": "整改要求", "required": "必填", "requires": "附加条件",
    "review": "以往评定", "rise_at_most": "最多晋升", "row_checks": "数据检查", "rows": "各行", "rulebook": "取哪套规则",
    "scale_to": "折合成", "score": "定分", "score.Effect": "项目记", "sections": "部分", "self_scored": "自评",
    "severity": "提示级别", "share": "占比", "share.AtMost": "名额比例", "sheet": "表", "short": "少的次数",
    "skip_missing": "缺数的行跳过", "star": "星级", "star.Effect": "定星", "star_at_most": "最高星级",
    "stars": "星级标准", "starts_at": "起算", "subjects": "适用范围", "subordinates": "下级汇总",
    "succeeds": "记录承继", "sum": "合计的内容", "table": "决策表", "tables": "自有的表", "take": "合并办法",
    "task": "整改任务", "terms": "时段", "then": "处理", "title": "名称", "total": "总分算式",
    "total.Effect": "总分记", "total_cap": "总分最高", "total_floor": "总分最低", "type": "类型", "unit": "单位",
    "unless": "不受限的条件", "unrecorded": "没有检查记录的", "unrecorded_elements": "清单中没有记录的要素",
    "until": "终点", "until.InForce": "最后一天", "until.Term": "最后一天", "up_to": "本条最多", "upto": "分档（含上限）",
    "value": "算式", "values": "折算", "variants": "分类写法", "version": "版本", "weight": "权重",
    "weighted_by": "加权的列", "weights": "各期权重", "where": "范围", "within": "期限", "worst_of": "只取最重的几条",
    "column": "列", "above.Measure": "界线",
}  # fmt: skip
"""word, or word.Block where the block decides → its name."""

VALUES: dict[str, str] = {
    "full": "给满分", "leave_out": "不计入、按比例折算", "zero": "记零分", "full.starts_at": "从满分起",
    "zero.starts_at": "从零分起", "year": "每年", "half": "每半年", "quarter": "每季度", "month": "每月", "base": "基础部分",
    "bonus": "加分部分", "deduction": "减分部分", "unknown": "未知", "not_found": "视为没有发现",
    "present": "视为具备", "lacking": "视为缺少", "unassessed": "得分为一个范围", "as_met": "视为做到",
    "as_lost": "视为没有做到", "counts": "按一步算", "only": "只取最高一项", "rows": "按行数",
    "rows.take": "数逾期的行", "none": "没有", "none.star": "不定星", "lowest": "取最低", "highest": "取最高",
    "records": "由新的承继", "undecided": "待定", "include": "都给", "exclude": "都不给", "high": "大的在前",
    "low": "小的在前", "sum": "相加", "max": "取最大", "min": "取最小", "mean": "平均", "average": "平均",
    "latest": "最近一期", "weights": "加权", "share": "占比", "count": "个数", "direct": "直接下级",
    "all": "各级下级", "total": "总分", "star": "星级", "day": "天", "week": "周", "month.unit": "个月",
    "quarter.unit": "个季度", "half.unit": "个半年", "year.unit": "年", "text": "文字", "code": "编号",
    "number": "数", "date": "日期", "truth": "是否", "answer": "检查答案", "event": "发生的日期",
    "deadline": "期限", "record": "记录日期", "error": "错误", "warning": "提醒", "hint": "疑点提示",
    "unique": "只许一行", "first": "取最先的", "priority": "取得分最高的", "collect": "相加",
}  # fmt: skip
"""value of a closed list, or value.word where the word decides → how it is said."""


def label(block: type[Block], word: str) -> str:
    """The name of a word of a block."""
    return WORDS.get(f"{word}.{block.__name__}") or WORDS.get(word, f"“{word}”")


def value_word(word: str, value: Any) -> str:
    """A value of a closed list, or any other text as it stands."""
    return VALUES.get(f"{value}.{word}") or VALUES.get(value, value)
