"""Commands and groups that print their help in Chinese, and the option every command has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import rich_click as click
from rich_click import (
    RichArgument,
    RichCommand,
    RichContext,
    RichGroup,
    RichHelpConfiguration,
    RichHelpFormatter,
)
from rich_click.rich_panel import RichOptionPanel

from starrating.cli._chinese import speak_chinese

Made = TypeVar("Made", bound=Callable[..., Any])

HELP = RichHelpConfiguration(
    arguments_panel_title="参数",
    options_panel_title="选项",
    commands_panel_title="命令",
    errors_panel_title="错误",
    default_string="（默认：{}）",
    required_long_string="（必填）",
    required_short_string="*",
    show_arguments=True,
    max_width=100,
    text_markup=None,
)


class _Formatter(RichHelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法：")


class _Context(RichContext):
    formatter_class = _Formatter


class Command(RichCommand):
    """One command."""

    context_class = _Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", **kwargs})


class Group(RichGroup):
    """A group of commands."""

    context_class = _Context
    command_class = Command
    group_class = type

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        own = {"options_metavar": "[选项]", "subcommand_metavar": "命令 [参数]…"}
        super().__init__(*args, **{**own, **kwargs})


class _Argument(RichArgument):
    """An argument that help shows by its Chinese name alone."""

    def get_rich_table_row(
        self, ctx: RichContext, formatter: RichHelpFormatter, panel: RichOptionPanel | None = None
    ) -> Any:
        row = super().get_rich_table_row(ctx, formatter, panel)
        kinds = formatter.config.options_table_column_types
        return [
            None if kind.startswith("opt_") else cell for kind, cell in zip(kinds, row, strict=True)
        ]


argument = partial(click.argument, cls=_Argument)
"""`click.argument` with help in Chinese."""


SETTINGS: dict[str, Any] = {
    "help_option_names": ["--help", "-h"],
    "rich_help_config": HELP,
}


class _Path(click.Path):
    """A path; an empty text is none, though the system would take the folder it stands in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("路径是空的", param, ctx)
        return super().convert(value, param, ctx)


PATH = _Path(path_type=Path)


def as_day(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    """Read the text of an option that takes a day: its callback."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"“{value}”不是日期，请写成 2024-01-31 这样的形式") from None


def reference(text: str) -> tuple[str, str | None]:
    """Split `ID` or `ID@VERSION`; other texts are a usage error."""
    book, at, version = text.strip().partition("@")
    if not book or (at and not version):
        raise click.BadParameter(f"“{text}”应写成 编号 或 编号@版本，如 town-village@2023")
    return book, version or None


def json_option(command: Made) -> Made:
    """Give a command the option `--json`, as every command has it."""
    return click.option("--json", "as_json", is_flag=True, help="只输出一份 JSON 文档。")(command)


speak_chinese()
