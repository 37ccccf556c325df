"""Codes R4xx: which rulebooks there are, and which version is in force."""

from __future__ import annotations

from starrating.faults import Code, CodeTable, Level

VERSIONS = CodeTable(
    [
        Code("R401", Level.ERROR, "规则文件缺少“{name}”", "在文件开头写明 {example}"),
        Code("R402", Level.ERROR, "“{name}”应为{kind}，这里是“{value}”", "写成 {example}"),
        Code(
            "R403",
            Level.ERROR,
            "规则编号是“{id}”，所在文件夹却叫“{folder}”",
            "改正 id，或把文件移到 {id} 文件夹",
        ),
        Code(
            "R404",
            Level.ERROR,
            "版本号是“{version}”，文件名却是“{name}”",
            "改正 version，或把文件改名为 {version}.yaml",
        ),
        Code("R405", Level.ERROR, "{id} 的 {version} 版在 {first} 已有一份", "删去一份或改版本号"),
        Code(
            "R406",
            Level.ERROR,
            "{id} 的 {later} 版与 {earlier} 版的施行日期重叠，自 {begin} 起",
            "给 {earlier} 版写明 in_force 的 until，早于 {begin}",
        ),
        Code(
            "R407",
            Level.WARNING,
            "{id} 的 {earlier} 版施行至 {until}，{later} 版自 {begin} 起，其间没有规则",
            "如非有意，请改正两版的 in_force",
        ),
        Code("R408", Level.FATAL, "{day} 没有施行中的 {id} 规则", "现有：{known}"),
        Code(
            "R409",
            Level.FATAL,
            "{day} 施行中的 {id} 规则有 {count} 个版本：{known}",
            "改正施行日期，或在计划中写明用哪一版",
        ),
        Code("R410", Level.FATAL, "没有编号为“{id}”的规则", "{hint}"),
        Code("R411", Level.FATAL, "{id} 没有 {version} 版", "现有：{known}"),
        Code(
            "R412",
            Level.WARNING,
            "指定的 {id} {version} 版在 {day} 不在施行期（{span}）",
            "确认是否有意使用这一版",
        ),
        Code(
            "R413",
            Level.FATAL,
            "规则目录“{folder}”里没有规则文件",
            "规则放在 rules/<编号>/<版本>.yaml",
        ),
        Code(
            "R414",
            Level.FATAL,
            "{id} 是供其他规则引用的指标库，不能单独用来考核",
            "在计划中写明引用它的规则",
        ),
        Code(
            "R415",
            Level.FATAL,
            "{day} 施行中的规则有 {count} 套：{known}，不知用哪一套",
            "在 plan.yaml 的 rulebooks 中写明",
        ),
        Code(
            "R417",
            Level.ERROR,
            "{id} {version} 版已经定稿，内容却改了：{what}",
            "定稿以后只能改注释和书写次序；请改回原样（所继承的上级规则也在内），要改内容的另发新版本",
        ),
        Code("R418", Level.ERROR, "定稿记录读不出来：{reason}", "请从备份恢复这个文件"),
        Code(
            "R419",
            Level.ERROR,
            "有 {name} 的定稿记录，却没有这个版本的规则文件",
            "请从备份恢复规则文件；已定稿的版本不要删除",
        ),
        Code(
            "R420",
            Level.ERROR,
            "“{name}”没有作为规则读入：规则文件的名称以 .yaml 结尾",
            "是规则文件的，改名为 {wanted}；电脑不显示扩展名时，记事本会在后面添 .txt。不是的，移出规则目录",
        ),
        Code(
            "R421",
            Level.ERROR,
            "“{name}”不是规则文件",
            "规则文件的名称以 .yaml 结尾，放在 rules/<编号>/<版本>.yaml",
        ),
        Code("R416", Level.FATAL, "{day} 没有任何施行中的规则", "现有：{known}"),
    ]
)
"""What can be wrong with rulebooks as files of versions (`rulebook.versions`)."""
