"""`starrating archive sign`: a signature beside the archive, whose bytes stay."""

from __future__ import annotations

import warnings
from getpass import GetPassWarning
from pathlib import Path

import rich_click as click

from starrating.cli._archives import examined, tell_failed
from starrating.cli._command import PATH, SETTINGS, Command, argument, json_option
from starrating.cli._exits import Exit
from starrating.cli._signing import key_bytes, need_signing
from starrating.cli._terminal import say, show, show_document
from starrating.oserrors import why

_NOT_SIGNED = "没有签名"


@click.command(
    "sign",
    cls=Command,
    context_settings=SETTINGS,
    help="签名：用私钥为档案签名，签名写在档案旁边的文件里，档案本身不变。\n\n私钥、公钥用 openssl 生成，写法见《审计复算》。",
)
@argument("path", metavar="档案", type=PATH, help="评定档案 review.zip。")
@click.option("--key", metavar="私钥", type=PATH, required=True, help="Ed25519 私钥（PEM）。")
@click.option("--out", metavar="文件", type=PATH, help="签名文件；不写时是 档案.sig。")
@json_option
def sign(*, path: Path, key: Path, out: Path | None, as_json: bool) -> int:
    """Sign an archive's bytes; the envelope appears whole or not at all."""
    need_signing()
    from starrating.archive.codes import CODES
    from starrating.archive.signature import SUFFIX, signing_key
    from starrating.archive.signature import sign as signed
    from starrating.archive.zipform import ArchiveErrors
    from starrating.origin import Origin
    from starrating.report.moves import write_whole

    target = out or path.with_name(path.name + SUFFIX)
    if target.resolve() in {path.resolve(), key.resolve()}:
        raise click.UsageError("--out 不能是档案或私钥本身")
    data, faults, code = examined(path)
    if data is None:
        return tell_failed(path, faults, code, as_json=as_json)
    pem, faults = key_bytes(key)
    if pem is None:
        return tell_failed(path, faults, Exit.DATA, as_json=as_json, said=_NOT_SIGNED)
    try:
        private = signing_key(pem, key.as_posix(), _password)
        envelope = signed(data, private, path.name)
    except ArchiveErrors as error:
        return tell_failed(path, error.faults, Exit.DATA, as_json=as_json, said=_NOT_SIGNED)
    except GetPassWarning:
        faults = (CODES.fault("A126", Origin(key.as_posix())),)
        return tell_failed(path, faults, Exit.USAGE, as_json=as_json, said=_NOT_SIGNED)
    try:
        write_whole(target, envelope)
    except OSError as error:
        raise click.UsageError(f"写不了 {target.as_posix()}：{why(error)}") from error
    if as_json:
        show_document(
            {
                "archive": path.as_posix(),
                "exit_code": 0,
                "signature": target.as_posix(),
                "key": private.fingerprint,
            }
        )
        return Exit.DONE
    show(f"√ 已签名：{target.as_posix()}")
    show(f"公钥指纹 {private.fingerprint}")
    say("请把公钥（不是私钥）和指纹告诉核验的人。")
    return Exit.DONE


def _password() -> bytes:
    """What is typed without being shown. Raises GetPassWarning where there is no terminal for it:
    Python would read the password openly, and say so in English."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)
        text: str = click.prompt("私钥口令", hide_input=True, err=True)
    return text.encode()
