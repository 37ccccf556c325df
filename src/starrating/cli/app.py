"""The command `starrating` with all its groups."""

from __future__ import annotations

import rich_click as click

from starrating.cli import archive_sample, archive_sign, archive_slim, archive_verify
from starrating.cli._command import SETTINGS, Group
from starrating.cli.archive import archive
from starrating.cli.check import check
from starrating.cli.compare import compare
from starrating.cli.explain import explain
from starrating.cli.ledger import COMMANDS as LEDGER
from starrating.cli.review import review
from starrating.cli.rules import rules
from starrating.cli.rules_diff import diff
from starrating.cli.rules_impact import impact
from starrating.cli.rules_sheet import export_, import_
from starrating.cli.rules_try import try_
from starrating.cli.rules_versions import freeze, list_


@click.group(
    "starrating",
    cls=Group,
    context_settings=SETTINGS,
    help="按公布的规则给党组织评分定星，每一分都说得出条款、事实和单元格。\n\n结果供研究审定使用。使用说明见 docs/commands.md。",
)
@click.version_option(package_name="starrating", message="%(prog)s %(version)s")
def app() -> None:
    """The command line as a whole."""


for _member in (
    archive_verify.verify,
    archive_sign.sign,
    archive_slim.slim,
    archive_sample.sample,
):
    archive.add_command(_member)
for _own in LEDGER:
    archive.add_command(_own)
for _command in (review, check, explain, compare, archive, rules):
    app.add_command(_command)
for _command in (list_, freeze, diff, impact, try_, export_, import_):
    rules.add_command(_command)
