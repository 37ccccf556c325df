"""click's own sentences in Chinese.

click and rich-click pass their sentences through the gettext names of their modules; these are
replaced, so that the language depends on no locale, environment variable or catalogue file.
"""

from __future__ import annotations

import gettext
import sys

CATALOGUE = {
    "(dynamic)": "（视情况）",
    "Aborted!": "已中断。",
    "Argument {name!r} takes {nargs} values.": "参数“{name}”要 {nargs} 个值。",
    "Choice({choices})": "可选（{choices}）",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "Commands": "命令",
    "Confirm the action without prompting.": "不再询问，直接执行。",
    "Could not open file {filename!r}: {message}": "打不开文件“{filename}”：{message}",
    "Couldn't detect Bash version, shell completion is not supported.": "认不出 Bash 的版本，不能自动补全。",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}": "命令“{name}”已停用。{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}": "“{name}”已停用。{extra_message}",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "是不是其中之一：{possibilities}？",
    "Do you want to continue?": "要继续吗？",
    "Error: The two entered values do not match.": "错误：两次输入不一致。",
    "Error: invalid input": "错误：输入无效",
    "Error: {message}": "错误：{message}",
    "Got unexpected extra argument ({args})": "多出了参数：{args}",
    "Got unexpected extra arguments ({args})": "多出了参数：{args}",
    "Invalid start character for option ({option})": "选项的开头字符不对（{option}）",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "Invalid value: {message}": "值不对：{message}",
    "Missing argument": "缺少参数",
    "Missing command.": "缺少命令。",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Missing {param_type}": "缺少{param_type}",
    "Name '{name}' defined twice": "名称“{name}”定义了两次",
    "No such command {name!r}.": "没有“{name}”这个命令。",
    "No such option {name!r}.": "没有“{name}”这个选项。",
    "Option {name!r} does not take a value.": "选项“{name}”后面不带值。",
    "Option {name!r} requires an argument.": "选项“{name}”后面要带一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项“{name}”后面要带 {nargs} 个值。",
    "Options": "选项",
    "Positional arguments": "参数",
    "Press any key to continue...": "按任意键继续……",
    "Repeat for confirmation": "请再输一遍",
    "Shell completion is not supported for Bash versions older than 4.4.": "Bash 低于 4.4 版时不能自动补全。",
    "Show the version and exit.": "显示版本号。",
    "Show this message and exit.": "显示本说明。",
    "Takes {nargs} values but 1 was given.": "要 {nargs} 个值，只给了 1 个。",
    "Takes {nargs} values but {len} were given.": "要 {nargs} 个值，给了 {len} 个。",
    "Try '{command} {option}' for help.": "用法说明：{command} {option}",
    "Unknown color {colour!r}": "没有“{colour}”这种颜色",
    "Unknown standard stream '{name}'": "没有“{name}”这个标准流",
    "Usage:": "用法：",
    "Value must be an iterable.": "应是一组值。",
    "Windows error: {error}": "Windows 报错：{error}",
    "d": "天",
    "default: {default}": "默认：{default}",
    "deprecated": "已停用",
    "directory": "文件夹",
    "env var: {var}": "环境变量：{var}",
    "file": "文件",
    "path": "路径",
    "unknown error": "不明原因",
    "{editor}: Editing failed": "{editor}：编辑没有成功",
    "{editor}: Editing failed: {e}": "{editor}：编辑没有成功：{e}",
    "{len_type} values are required, but {len_value} was given.": "要 {len_type} 个值，给了 {len_value} 个。",
    "{len_type} values are required, but {len_value} were given.": "要 {len_type} 个值，给了 {len_value} 个。",
    "{name} {filename!r} does not exist.": "{name}“{filename}”不存在。",
    "{name} {filename!r} is a directory.": "{name}“{filename}”是文件夹。",
    "{name} {filename!r} is a file.": "{name}“{filename}”是文件。",
    "{name} {filename!r} is not executable.": "{name}“{filename}”不能执行。",
    "{name} {filename!r} is not readable.": "{name}“{filename}”读不到。",
    "{name} {filename!r} is not writable.": "{name}“{filename}”不能写入。",
    "{value!r} does not match the format {format}.": "“{value}”不合格式 {format}。",
    "{value!r} does not match the formats {formats}.": "“{value}”不合下列任何格式：{formats}。",
    "{value!r} is not a valid UUID.": "“{value}”不是 UUID。",
    "{value!r} is not a valid boolean. Recognized values: {states}": "“{value}”不是“是”或“否”，可写：{states}",
    "{value!r} is not a valid {number_type}.": "“{value}”不是数（{number_type}）。",
    "{value!r} is not one of {choices}.": "“{value}”不在可选之列：{choices}。",
    "{value!r} is not {choice}.": "“{value}”应是 {choice}。",
    "{value} is not in the range {range}.": "{value} 不在范围 {range} 之内。",
}
"""click's sentence → ours; a test holds it complete against the click that is installed."""


def speak_chinese() -> None:
    """Let the modules of click and rich-click that are loaded speak Chinese from now on."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in {"click", "rich_click"}:
            for word, own in _REPLACED.items():
                if getattr(module, word, None) in {gettext.gettext, gettext.ngettext}:
                    setattr(module, word, own)


def _one(message: str) -> str:
    return CATALOGUE.get(message, message)


def _many(single: str, plural: str, number: int) -> str:
    return _one(single if number == 1 else plural)


_REPLACED = {"_": _one, "gettext": _one, "ngettext": _many}
