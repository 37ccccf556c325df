"""One run of a command: from its words to an exit code, whatever happens on the way."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import rich_click as click
from click.exceptions import Abort, NoArgsIsHelpError
from click.exceptions import Exit as ClickExit

from starrating.cli import _terminal
from starrating.cli._exits import Exit
from starrating.cli._progress import BAR
from starrating.progress import listening


@dataclass
class Run:
    """What a command tells of itself while it runs; it is the context's `obj`."""

    report_folder: Path = Path()
    """Where a report goes if something unexpected happens: beside the output folder."""


def run_command(words: list[str]) -> int:
    """Run the command and give its exit code; see `starrating.cli.run`."""
    from starrating.cli.app import app

    state = Run()
    try:
        with (
            listening(BAR),
            app.make_context("starrating", list(words), obj=state) as context,
        ):
            return int(app.invoke(context) or Exit.DONE)
    except ClickExit as ended:
        return ended.exit_code
    except NoArgsIsHelpError as asked:
        _terminal.show(asked.format_message())
        return Exit.USAGE
    except click.ClickException as refused:
        return _refuse(refused, words)
    except (Abort, KeyboardInterrupt):
        _terminal.say("已中断，没有写入任何结果。")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _terminal.drop(sys.stdout)
        return Exit.DONE
    except Exception as error:  # noqa: BLE001 - the one place that keeps tracebacks from users
        return _report(error, words, state.report_folder)


def _refuse(refused: click.ClickException, words: list[str]) -> int:
    """Tell what is wrong with the words that were typed."""
    message = refused.format_message()
    if "--json" in words:
        _terminal.show_document({"exit_code": Exit.USAGE.value, "error": message})
    context = getattr(refused, "ctx", None)
    _terminal.say(f"错误：{message}")
    if context is not None:
        _terminal.say(f"用法说明：{context.command_path} --help")
    return Exit.USAGE


def _report(error: Exception, words: list[str], folder: Path) -> int:
    """Write the report of a defect and say where it is."""
    from starrating.cli._defect import write_report

    path = write_report(error, words, folder)
    where = f"错误报告：{path}" if path else "错误报告无法写入"
    _terminal.say(f"程序内部出错，没有完成。{where}")
    _terminal.say("请把报告发给维护人员；发送前请看一眼，其中有错误原文和程序位置。")
    if "--json" in words:
        report = None if path is None else str(path)
        _terminal.show_document({"exit_code": Exit.DEFECT.value, "report": report})
    return Exit.DEFECT
