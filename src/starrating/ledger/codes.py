"""The codes of faults in a ledger of archives (A4xx), in Chinese."""

from __future__ import annotations

from starrating.faults import Code, CodeTable, Level

_FATAL, _WARNING = Level.FATAL, Level.WARNING
_ORIGINAL = "请与留存的台账备份核对，查明何人何时改动"

CODES = CodeTable(
    (
        Code(
            "A401",
            _FATAL,
            "“{folder}”里没有台账",
            "请核对 --ledger；用 starrating archive add 登记第一份档案时自动建立",
        ),
        Code("A402", _FATAL, "台账索引无法使用：{reason}", "请用留存的台账备份恢复，再行核对"),
        Code("A403", _FATAL, "台账第{entry}号登记不见了，或次序被打乱", _ORIGINAL),
        Code("A404", _FATAL, "台账第{entry}号登记被改动：{what}", _ORIGINAL),
        Code(
            "A405",
            _FATAL,
            "台账第{entry}号与前一号衔接不上，此前的登记被改动、替换、插入或抽走",
            _ORIGINAL,
        ),
        Code("A406", _FATAL, "台账第{entry}号的档案不见了：{file}", _ORIGINAL),
        Code("A407", _FATAL, "台账第{entry}号的档案被改动或替换：{file}", _ORIGINAL),
        Code(
            "A408",
            _FATAL,
            "档案 {file} 没有登记",
            "台账末尾的登记可能被抽走；如是误放的文件，请移出后用 archive add 登记",
        ),
        Code(
            "A409",
            _FATAL,
            "台账中没有给出的台账校验码 {head}",
            "台账末尾被截去，或整本台账被改写；如确认抄写无误，请用留存的台账备份核对",
        ),
        Code("A410", _FATAL, "另一次运行正在登记台账“{folder}”", "请等它结束后重试"),
        Code("A411", _FATAL, "无法写入台账“{folder}”：{reason}", "台账未作改动，请处理后重试"),
        Code(
            "A412",
            _WARNING,
            "第{entry}号为补录：日期 {date} 早于第{other}号的 {other_date}",
            "请核对这份档案为何晚于后来的评定登记",
        ),
        Code(
            "A413",
            _WARNING,
            "第{entry}号与第{other}号是同一考核期、同一阶段、同一规则的评定，没有写明更正",
            "如为更正，请用 review --replaces 原档案 --reason 理由 重新生成",
        ),
        Code(
            "A414",
            _WARNING,
            "第{entry}号所更正的档案没有登记在它之前（内容校验码 {digest}）",
            "请先登记被更正的档案",
        ),
        Code(
            "A415",
            _WARNING,
            "第{entry}号更正第{other}号，但第{other}号已由第{earlier}号更正过",
            "请核对以哪一份更正为准",
        ),
        Code(
            "A416",
            _FATAL,
            "更正对照与所更正的第{other}号不符：{what}",
            "更正对照被改动，或更正的不是这份档案；请用 review --replaces 重新生成",
        ),
        Code(
            "A417",
            _FATAL,
            "台账中没有结果编号 {number}",
            "请核对编号（封面或页脚上的 12 位），用 archive list 查看全部登记",
        ),
        Code(
            "A418",
            _WARNING,
            "第{entry}号以第{other}号的数据评定，但第{other}号已由第{later}号更正",
            "请以更正后的档案为数据重新评定，或查明为何仍用原来的数据",
        ),
        Code(
            "A419",
            _WARNING,
            "第{entry}号是精简档案，没有原始数据，不能复算；分数与完整档案是否一致，单凭它看不出",
            "请把完整档案也登记进来，登记时自动核对两者",
        ),
    )
)
