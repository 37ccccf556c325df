"""Signatures of archives: a DSSE envelope beside the archive, Ed25519 (docs/audit.md).

The envelope signs a short statement: the SHA-256 and size of the archive's bytes, its content
digest and its result number. The archive itself stays as it is. `cryptography` is imported when
a key is read, so that everything else works without it; where it is missing, ImportError.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starrating.archive.bundle import content_digest, number_of, unpack
from starrating.archive.canonical import canonical_json, sha256
from starrating.archive.codes import CODES
from starrating.archive.zipform import ArchiveErrors
from starrating.faults import Fault
from starrating.limits import MAX_SIGNATURE_BYTES
from starrating.origin import Origin

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

PAYLOAD_TYPE = "application/vnd.starrating.archive+json;version=1"
SUFFIX = ".sig"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key as read; `fingerprint` is the SHA-256 of its public key in hex."""

    key: Ed25519PrivateKey
    fingerprint: str


@dataclass(frozen=True, slots=True)
class VerifyingKey:
    """A public key as read; `fingerprint` is the SHA-256 of its raw bytes in hex."""

    key: Ed25519PublicKey
    fingerprint: str


def signing_key(pem: bytes, name: str, password: Callable[[], bytes] | None = None) -> SigningKey:
    """The private key of a PEM file; `password` is asked for one that is encrypted.

    What is no Ed25519 private key raises ArchiveErrors.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        given = password() if password is not None and b"ENCRYPTED" in pem else None
        key = load_pem_private_key(pem, given)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _unusable(name, "不是 PEM 私钥，或口令不对") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _unusable(name, "不是 Ed25519 私钥")
    return SigningKey(key, sha256(key.public_key().public_bytes_raw()))


def verifying_key(pem: bytes, name: str) -> VerifyingKey:
    """The public key of a PEM file; what is no Ed25519 public key raises ArchiveErrors."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    if b"PRIVATE KEY" in pem:
        raise _unusable(name, "这是私钥；核验只用公钥，私钥不要外传")
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _unusable(name, "不是 PEM 公钥") from error
    if not isinstance(key, Ed25519PublicKey):
        raise _unusable(name, "不是 Ed25519 公钥")
    return VerifyingKey(key, sha256(key.public_bytes_raw()))


def sign(data: bytes, key: SigningKey, name: str = "review.zip") -> bytes:
    """The DSSE envelope of an archive's bytes; what is no archive raises ArchiveErrors.

    Ed25519 is deterministic: the same archive and key give the same bytes.
    """
    payload = _statement(data, name)
    signature = {
        "keyid": key.fingerprint,
        "sig": _text(key.key.sign(signed_bytes(PAYLOAD_TYPE, payload))),
    }
    return canonical_json(
        {"payloadType": PAYLOAD_TYPE, "payload": _text(payload), "signatures": [signature]}
    )


def signature_faults(
    data: bytes, envelope: bytes, key: VerifyingKey, name: str = "review.zip", file: str = ""
) -> list[Fault]:
    """What is wrong with a signature; none means that the holder of the key signed these bytes.

    `file` is the envelope's name for the faults, `<name>.sig` unless said.
    """
    from cryptography.exceptions import InvalidSignature

    origin = Origin(file or f"{name}{SUFFIX}")
    try:
        payload, signatures = _opened(envelope)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = "不是本程序写出的形式" if not isinstance(error, _Foreign) else str(error)
        return [CODES.fault("A122", origin, reason=reason)]
    for signature in signatures:
        try:
            key.key.verify(signature, signed_bytes(PAYLOAD_TYPE, payload))
        except InvalidSignature:
            continue
        same = payload == _statement(data, name)
        return [] if same else [CODES.fault("A124", origin)]
    return [CODES.fault("A123", origin, fingerprint=key.fingerprint[:16])]


class _Foreign(ValueError):
    """An envelope of another kind; the text says why, in Chinese."""


def _opened(envelope: bytes) -> tuple[bytes, list[bytes]]:
    """The payload and the signatures of an envelope."""
    if len(envelope) > MAX_SIGNATURE_BYTES:
        raise _Foreign(f"大于 {MAX_SIGNATURE_BYTES} 字节")
    document: Any = json.loads(envelope, object_pairs_hook=_said_once)
    if document["payloadType"] != PAYLOAD_TYPE:
        raise _Foreign("签的不是评定档案")
    return _bytes(document["payload"]), [_bytes(each["sig"]) for each in document["signatures"]]


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are each said once: of two values, another reader may take the other."""
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError("a key is said twice")
    return document


def _statement(data: bytes, name: str) -> bytes:
    """What is signed: the archive's bytes, and what people know it by."""
    bundle = unpack(data, name)
    return canonical_json(
        {
            "content_digest": content_digest(data, name),
            "result_number": number_of(bundle, name),
            "sha256": sha256(data),
            "size": len(data),
            "title": bundle.facts.title,
        }
    )


def signed_bytes(payload_type: str, payload: bytes) -> bytes:
    """What DSSE signs: the pre-authentication encoding (PAE) of a payload and its type."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(text[:40]) from error


def _unusable(name: str, reason: str) -> ArchiveErrors:
    return ArchiveErrors([CODES.fault("A125", Origin(name), reason=reason)])
