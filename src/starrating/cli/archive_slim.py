"""`starrating archive slim`: the same review without inputs and without people's words."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from starrating.cli._archives import examined, tell_failed
from starrating.cli._command import PATH, SETTINGS, Command, argument, json_option
from starrating.cli._exits import Exit
from starrating.cli._terminal import show, show_document
from starrating.oserrors import why


@click.command(
    "slim",
    cls=Command,
    context_settings=SETTINGS,
    help="精简：去掉报送的原始文件，清空文字说明和人名，供对外提供；分数、星级、条款和依据位置不变。\n\n精简档案可以凭完整档案核对：verify 精简档案 --against 完整档案。",
)
@argument("path", metavar="档案", type=PATH, help="评定档案 review.zip。")
@click.option("--out", metavar="文件", type=PATH, required=True, help="精简档案写到哪里。")
@json_option
def slim(*, path: Path, out: Path, as_json: bool) -> int:
    """Write the slim archive of a full one, whole or not at all."""
    if out.resolve() == path.resolve():
        raise click.UsageError("--out 不能是档案本身")
    data, faults, code = examined(path)
    if data is None:
        return tell_failed(path, faults, code, as_json=as_json)
    from starrating.archive.bundle import content_digest
    from starrating.archive.slim import slimmed
    from starrating.archive.zipform import ArchiveErrors
    from starrating.report.moves import write_whole

    try:
        made = slimmed(data, path.name)
    except ArchiveErrors as error:
        return tell_failed(path, error.faults, Exit.DATA, as_json=as_json, said="没有精简")
    try:
        write_whole(out, made)
    except OSError as error:
        raise click.UsageError(f"写不了 {out.as_posix()}：{why(error)}") from error
    if as_json:
        show_document(
            {
                "archive": path.as_posix(),
                "exit_code": 0,
                "slim": out.as_posix(),
                "content_digest": content_digest(made, out.name),
                "full_content_digest": content_digest(data, path.name),
                "bytes": len(made),
            }
        )
        return Exit.DONE
    show(f"√ 已写出精简档案：{out.as_posix()}（{len(made)} 字节，完整档案 {len(data)} 字节）")
    return Exit.DONE
