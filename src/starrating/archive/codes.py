"""The codes of faults in archives (A…), in Chinese."""

from __future__ import annotations

from starrating.faults import Code, CodeTable, Level

_FATAL = Level.FATAL

CODES = CodeTable(
    (
        Code(
            "A101",
            _FATAL,
            "不是评定档案，或文件已损坏",
            "请使用评定时生成的 review.zip，不要解压后重新打包",
        ),
        Code("A102", _FATAL, "档案超过上限：{what}", "请核对档案来源；上限见《限制》"),
        Code("A103", _FATAL, "成员名称不安全：{member}", "档案可能被改动，请使用原始档案"),
        Code("A104", _FATAL, "成员不是普通文件：{member}", "档案可能被改动，请使用原始档案"),
        Code("A105", _FATAL, "成员重复：{member}", "档案可能被改动，请使用原始档案"),
        Code("A106", _FATAL, "档案中有不认识的成员：{member}", "请移除后加入的文件，使用原始档案"),
        Code(
            "A107", _FATAL, "成员被压缩或加密：{member}", "档案被其他软件重新打包过，请使用原始档案"
        ),
        Code("A108", _FATAL, "档案首尾或成员之间有多余数据", "档案可能被改动，请使用原始档案"),
        Code(
            "A109", _FATAL, "成员次序不合规范：{member}", "档案被其他软件重新打包过，请使用原始档案"
        ),
        Code("A110", _FATAL, "清单 manifest.json {what}", "档案可能被改动，请使用原始档案"),
        Code(
            "A111",
            _FATAL,
            "档案格式为 {found}，本程序只认识 {known}",
            "请改用生成该档案的版本或更新的版本",
        ),
        Code(
            "A112",
            _FATAL,
            "成员与清单不符：{member}（{what}）",
            "档案缺少或多出文件，请使用原始档案",
        ),
        Code("A113", _FATAL, "成员的校验码（SHA-256）不符：{member}", "该文件在归档后被改动或损坏"),
        Code("A114", _FATAL, "成员的校验码（SM3）不符：{member}", "该文件在归档后被改动或损坏"),
        Code("A115", _FATAL, "内容校验码不符", "清单在归档后被改动"),
        Code(
            "A116", _FATAL, "重新打包后与原档案不一致", "档案在归档后被改动，或由其他软件重新打包"
        ),
    )
)
