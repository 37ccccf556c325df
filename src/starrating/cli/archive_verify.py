"""`starrating archive verify`: is the archive consistent, signed, and the slim one of a full one?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from starrating.cli._archives import bytes_of, examined, tell_failed
from starrating.cli._command import PATH, SETTINGS, Command, argument, json_option
from starrating.cli._exits import Exit
from starrating.cli._signing import key_bytes, need_signing
from starrating.cli._terminal import columns, say, show, show_document

if TYPE_CHECKING:
    from starrating.archive.canonical import Json
    from starrating.archive.signature import VerifyingKey
    from starrating.faults import Fault


@click.command(
    "verify",
    cls=Command,
    context_settings=SETTINGS,
    help="核验：重算档案中每个文件的校验码，按规范重新打包，并要求逐字节相同。\n\n通过只说明档案自洽，不说明没有人整份换过；给出公钥时另核验签名，没有签名就不通过。不通过时退出码为 5。",
)
@argument("path", metavar="档案", type=PATH, help="评定档案 review.zip，或精简档案。")
@click.option("--key", metavar="公钥", type=PATH, help="签名单位的公钥（PEM）；写了就必须有签名。")
@click.option("--signature", metavar="文件", type=PATH, help="签名文件；不写时是 档案.sig。")
@click.option("--against", metavar="完整档案", type=PATH, help="与完整档案核对一份精简档案。")
@json_option
def verify(
    *, path: Path, key: Path | None, signature: Path | None, against: Path | None, as_json: bool
) -> int:
    """Verify an archive: digests, canonical form, equal bytes; signature and full archive if asked."""
    if signature is not None and key is None:
        raise click.UsageError("写了 --signature 也要写 --key：没有公钥不能核验签名")
    data, faults, code = examined(path)
    if data is None:
        return tell_failed(path, faults, code, as_json=as_json)
    signed = signature or path.with_name(f"{path.name}.sig")
    fingerprint = None
    if key is not None:
        fingerprint, faults = _signature(path, data, key, signed)
        if fingerprint is None or faults:
            return tell_failed(path, faults, Exit.UNVERIFIED, as_json=as_json)
    if against is not None:
        faults, code = _against(path, data, against)
        if faults:
            return tell_failed(path, faults, code, as_json=as_json)
    facts = _facts(path, data)
    if as_json:
        proof: dict[str, Json] = {
            "signed_by": fingerprint,
            "against": None if against is None else against.as_posix(),
        }
        show_document({**facts, **proof})
        return Exit.DONE
    _tell(facts, fingerprint, against)
    if key is None and signed.exists():
        say(f"旁边有签名文件 {signed.name}，没有核验；核验签名请用 --key 写明公钥。")
    return Exit.DONE


def _signature(
    path: Path, data: bytes, key: Path, signed: Path
) -> tuple[str | None, tuple[Fault, ...]]:
    """The fingerprint of the key, and what is wrong with the signature."""
    need_signing()
    from starrating.archive.codes import CODES
    from starrating.archive.signature import signature_faults
    from starrating.origin import Origin

    found, faults = _public_key(key)
    if found is None:
        return None, faults
    if not signed.exists():
        name = signed.as_posix()
        return found.fingerprint, (CODES.fault("A121", Origin(name), signature=name),)
    envelope, faults = bytes_of(signed)
    if envelope is None:
        return found.fingerprint, faults
    return found.fingerprint, tuple(
        signature_faults(data, envelope, found, path.name, signed.as_posix())
    )


def _public_key(path: Path) -> tuple[VerifyingKey | None, tuple[Fault, ...]]:
    from starrating.archive.signature import verifying_key
    from starrating.archive.zipform import ArchiveErrors

    pem, faults = key_bytes(path)
    if pem is None:
        return None, faults
    try:
        return verifying_key(pem, path.as_posix()), ()
    except ArchiveErrors as error:
        return None, error.faults


def _against(path: Path, data: bytes, against: Path) -> tuple[tuple[Fault, ...], Exit]:
    full, faults, code = examined(against)
    if full is None:
        return faults, code
    from starrating.archive.slim import against_faults
    from starrating.archive.zipform import ArchiveErrors

    try:
        faults = tuple(against_faults(data, full, path.name, against.name))
    except ArchiveErrors as error:
        faults = error.faults
    return faults, Exit.UNVERIFIED


def _facts(path: Path, data: bytes) -> dict[str, Json]:
    from starrating.archive.bundle import content_digest, number_of, unpack
    from starrating.archive.slim import full_digest

    bundle = unpack(data, path.name)
    facts, full = bundle.facts, bundle.full
    return {
        "archive": path.as_posix(),
        "consistent": True,
        "exit_code": 0,
        "title": facts.title,
        "period": facts.period,
        "cut_off": facts.cut_off.isoformat(),
        "stage": facts.stage,
        "rulebooks": [f"{book}@{version}" for book, version in facts.rulebooks],
        "content_digest": content_digest(data, path.name),
        "result_number": number_of(bundle, path.name),
        "slim": full is not None,
        "full_content_digest": None if full is None else full_digest(bundle),
        "faults": [],
    }


def _tell(facts: dict[str, Json], fingerprint: str | None, against: Path | None) -> None:
    kind = "（精简档案）" if facts["slim"] else ""
    show(f"√ 自洽：{facts['archive']}{kind}")
    books = facts["rulebooks"]
    assert isinstance(books, list)
    lines = [
        ("评定", facts["title"]),
        ("周期", f"{facts['period']}，截止日 {facts['cut_off']}"),
        ("阶段", facts["stage"]),
        ("规则", "、".join(map(str, books))),
        ("结果编号", facts["result_number"]),
        ("内容校验码", facts["content_digest"]),
        ("完整档案的内容校验码", facts["full_content_digest"]),
    ]
    show("\n".join(columns((name, str(text)) for name, text in lines if text)))
    if fingerprint is not None:
        show(f"√ 签名相符：档案自签名后没有改动；公钥指纹 {fingerprint}")
        say("签名相符是指由持有对应私钥的人签署；公钥是谁的，请向签名单位核对指纹。")
    if against is not None:
        show(f"√ 与完整档案相符：{against.as_posix()} 精简后与本档案相同")
    if facts["slim"] and against is None:
        say("精简档案里的分数是否与完整档案一致，要用 --against 完整档案 核对。")
    if fingerprint is None:
        say("自洽是指档案内部一致；要确认没有整份换过，请与当时公布的结果编号核对，或核验签名。")
