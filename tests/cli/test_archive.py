"""`starrating archive verify`, `sign` and `slim` as a clerk types them."""

import builtins
import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reviews import outcome
from starrating.archive.bundle import pack
from starrating.cli import _signing, run


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with an archive and a pair of keys."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    (tmp_path / "k.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    (tmp_path / "k.pub").write_bytes(
        key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    (tmp_path / "review.zip").write_bytes(pack(outcome("county-mixed").bundle))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_verify_claims_no_more_than_it_proved(folder, capsys):
    """Without a signature it says 自洽 and what that does not mean."""
    assert run(["archive", "verify", "review.zip"]) == 0
    out, err = capsys.readouterr()
    assert "√ 自洽" in out
    assert "未被篡改" not in out + err
    assert "没有整份换过" in err


def test_a_missing_signature_fails_when_asked_for(folder, capsys):
    """Whether a signature is required is said by the caller."""
    assert run(["archive", "verify", "review.zip", "--key", "k.pub"]) == 5
    assert "A121" in capsys.readouterr().err


def test_sign_and_verify(folder, capsys):
    """The archive's bytes stay; the signature stands beside it and verifies."""
    before = (folder / "review.zip").read_bytes()
    assert run(["archive", "sign", "review.zip", "--key", "k.pem"]) == 0
    assert (folder / "review.zip").read_bytes() == before
    capsys.readouterr()
    assert run(["archive", "verify", "review.zip", "--key", "k.pub", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert len(document["signed_by"]) == 64
    assert run(["archive", "verify", "review.zip"]) == 0
    assert "没有核验" in capsys.readouterr().err


def test_a_signature_of_another_archive_fails(folder, capsys):
    """An archive replaced after signing does not pass."""
    assert run(["archive", "sign", "review.zip", "--key", "k.pem", "--out", "s.sig"]) == 0
    own = outcome("county-mixed").bundle
    facts = replace(own.facts, title="换过的")
    (folder / "review.zip").write_bytes(pack(replace(own, facts=facts)))
    words = ["archive", "verify", "review.zip", "--key", "k.pub", "--signature", "s.sig"]
    capsys.readouterr()
    assert run(words) == 5
    assert "× s.sig: A124" in capsys.readouterr().err


@pytest.mark.parametrize(("key", "said"), [("k.pub", "不是 PEM 私钥"), ("none.pem", "找不到文件")])
def test_no_key_no_signature(folder, key, said, capsys):
    """What cannot sign is told as that, not as an archive that failed."""
    assert run(["archive", "sign", "review.zip", "--key", key, "--out", "s.sig"]) == 3
    told = capsys.readouterr().err
    assert f"× {key}: A125 密钥文件不能用：{said}" in told
    assert told.endswith("没有签名：review.zip\n")
    assert not (folder / "s.sig").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["verify", "review.zip", "--signature", "x.sig"],
        ["sign", "review.zip", "--key", "k.pem", "--out", "review.zip"],
        ["sign", "review.zip", "--key", "k.pem", "--out", "k.pem"],
        ["slim", "review.zip", "--out", "review.zip"],
        ["slim", "review.zip", "--out", "k.pem/s.zip"],
    ],
)
def test_slips_are_usage_errors(folder, words):
    """Nothing is overwritten by a slip."""
    kept = {path: path.read_bytes() for path in folder.iterdir()}
    assert run(["archive", *words]) == 2
    assert {path: path.read_bytes() for path in folder.iterdir()} == kept


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["verify", "none.zip"], 3),
        (["verify", "review.zip", "--key", "none.pub"], 5),
        (["verify", "review.zip", "--key", "review.zip"], 5),
        (["verify", "review.zip", "--against", "none.zip"], 3),
        (["verify", "review.zip", "--against", "review.zip"], 5),
        (["verify", "k.pem"], 5),
        (["sign", "review.zip", "--key", "none.pem"], 3),
        (["sign", "review.zip", "--key", "k.pub"], 3),
        (["sign", "k.pub", "--key", "k.pem"], 5),
        (["slim", "k.pub", "--out", "s.zip"], 5),
    ],
)
def test_exit_codes(folder, capsys, words, code):
    """What cannot be done ends with its code and one JSON document."""
    assert run(["archive", *words, "--json"]) == code
    document = json.loads(capsys.readouterr().out)
    assert document["exit_code"] == code
    assert document["faults"]
    assert not list(folder.glob("*.sig"))


def test_slim_verifies_against_the_full_one(folder, capsys):
    """Written whole, smaller, and checked against the archive it came from."""
    assert run(["archive", "slim", "review.zip", "--out", "slim.zip", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["bytes"] == (folder / "slim.zip").stat().st_size
    assert run(["archive", "verify", "slim.zip", "--against", "review.zip", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["slim"] is True
    assert told["full_content_digest"] == made["full_content_digest"]
    assert run(["archive", "slim", "slim.zip", "--out", "again.zip"]) == 3


def test_a_slim_archive_alone_proves_less(folder, capsys):
    """Its emptied tables are held to nothing until the full archive is there, and it says so."""
    assert run(["archive", "slim", "review.zip", "--out", "slim.zip"]) == 0
    capsys.readouterr()
    for more, word in (([], True), (["--against", "review.zip"], False)):
        assert run(["archive", "verify", "slim.zip", *more]) == 0
        told = capsys.readouterr().err
        assert ("要用 --against" in told) is word
        assert "没有整份换过" in told


def test_signing_is_an_extra(folder, monkeypatch, capsys):
    """Without the package the user is told how to get it; verifying without a key still works."""
    monkeypatch.setattr(_signing, "find_spec", lambda _: None)
    plain = builtins.__import__

    def refuse(name, *args):
        if name.startswith("cryptography"):
            raise ImportError(name)
        return plain(name, *args)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert run(["archive", "sign", "review.zip", "--key", "k.pem"]) == 2
    assert "starrating[signing]" in capsys.readouterr().err
    assert run(["archive", "verify", "review.zip"]) == 0


def test_a_key_with_a_password_needs_a_terminal(folder):
    """Without one it is refused in Chinese with a code, and nothing is signed."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    lock = serialization.BestAvailableEncryption(b"secret")
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
    (folder / "locked.pem").write_bytes(pem)
    ended = subprocess.run(
        [sys.executable, "-m", "starrating", "archive", "sign", "review.zip", "--key", "locked.pem"],
        cwd=folder, input=b"secret\n", capture_output=True, check=False, start_new_session=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    said = ended.stderr.decode("utf-8")
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert "A126" in said
    assert "getpass" not in said.lower()
    assert not (folder / "review.zip.sig").exists()
