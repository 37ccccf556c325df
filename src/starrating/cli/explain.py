"""`starrating explain`: why one organisation has its score and its star."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from starrating.cli import _faults
from starrating.cli._command import PATH, SETTINGS, Command, argument, json_option
from starrating.cli._terminal import say, show, show_document


@click.command(
    "explain",
    cls=Command,
    context_settings=SETTINGS,
    help="评分说明：一个党组织每一项怎么得分，每一分扣在哪一条、依据哪个单元格，星级怎么来。\n\n例：starrating explain out/review.zip 0101 2.1",
)
@argument("archive", metavar="档案", type=PATH, help="评定档案 review.zip。")
@argument("subject", metavar="党组织", help="代码，或完整名称。")
@argument("item", metavar="[项目]", required=False, help="只看这一项，如 2.1。")
@json_option
def explain(*, archive: Path, subject: str, item: str | None, as_json: bool) -> int:
    """Tell one organisation's story out of an archive."""
    from starrating.explain import story_document, story_in, story_text

    story, faults, code = story_in(archive, subject, item)
    for line in _faults.message_lines(faults):
        say(line)
    if as_json:
        told = None if story is None else story_document(story)
        found = _faults.fault_documents(faults)
        show_document({"exit_code": code, "faults": found, "story": told})
    elif story is not None:
        show(story_text(story).rstrip("\n"))
    return code
