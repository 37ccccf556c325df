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
        Code(
            "A117",
            _FATAL,
            "成员名称的文字编码形式不规范（不是 NFC）：{member}",
            "档案可能被改动，请使用原始档案",
        ),
        Code("A118", _FATAL, "档案不完整：{what}", "请使用评定时生成的 review.zip"),
        Code(
            "A121",
            _FATAL,
            "要求核验签名，但没有找到签名文件 {signature}",
            "请向发出档案的单位索取签名文件，或用 --signature 指明",
        ),
        Code(
            "A122",
            _FATAL,
            "签名文件读不出：{reason}",
            "请使用 starrating archive sign 写出的签名文件",
        ),
        Code(
            "A123",
            _FATAL,
            "签名与所给公钥不符（公钥指纹 {fingerprint}）",
            "请核对公钥是否为签名单位的；公钥无误的，签名文件被改动过",
        ),
        Code(
            "A124",
            _FATAL,
            "签名不是对这份档案作出的",
            "请核对档案与签名文件是否配套；配套的，档案在签名后被改动或替换",
        ),
        Code(
            "A126",
            _FATAL,
            "私钥有口令，这里却没有终端可以输入",
            "请在终端里运行；要自动运行的，用一把没有口令、只有本人读得到的私钥",
        ),
        Code("A131", _FATAL, "不是可用的精简档案：{what}", "请由完整档案重新生成精简档案"),
        Code(
            "A132",
            _FATAL,
            "精简档案不是由 {full} 精简而成的",
            "请核对两份档案是否同一次评定",
        ),
        Code(
            "A133",
            _FATAL,
            "精简档案与由完整档案精简的结果不同：{members}",
            "精简档案被改动过，请由完整档案重新生成",
        ),
        Code("A125", _FATAL, "密钥文件不能用：{reason}", "请使用 PEM 格式的 Ed25519 密钥"),
    )
)
