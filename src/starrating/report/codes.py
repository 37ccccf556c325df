"""The codes of faults in writing what goes out (E8…), in Chinese."""

from __future__ import annotations

from starrating.faults import Code, CodeTable, Level

CODES = CodeTable(
    (
        Code(
            "E801",
            Level.FATAL,
            "另一次运行正在写入“{folder}”",
            "请等它结束后重试，或用 --out 换一个文件夹",
        ),
        Code("E802", Level.FATAL, "“{folder}”不是文件夹", "请用 --out 换一个文件夹"),
        Code(
            "E803",
            Level.FATAL,
            "无法写入“{folder}”：{reason}",
            "原有文件未作改动；请处理后重试，或用 --out 换一个文件夹",
        ),
        Code(
            "E804",
            Level.FATAL,
            "“{file}”不是本程序生成的文件，不予覆盖",
            "原有文件未作改动；请移走该文件，或用 --out 换一个文件夹",
        ),
        Code(
            "E805",
            Level.FATAL,
            "“{file}”正被其他程序（如 Excel、WPS）打开，或没有写入权限",
            "原有文件未作改动；请关闭该文件后重试",
        ),
        Code(
            "E806",
            Level.WARNING,
            "“{file}”在上次生成后被改动过，改动稿已另存为“{kept}”",
            "如不再需要，可删除改动稿",
        ),
    )
)
