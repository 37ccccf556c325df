"""The command `starrating` with all its groups."""

from __future__ import annotations

import rich_click as click

from starrating.cli._command import SETTINGS, Group

_COMMANDS = {
    "review": "starrating.cli.review:review",
    "check": "starrating.cli.check:check",
    "explain": "starrating.cli.explain:explain",
    "compare": "starrating.cli.compare:compare",
    "documents": "starrating.cli.documents:documents",
    "archive": "starrating.cli.archive:archive",
    "rules": "starrating.cli.rules:rules",
}


@click.group(
    "starrating",
    cls=Group,
    apart=_COMMANDS,
    context_settings=SETTINGS,
    help="按公布的规则给党组织评分定星，每一分都说得出条款、事实和单元格。\n\n结果供研究审定使用。使用说明见 docs/commands.md。",
)
@click.version_option(package_name="starrating", message="%(prog)s %(version)s")
def app() -> None:
    """The command line as a whole."""
