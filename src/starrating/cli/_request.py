"""The options `review` and `check` share, and the request made of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import rich_click as click
from click import get_current_context
from click.core import ParameterSource

from starrating.cli._command import PATH, argument, as_day, reference

if TYPE_CHECKING:
    from starrating.reviewing import Request

FIXED = ("rules", "plan", "rulebook", "period", "previous", "cut_off", "level", "calendar")
"""Parameters that an archive as data leaves no choice in."""

Made = TypeVar("Made", bound=Callable[..., Any])

STAGES = ("自评", "初评", "复核", "公示", "审定", "更正")
LEVELS = ("村", "镇", "县", "市", "省", "中央")


def _references(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str | None], ...]:
    return tuple(reference(value) for value in values)


def _level(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is None or value.removesuffix("级") in LEVELS:
        return value and value.removesuffix("级")
    raise click.BadParameter(f"“{value}”不在可选之列：{'、'.join(LEVELS)}")


_DATA = argument(
    "data",
    metavar="数据",
    type=PATH,
    help="检查数据：文件夹、工作簿、CSV，或以往的评定档案 review.zip。",
)
_RULES = click.option(
    "--rules",
    metavar="文件夹",
    type=PATH,
    default=Path("rules"),
    show_default=True,
    help="规则所在文件夹。",
)
_PLAN = click.option(
    "--plan", metavar="文件", type=PATH, help="评定方案；不写时用数据文件夹里的 plan.yaml。"
)
_RULEBOOK = click.option(
    "--rulebook", metavar="编号[@版本]", multiple=True, callback=_references,
    help="没有评定方案时，用哪套规则；可写多次。",
)  # fmt: skip
_PERIOD = click.option(
    "--period", metavar="周期", help="没有评定方案时的评定周期，如 2023、2023H1、2023Q2、2023-05。"
)
_PREVIOUS = click.option(
    "--with", "previous", metavar="档案", type=PATH, multiple=True,
    help="以往的评定档案 review.zip，取上年度星级和未销号任务；可写多次。",
)  # fmt: skip
_ISSUED = click.option(
    "--issued", metavar="日期", callback=as_day, help="签发日期，整改期限从这天起算。"
)
_CUT_OFF = click.option("--cut-off", metavar="日期", callback=as_day, help="数据截止日。")
_STAGE = click.option(
    "--stage", metavar="阶段", type=click.Choice(STAGES), help=f"评定阶段：{'、'.join(STAGES)}。"
)
_LEVEL = click.option(
    "--level", metavar="层级", callback=_level, help="评定层级，如 镇；更高层级的名额不在本级适用。"
)
_CALENDAR = click.option(
    "--calendar", metavar="文件夹", type=PATH, help="本单位补录的节假日安排，每年一个文件。"
)
_JUDGE = click.option(
    "--judge", metavar="引擎", type=click.Choice(("durable", "native")),
    help="判定用的推理引擎：durable 或 native；两者结果相同，一般不必写。",
)  # fmt: skip

_PEOPLE = click.option(
    "--people", metavar="文件", type=PATH,
    help="数据是档案时另加的人工认定：核查更正、异议复核、审定结果、组织变更，一个文件或一个文件夹。",
)  # fmt: skip

_OPTIONS = (
    _DATA, _RULES, _PLAN, _RULEBOOK, _PERIOD, _PREVIOUS, _ISSUED, _CUT_OFF, _STAGE, _LEVEL,
    _CALENDAR, _JUDGE, _PEOPLE,
)  # fmt: skip


def request_options(command: Made) -> Made:
    """Give a command the argument and options that say what is reviewed, by which rules, up to when."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def make_request(**values: Any) -> Request:
    """Make the request of the values that `request_options` gives."""
    if values["plan"] is not None and values["rulebook"]:
        raise click.UsageError("--plan 和 --rulebook 不能同时写：用哪套规则已在评定方案里写明")
    from starrating.reviewing import Request, is_archive

    if is_archive(values["data"]):
        _nothing_else_given()
    elif values["people"] is not None:
        raise click.UsageError(
            "--people 只用在数据是评定档案时；数据是文件夹的，把这些表放进文件夹即可"
        )
    return Request(**values)


def _nothing_else_given() -> None:
    """Refuse options that would change what an archive fixes: its rules, plan and earlier facts."""
    context = get_current_context()
    given = [
        f"--{name.replace('_', '-')}"
        for name in FIXED
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    if given:
        words = "、".join("--with" if each == "--previous" else each for each in given)
        raise click.UsageError(f"数据是评定档案时，规则、周期和方案都用档案里的，不能再写 {words}")
