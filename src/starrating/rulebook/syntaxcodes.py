"""Codes R1xx: faults of an expression as text."""

from __future__ import annotations

from starrating.faults import Code, CodeTable, Level

SYNTAX = CodeTable(
    [
        Code("R101", Level.ERROR, "算式有 {length} 个字，超过上限 {limit} 个", "拆成几个指标"),
        Code("R102", Level.ERROR, "算式是空的", "补写条件或算式，或删去该键"),
        Code("R103", Level.ERROR, "此处的“{found}”不能识别", "{hint}"),
        Code("R104", Level.ERROR, "此处不应出现“{found}”", "{hint}"),
        Code("R105", Level.ERROR, "算式没有写完", "{hint}"),
        Code(
            "R106",
            Level.ERROR,
            "数“{found}”超出范围",
            "最多 4 位小数，不超过 10 亿",
        ),
        Code("R107", Level.ERROR, "没有“{found}”这一天", "按 2024-03-01 的样子写真实的日期"),
        Code("R108", Level.ERROR, "没有函数“{found}”", "{hint}"),
        Code("R109", Level.ERROR, "函数“{found}”的参数不对", "{hint}"),
        Code(
            "R110",
            Level.ERROR,
            "matches 的式样“{found}”不能用",
            "只用文字、.、[…]、\\d、|、括号和不嵌套的 * + ? {{m,n}}，且不宜过长",
        ),
        Code("R111", Level.ERROR, "算式嵌套超过 {limit} 层", "拆成几个指标"),
        Code("R112", Level.ERROR, "引号没有配对", "在文字末尾补上引号"),
        Code(
            "R113",
            Level.ERROR,
            "时长“{found}”只能写在日期的 + 或 - 之后",
            "例如 书记空缺起始日期 + 3 months < 截止日",
        ),
    ]
)
"""What can be wrong with an expression (`rulebook.parsing.parse`)."""

WORDS = {
    "且": "and",
    "并且": "and",
    "和": "and",
    "与": "and",
    "&": "and",
    "&&": "and",
    "或": "or",
    "或者": "or",
    "|": "or",
    "||": "or",
    "非": "not",
    "不是": "!=",
    "!": "not",
    "等于": "=",
    "不等于": "!=",
    "大于": ">",
    "小于": "<",
    "超过": ">",
    "低于": "<",
    "不少于": ">=",
    "不低于": ">=",
    "不超过": "<=",
    "属于": "in",
    "包含": "includes",
    "包括": "includes",
    "含": "includes",
    "为空": "is blank",
    "空白": "is blank",
    "×": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "—": "-",
}
"""What people write by habit, and what the language says instead."""
