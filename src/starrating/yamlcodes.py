"""Codes R0xx: faults of a YAML file before anything is known of what it means."""

from __future__ import annotations

from starrating.faults import Code, CodeTable, Level

YAML = CodeTable(
    [
        Code(
            "R001",
            Level.FATAL,
            "文件有 {size} 字节，超过上限 {limit} 字节",
            "拆分文件，或删去无关内容",
        ),
        Code(
            "R002",
            Level.FATAL,
            "文件不是 UTF-8 编码",
            "用编辑器另存为 UTF-8 编码（记事本：另存为，编码选 UTF-8）",
        ),
        Code("R003", Level.FATAL, "YAML 写法有误：{reason}", "{hint}"),
        Code(
            "R004",
            Level.ERROR,
            "键“{key}”重复，前一处在第 {line} 行第 {column} 列",
            "只留一处，或改成不同的键",
        ),
        Code("R005", Level.ERROR, "不接受锚点和引用（{mark}）", "把内容照写一遍"),
        Code("R006", Level.ERROR, "不接受标签（{tag}）", "删去标签；需要文字时加引号"),
        Code("R007", Level.FATAL, "一个文件只能有一份内容，这里又开始了一份", "拆成几个文件"),
        Code("R008", Level.ERROR, "不接受合并键“<<”", "把要合并的内容照写一遍"),
        Code("R009", Level.FATAL, "嵌套超过 {limit} 层", "减少层次"),
        Code("R010", Level.FATAL, "内容超过 {limit} 个节点", "拆分文件"),
        Code("R011", Level.FATAL, "文件是空的", "参照文档写入内容"),
        Code("R012", Level.ERROR, "键必须是一段文字，这里是{found}", "写成“键: 值”"),
        Code("R013", Level.ERROR, "键是空的", "补写键名"),
        Code(
            "R014",
            Level.FATAL,
            "含有看不见的字符 {character}",
            "删去此处字符后重新输入；多由网页或聊天软件复制带入",
        ),
        Code("R015", Level.ERROR, "不接受指令（以 % 开头的行）", "删去该行"),
    ]
)
"""What can be wrong with the text itself (`yamltext.load`)."""

REASONS = {
    "mapping values are not allowed in this context": "此处不能出现“键: 值”",
    "did not find expected key": "此处应为一个键（多因缩进不齐或引号未配对）",
    "could not find expected ':'": "缺少半角冒号",
    "did not find expected ',' or '}'": "花括号内缺少半角逗号或右花括号",
    "did not find expected ',' or ']'": "方括号内缺少半角逗号或右方括号",
    "did not find expected '-' indicator": "列表的缩进不齐",
    "found unexpected end of stream": "引号没有配对，读到文件末尾仍未结束",
    "found character that cannot start any token": "此处的字符不能作为开头（多为 Tab、@ 或 `）",
    "found a tab character that violates indentation": "缩进用了 Tab",
    "block sequence entries are not allowed in this context": "此处不能出现列表项“- ”",
    "did not find expected node content": "此处缺少内容",
    "did not find expected alphabetic or numeric character": "“&”“*”后缺少名称",
    "found unknown escape character": "双引号内的反斜杠写法不认识",
    "did not find the expected '-' or '+', or digit": "“|”“>”后的写法有误",
    "did not find expected <document start>": "此处多出内容",
    "found unexpected ':'": "此处的冒号位置不对",
}
"""What libyaml says, in Chinese."""

SLIPS = {
    "\t": "缩进用空格，不用 Tab",
    "\u3000": "此处附近有全角空格，应改为半角",
    "：": "此处附近有全角冒号，应改为半角",
    "，": "此处附近有全角逗号，应改为半角",
}
"""What the hand most likely slipped on, by the sign that stands near the fault."""

CHECK_HERE = "检查此处及上一行的缩进、冒号、括号和引号"
"""The advice where nothing better is known."""
