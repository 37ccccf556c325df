"""The R codes of reading a rulebook (R2xx); syntax is R0xx and R1xx, checks are R3xx and on."""

from __future__ import annotations

from starrating.faults import Code, CodeTable, Level

CODES = CodeTable(
    (
        Code("R201", Level.ERROR, "不认识的词“{name}”", "{hint}"),
        Code("R202", Level.ERROR, "缺少“{name}”", "请补上“{name}：…”"),
        Code("R203", Level.ERROR, "“{value}”应为{kind}", "写法示例：{example}"),
        Code("R204", Level.ERROR, "{what}", "{remedy}"),
        Code("R205", Level.ERROR, "“{value}”不在可选范围", "可选：{choices}"),
        Code(
            "R206",
            Level.ERROR,
            "“{name}”已在 {first} 声明过",
            "同一名称只能声明一次，请改名或删去一处",
        ),
        Code(
            "R207",
            Level.ERROR,
            "找不到所继承的规则 {id}@{version}",
            "请把该版本文件放到规则目录下，或改正 extends",
        ),
        Code("R208", Level.ERROR, "规则继承成环：{chain}", "请去掉其中一处 extends"),
        Code(
            "R209",
            Level.ERROR,
            "规则文件是空的，或不是由“词：内容”组成",
            "请对照 rules 下的示例编写",
        ),
        Code("R210", Level.FATAL, "读不到规则文件：{reason}", "请检查路径与文件权限"),
    )
)
