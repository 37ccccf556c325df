"""Signatures of archives: DSSE envelopes beside them, Ed25519."""

import base64
import json

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from archive.sample import bundle
from starrating.archive.bundle import pack
from starrating.archive.signature import (
    PAYLOAD_TYPE,
    sign,
    signature_faults,
    signed_bytes,
    signing_key,
    verifying_key,
)
from starrating.archive.zipform import ArchiveErrors

DATA = pack(bundle())
OTHER = pack(bundle(inputs={"inspection.xlsx": b"PK\x03\x05"}))


def private_pem(key, password=None):
    lock = serialization.NoEncryption()
    if password is not None:
        lock = serialization.BestAvailableEncryption(password)
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)


def public_pem(key):
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = signing_key(private_pem(SECRET), "k.pem")
PUBLIC = verifying_key(public_pem(SECRET), "k.pub")
ENVELOPE = sign(DATA, KEY)


def codes(envelope, data=DATA, key=PUBLIC):
    return [fault.code for fault in signature_faults(data, envelope, key)]


def changed(**parts):
    return json.dumps(json.loads(ENVELOPE) | parts).encode()


def test_a_signature_is_verified():
    """Whoever has the public key finds nothing wrong; the same bytes give the same envelope."""
    assert codes(ENVELOPE) == []
    assert sign(DATA, KEY) == ENVELOPE
    assert KEY.fingerprint == PUBLIC.fingerprint


def test_it_is_a_dsse_envelope():
    """The signature is over the pre-authentication encoding; the payload names the bytes."""
    document = json.loads(ENVELOPE)
    payload = base64.b64decode(document["payload"])
    text = f"DSSEv1 {len(PAYLOAD_TYPE)} {PAYLOAD_TYPE} {len(payload)} ".encode() + payload
    (signature,) = document["signatures"]
    SECRET.public_key().verify(base64.b64decode(signature["sig"]), text)
    assert json.loads(payload)["size"] == len(DATA)


def test_the_encoding_is_that_of_the_dsse_protocol():
    """The protocol's own example; lengths count bytes, not characters."""
    known = b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    assert signed_bytes("http://example.com/HelloWorld", b"hello world") == known
    assert signed_bytes("评", "分".encode()) == "DSSEv1 3 评 3 分".encode()


def test_another_archive_fails():
    """A signature moved to another archive says so."""
    assert codes(ENVELOPE, data=OTHER) == ["A124"]


def test_another_key_fails():
    """A signature by another key does not verify."""
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    assert codes(ENVELOPE, key=verifying_key(public_pem(other), "o.pub")) == ["A123"]
    forged = sign(DATA, signing_key(private_pem(other), "o.pem"))
    assert codes(forged) == ["A123"]


def test_a_changed_payload_fails():
    """A payload that says something else is not what was signed."""
    payload = base64.b64decode(json.loads(ENVELOPE)["payload"]).replace(b'"size"', b'"SIZE"')
    assert codes(changed(payload=base64.b64encode(payload).decode())) == ["A123"]


def test_a_second_signature_may_stand_beside():
    """One of several signatures must be by the key that is asked for."""
    (own,) = json.loads(ENVELOPE)["signatures"]
    foreign = {"keyid": "x", "sig": base64.b64encode(bytes(64)).decode()}
    assert codes(changed(signatures=[foreign, own])) == []
    assert codes(changed(signatures=[foreign])) == ["A123"]
    assert codes(changed(signatures=[])) == ["A123"]


@pytest.mark.parametrize(
    "envelope",
    [
        b"", b"x", b"[]", b"{}", b"null", b"[" * 90_000, b" " * 200_000,
        changed(payloadType="application/vnd.in-toto+json"), changed(payload="%%%"),
        changed(payload=7), changed(signatures=7), changed(signatures=[{"sig": "?"}]),
        changed(signatures=["x"]), ENVELOPE.replace(b"{", b'{"payloadType":"x",', 1),
    ],
)  # fmt: skip
def test_envelopes_out_of_form(envelope):
    """What is no envelope of ours is refused with a reason, never with a traceback."""
    assert codes(envelope) == ["A122"]


def test_encrypted_keys_ask_for_the_password():
    """A password is asked for only where the key has one; a wrong one is refused."""
    locked = private_pem(SECRET, b"secret")
    assert signing_key(locked, "k.pem", lambda: b"secret").fingerprint == KEY.fingerprint
    for password in (None, lambda: b"wrong"):
        with pytest.raises(ArchiveErrors, match="A125"):
            signing_key(locked, "k.pem", password)


@pytest.mark.parametrize(
    "pem", [b"", b"hello", public_pem(SECRET), private_pem(X25519PrivateKey.generate())]
)
def test_no_private_keys(pem):
    """What is no Ed25519 private key is refused."""
    with pytest.raises(ArchiveErrors, match="A125"):
        signing_key(pem, "k.pem")


@pytest.mark.parametrize(
    "pem", [b"", b"hello", private_pem(SECRET), public_pem(X25519PrivateKey.generate())]
)
def test_no_public_keys(pem):
    """What is no Ed25519 public key is refused, a private key above all."""
    with pytest.raises(ArchiveErrors, match="A125"):
        verifying_key(pem, "k.pub")
