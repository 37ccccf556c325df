"""Codes R3xx: what the checks find in a rulebook that can be read."""

from __future__ import annotations

from starrating.faults import Code, CodeTable, Level

_E, _W, _I = Level.ERROR, Level.WARNING, Level.INFO

CHECK_CODES = CodeTable(
    [
        Code("R301", _E, "不认识的名称“{name}”（{where}）", "{hint}"),
        Code("R302", _E, "没有名为“{name}”的清单（{where}）", "{hint}"),
        Code("R303", _E, "没有名为“{name}”的表（{where}）", "{hint}"),
        Code("R304", _E, "{sheet}表没有“{name}”这一列（{where}）", "{hint}"),
        Code("R305", _E, "没有编号为“{name}”的项目（{where}）", "{hint}"),
        Code("R306", _E, "{where}还不能读“{name}”", "{hint}"),
        Code("R307", _W, "整改办法“{name}”对不上任何项目、检查项目、判定或情形", "{hint}"),
        Code("R308", _E, "不认识的周期“{name}”（{where}）", "{hint}"),
        Code("R309", _W, "按数量累计的“{name}”没有条款用到", "{hint}"),
        Code(
            "R310",
            _W,
            "整改办法“{name}”写了 task: none，而“{name}”没有失分可列",
            "删去；判定的任务写在它的 then 里，不写 task 就没有任务",
        ),
        Code("R311", _E, "{left}不能与{right}比较", "{hint}"),
        Code("R312", _E, "此处应为{wanted}，写的是{found}（{where}）", "{hint}"),
        Code("R313", _E, "{found}不分大小，不能用“{op}”", "用 = 、!= 或 in"),
        Code("R314", _E, "“{op}”不能用于{found}", "{hint}"),
        Code("R321", _E, "{kind}“{name}”重复，前一处在 {first}", "改成不同的编号或名称"),
        Code(
            "R322",
            _W,
            "项目编号“{name}”与“{other}”作为数字相等，电子表格会把两者混为一谈",
            "改编号（如 2.10 改为 2.A），或保证填表时该列为文本",
        ),
        Code(
            "R323",
            _W,
            "“{section}”印的是 {printed} 分，各项目合计 {sum} 分",
            "对照印发的文件核对；系统按项目计分，不按比例调整",
        ),
        Code(
            "R324",
            _I,
            "项目 {item} 共 {points} 分，条款最多可扣 {most} 分，扣完为止",
            "如有意如此，不必改",
        ),
        Code("R325", _W, "分档界线没有按顺序写（{where}）", "{hint}"),
        Code("R326", _E, "分档界线“{edge}”重复（{where}）", "删去一处"),
        Code(
            "R327",
            _E,
            "分档没有写 otherwise（{where}），例如 {example} 落不到任何一档",
            "补写 otherwise: 分值",
        ),
        Code(
            "R328", _E, "{high} 星的界线 {edge} 不高于 {low} 星的 {lower}", "星级越高，from 应越高"
        ),
        Code(
            "R329",
            _W,
            "{star} 星要 {edge} 分，而总分最多 {most} 分，没有党组织能达到",
            "核对分值或界线",
        ),
        Code("R331", _W, "判定循环触发：{chain}", "去掉其中一处 flagged"),
        Code(
            "R332",
            _E,
            "判定 {judgement} 以“{flag}”不成立为条件，而“{flag}”正由同一阶段的 {other} 判定",
            "不用 denied、not flagged；改用 flagged、confirmed，或把判定移到后一阶段",
        ),
        Code(
            "R333",
            _E,
            "判定 {judgement} 读了{name}，又要改分或改星级",
            "读总分、星级的判定只能列情形、派任务、取消荣誉资格",
        ),
        Code("R334", _E, "判定 {judgement} 的 then 不完整：{what}", "{hint}"),
        Code("R335", _W, "没有判定会提出“{flag}”（判定 {judgement}）", "{hint}"),
        Code("R336", _E, "{what}超过 {limit} {unit}（判定 {judgement}）", "{hint}"),
        Code("R341", _W, "项目 {item} 的得分没有条款能改变", "补写条款，或删去该项目"),
        Code(
            "R342",
            _E,
            "项目 {item} 可能不适用，却没有写不适用时怎么算",
            "在项目或 defaults 写 not_applicable: full（给满分）、leave_out（不计入）或 zero（记零分）",
        ),
        Code("R343", _E, "项目 {item} 有 {count} 个条款都无条件定分", "只留一个，其余加 if"),
        Code(
            "R344",
            _E,
            "项目 {item} 有加有扣，没有写从满分还是从零分起算",
            "补写 starts_at: full 或 zero",
        ),
        Code(
            "R345",
            _W,
            "项目 {item} 要由人评分，却没有写明以谁的评分为准",
            "补写 raters，例如 raters: [复核, 初评]",
        ),
        Code(
            "R346",
            _E,
            "second_person 所列的“{name}”不是星级，也不是本规则的标识",
            "{hint}",
        ),
        Code("R351", _W, "指标“{name}”没有用到", "删去，或检查引用处的写法"),
        Code("R352", _E, "指标循环引用：{chain}", "去掉其中一处引用"),
        Code("R353", _W, "检查项目“{name}”与“{other}”几乎一样", "如是同一件事，改成同一个名称"),
        Code("R354", _E, "不认识的层级“{name}”（{where}）", "可用：{choices}"),
        Code(
            "R355",
            _E,
            "部分“{title}”与{other}同名，算式里分不清读的是哪一个",
            "给其中一个改名",
        ),
        Code(
            "R356",
            _W,
            "总分没有算进部分“{section}”，规则里别处也没有读它，它的得分不起作用",
            "在 total 里写上它；有意不计的，用 waive 写明理由",
        ),
        Code(
            "R361",
            _W,
            "{where}的表格有漏：{example} 时没有一行适用",
            "补一行，或写 otherwise",
        ),
        Code(
            "R362",
            _E,
            "{where}的表格第{first}行与第{second}行重叠，例如 {example}",
            "改其中一行的条件，或改用 hit: first",
        ),
        Code(
            "R363", _W, "{where}的表格第{row}行永远轮不到，前面的行已经全部包括", "删去或调到前面"
        ),
        Code("R371", _E, "adjustable 里的“{name}”不是这里的词", "{hint}"),
        Code("R381", _E, "案例“{title}”的 {where} 应为{wanted}", "写法示例：{example}"),
        Code("R382", _E, "案例“{title}”的 {where} 里有不认识的词“{name}”", "{hint}"),
        Code("R391", _W, "豁免的 {code} 在本文件没有出现", "删去这条豁免"),
        Code("R392", _W, "{code} 是错误，不能豁免", "改正错误，删去这条豁免"),
    ]
)
"""All findings of the checks; each has a good and a bad twin under tests/rulebook/checks/."""
