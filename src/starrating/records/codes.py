"""The D codes: faults of data files, sheets, cells, organisations, rows, plan and calendar.

D1xx files, D2xx sheets and headers, D3xx cells, D4xx organisations, D5xx rows against one
another, D6xx plan and calendar. A file-level fault is fatal: what cannot be opened might have
held any sheet, and a sheet that silently lacks rows would give wrong scores.
"""

from __future__ import annotations

from starrating.faults import Code, CodeTable, Level

F, E, W, H = Level.FATAL, Level.ERROR, Level.WARNING, Level.HINT

_SAVE = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再提供"

_FILES = (
    Code("D101", F, "找不到文件或文件夹：{path}", "请检查路径"),
    Code("D102", F, "文件是空的（0 字节）", "请重新导出或换成完整的文件"),
    Code("D103", F, "文件已加密，无法读取", "请在 Excel 或 WPS 中取消打开密码，另存后再提供"),
    Code("D104", F, "不支持旧格式（{kind}）", _SAVE),
    Code("D105", F, "扩展名是 {suffix}，内容却不是{kind}", _SAVE),
    Code("D106", F, "文件已损坏，读不出来（{reason}）", _SAVE),
    Code("D107", F, "文件过大：{what}，上限 {limit}", "请拆分文件，或删去无关内容"),
    Code("D108", F, "文件内含有不允许的 XML 声明（DTD 或实体）", _SAVE),
    Code(
        "D109",
        F,
        "文字编码不是 UTF-8 也不是 GBK",
        "请另存为“CSV UTF-8（逗号分隔）”，或直接提供 .xlsx",
    ),
    Code("D110", F, "Parquet 文件读不出来（{reason}）", "请重新导出该文件"),
    Code("D111", F, "文件夹里没有可读的数据文件", "请放入 .xlsx、.csv 或 .parquet 文件"),
    Code("D112", F, "没有“{sheet}”表，不知道要评哪些组织", "请补上“{sheet}”表，至少含名称和领域"),
    Code("D113", H, "子文件夹里的数据文件没有读取：{name}", "需要的话请移到数据文件夹下"),
    Code("D114", H, "扩展名是 {suffix}，内容却是 .xlsx，已照常读取", "建议改名为 .xlsx"),
    Code("D115", Level.INFO, "不是数据文件，没有读取", "数据只认 .xlsx、.csv、.parquet"),
    Code("D116", F, "CSV 格式有误（第 {row} 行附近：{reason}）", "请检查引号是否成对"),
    Code("D117", F, "读不到文件（{reason}）", "请检查文件权限，或关闭正在占用它的程序"),
    Code(
        "D118",
        F,
        "{suffix} 文件不能作为数据",
        "数据请用 .xlsx、.csv 或 .parquet；其他格式先另存为 .xlsx",
    ),
    Code(
        "D119", F, "“{sheet}”表里没有一个党组织", "请从表头下一行起填写，每行一个，至少写名称和领域"
    ),
)

_SHEETS = (
    Code(
        "D201",
        E,
        "前 {rows} 行里没有找到表头，整表未读",
        "请补上表头，“{sheet}”应有：{columns}",
    ),
    Code("D202", E, "缺少必需的列“{column}”{near}", "请补上该列；其余各列照常读取"),
    Code("D203", E, "缺少“{column}”列，整表未采用", "请补上该列，填代码或名称"),
    Code(
        "D204",
        E,
        "列“{column}”出现了两次（另一处在 {other}）",
        "请只留一列；两列不同的格按未知处理",
    ),
    Code("D205", E, "列“{column}”的单位“{unit}”不能换算", "请改用单位“{wanted}”；本列按未知处理"),
    Code("D206", H, "列“{header}”没有采用，是不是“{near}”？", "是的话请改成规定的列名"),
    Code("D207", H, "表“{name}”没有采用，是不是“{near}”？", "是的话请改成规定的表名"),
    Code("D208", W, "这是隐藏的工作表，已照常读取", "若不应计入，请删去该表"),
    Code("D209", H, "表中有 {count} 行隐藏，已照常读取", "若不应计入，请删去这些行"),
    Code("D210", H, "“{text}”一行看作合计或说明，没有读取", "若是数据，请改写该行第一格"),
    Code("D211", H, "表头重复出现，已跳过", "可删去该行"),
    Code("D212", W, "表是空的，按没有提供处理", "确实没有记录时，请保留表头"),
    Code("D213", W, "整行合并的文字没有读取：“{text}”", "若是数据，请取消合并后按列填写"),
    Code("D215", E, "没有名为“{name}”的表", "请改成规定的表名，或在规则里声明"),
    Code("D216", E, "没有名为“{column}”的列", "请改成规定的列名，或在规则里声明"),
    Code("D214", E, "第 {limit} 列以后还有内容，没有读取", "请把数据移到前 {limit} 列"),
)

_CELLS = (
    Code("D301", E, "“{column}”未填", "请补填"),
    Code("D302", E, "公式没有计算结果", "请在 Excel 或 WPS 中打开并保存一次，再提供"),
    Code("D303", E, "单元格是错误值 {value}", "请改正公式，或直接填写数值"),
    Code("D304", E, "“{value}”不是数字", "请只填数字"),
    Code("D305", E, "“{value}”里带有单位", "请只填数字，单位写在表头"),
    Code("D306", E, "“{value}”前面多了 0，可能丢了小数点", "请核对后改正，如 0.5"),
    Code("D307", E, "“{value}”不能作人数或次数", "应为不小于 0 的整数"),
    Code(
        "D308",
        E,
        "这里应是文字，却是数字 {value}，前面的 0 可能已丢失",
        "请把单元格设为文本格式后重新填写",
    ),
    Code(
        "D309",
        E,
        "这里应是文字，却是数字 {value}，末尾的 0 可能已丢失（2.10 会变成 2.1）",
        "请把单元格设为文本格式后重新填写",
    ),
    Code("D310", E, "数字超过 15 位，尾数已被改写：{value}", "请把单元格设为文本格式后重新填写"),
    Code("D311", E, "“{value}”不是日期", "请写成 2023-3-5 这样的形式"),
    Code("D312", E, "“{value}”这一天不存在", "请核对后改正"),
    Code("D313", E, "日期 {value} 的年份不合理", "请核对后改正"),
    Code("D314", E, "日期“{value}”不完整", "请写全四位年份和月、日，如 2023-3-5"),
    Code("D315", E, "这里应是日期，却是数字 {value}", "请把单元格设为日期格式，或写成 2023-3-5"),
    Code("D316", E, "“{value}”不是“是”或“否”", "请填 是 或 否"),
    Code("D317", E, "“{value}”不在可选范围{near}", "可填：{choices}"),
    Code("D318", E, "文字超过 {limit} 字", "请删减"),
    Code("D319", E, "“{value}”只有时间，没有日期", "请写成 2023-3-5 这样的形式"),
    Code("D320", E, "数字过大：{value}", "请核对，必要时换算单位"),
    Code(
        "D321",
        E,
        "这里不应是日期，软件可能把 {value} 自动改成了日期",
        "请把单元格设为文本格式后重新填写",
    ),
    Code("D322", E, "两列“{column}”填得不一样：“{one}”与“{other}”", "请核对，只留一列"),
)

_ORGANISATIONS = (
    Code("D401", E, "“{value}”不在“党组织”表中，本行未计入{near}", "请改成名册上的代码或名称"),
    Code("D402", E, "“{value}”对应不止一个党组织（{several}），本行未计入", "请改填代码"),
    Code(
        "D403",
        E,
        "代码“{value}”有不止一个名称（{several}），改以名称代替代码",
        "请核对代码，每个党组织一个代码",
    ),
    Code(
        "D404", E, "党组织“{value}”登记了两次（另一处在 {other}）", "请只留一行；不同的格按未知处理"
    ),
    Code("D405", W, "名称“{value}”有不止一个代码（{several}）", "请核对；按名称填写的行无法归属"),
    Code("D406", E, "同一行的代码和名称不是同一个党组织：{one} 与 {other}，本行未计入", "请核对"),
    Code("D407", E, "没有代码（或代码读不出来），以名称“{value}”代替", "请补填代码"),
    Code("D409", W, "党组织“{value}”登记了两次，内容相同（另一处在 {other}）", "请只留一行"),
    Code("D408", E, "既没有代码也没有名称，本行未计入", "请补填"),
)

_ROWS = (
    Code("D501", W, "“{column}”{value} 重复（另一处在 {other}）", "请核对，编号不能重复"),
    Code("D502", W, "与 {other} 完全相同", "请核对是否重复填报；两行都照常计入"),
    Code("D503", W, "日期 {value} 早于该党组织成立日期 {limit}", "请核对两处日期"),
    Code("D504", W, "日期 {value} 晚于该党组织撤销日期 {limit}", "请核对两处日期"),
    Code("D505", H, "实到 {present} 人，多于应到 {due} 人", "请核对原始记录"),
    Code("D506", H, "实到加请假 {present} 人，多于应到 {due} 人", "请核对原始记录"),
    Code("D507", W, "正式党员数 {part} 多于党员数 {whole}", "请核对"),
    Code("D508", W, "不参评而没有写原因", "请补填“不参评原因”"),
    Code("D509", H, "记录与 {other} 一字不差", "请核对是否补写或抄录"),
    Code("D510", W, "{later}（{value}）早于{earlier}（{limit}）", "请核对两处日期"),
    Code("D511", H, "应到 {due} 人，多于该党组织的党员数 {whole}", "请核对（有列席人员的除外）"),
    Code("D512", H, "{groups} 个党小组，而党员只有 {whole} 人", "党小组一般不少于 3 人，请核对"),
    Code("D513", W, "上级党组织是它自己", "请核对"),
)

_PLAN = (
    Code("D601", F, "评定方案读不出来：应是“名称: 内容”的清单", "请参照说明书重写 plan.yaml"),
    Code("D602", E, "评定方案里不认识“{key}”{near}", "请改正或删去这一项"),
    Code("D603", E, "“{key}”写法不对：应是{wanted}", "请参照说明书改正"),
    Code("D604", E, "“{value}”不是日期", "请写成 2024-01-31 这样的形式"),
    Code("D605", E, "“{key}”不能是“{value}”{near}", "可填：{choices}"),
    Code("D611", E, "日历文件名应是年份，如 2027.yaml", "请改名"),
    Code("D612", E, "“{value}”不是日期或起止日期", "请写成 2027-01-01 或 2027-02-06 至 2027-02-12"),
    Code("D613", E, "{value} 不在 {year} 年", "每年的日子写在当年的文件里"),
    Code("D614", E, "{value} 既是放假又是上班", "请核对通知，只留一处"),
    Code("D615", E, "日历文件里不认识“{key}”", "只认 document、holidays、working_days"),
    Code("D616", W, "没有写放假安排的文号（document）", "请补上通知的文号"),
    Code("D617", F, "{year} 年日历读不出来", "请参照说明书重写该文件"),
)

CODES = CodeTable((*_FILES, *_SHEETS, *_CELLS, *_ORGANISATIONS, *_ROWS, *_PLAN))
"""All D codes."""
