"""Commands and groups that print their help in Chinese, and the option every command has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from datetime import date
from functools import partial
from importlib import import_module
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


def whole(least: int, most: int | None = None) -> Callable[[Any], int]:
    """The type of an option that is a whole number from `least` to `most`, or without an end; a
    usage error says in Chinese what may be written."""
    span = f"不小于 {least} 的整数" if most is None else f" {least} 至 {most} 的整数"

    def number(value: Any) -> int:
        try:
            found = int(value)
        except ValueError:
            raise click.BadParameter(f"“{value}”不是整数，请写{span}") from None
        if found < least or (most is not None and found > most):
            raise click.BadParameter(f"请写{span}，写的是 {found}")
        return found

    return number


class _Commands(MutableMapping[str, click.Command]):
    """Commands by name; one that stands in a module of its own is imported when it is asked for."""

    def __init__(self, apart: Mapping[str, str]) -> None:
        self._apart = apart
        self._here: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._here:
            module, _, attribute = self._apart[name].partition(":")
            self._here[name] = getattr(import_module(module), attribute)
        return self._here[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._here[name] = command

    def __delitem__(self, name: str) -> None:
        del self._here[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._apart, **self._here})

    def __len__(self) -> int:
        return len({**self._apart, **self._here})


class Group(RichGroup):
    """A group of commands; `apart` tells where those are that have modules of their own.

    They are imported when they are called or listed: a review loads no other command.
    """

    context_class = _Context
    command_class = Command
    group_class = type

    def __init__(self, *args: Any, apart: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        own = {"options_metavar": "[选项]", "subcommand_metavar": "命令 [参数]…"}
        super().__init__(*args, **{**own, **kwargs})
        self.commands = _Commands(apart or {})


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


PATH = _Path(path_type=Path, readable=False)


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
