"""Codes R7xx: workbooks that hold a rulebook."""

from __future__ import annotations

from starrating.faults import Code, CodeTable, Level

RULESHEETS = CodeTable(
    [
        Code(
            "R701",
            Level.FATAL,
            "没有找到评分细则的表头",
            "表头须有“项目”和“分值”两列，写在前十行；可用 rules export 导出一份作样子",
        ),
        Code("R702", Level.WARNING, "表头“{title}”不认识，这一列没有读", "可用的表头：{known}"),
        Code("R703", Level.ERROR, "编号、版本应为文本，这里是数 {value}", "把单元格设为文本格式后重新填写，如 2.10"),
        Code("R704", Level.ERROR, "单元格的值是错误或没有算出：{value}", "改成写定的内容"),
        Code("R705", Level.ERROR, "这一行的条款上面没有项目", "先写一行项目（编号、项目、分值）"),
        Code("R706", Level.ERROR, "不认识的动作“{value}”", "可用：{known}"),
        Code("R707", Level.ERROR, "写了{what}，没有写{missing}", "补写{missing}，或清空这一行"),
        Code("R708", Level.ERROR, "这一格不合写法：{reason}", "{hint}"),
        Code("R709", Level.ERROR, "“{word}”写了两处：{first} 也有", "删去一处"),
        Code("R710", Level.WARNING, "工作表“{name}”不认识，没有读", "可用的工作表：{known}"),
        Code("R711", Level.ERROR, "内容太长，一格放不下（{length} 字，最多 {limit} 字）", "这一部分请直接改规则文件"),
        Code("R712", Level.ERROR, "这一行的项目上面没有部分", "先写一行部分（部分、部分分值）"),
    ]
)  # fmt: skip
"""What may be wrong in a workbook that holds a rulebook."""
