"""Canonical JSON and digests."""

import pytest

from starrating.archive.canonical import (
    canonical_json,
    is_known,
    is_safe,
    member_key,
    sm3,
)


def test_json_is_sorted_and_tight():
    """Keys by code point, no spaces, Chinese as it is."""
    assert (
        canonical_json({"乙": [1, None, True], "a": "中"})
        == '{"a":"中","乙":[1,null,true]}'.encode()
    )


@pytest.mark.parametrize("value", [1.5, [0.0], {"a": {"b": [1.0]}}])
def test_json_holds_no_floats(value):
    """A float anywhere is an error of the caller."""
    with pytest.raises(TypeError):
        canonical_json(value)


def test_member_order():
    """Manifest, README, folders in order, names by code point; unknown ones last."""
    names = ["zzz/x", "results/a", "plan/b", "plan/a", "README.txt", "manifest.json", "inputs/ä"]
    assert sorted(names, key=member_key) == [
        "manifest.json", "README.txt", "plan/a", "plan/b", "inputs/ä", "results/a", "zzz/x",
    ]  # fmt: skip


def test_lone_surrogates_are_unsafe():
    """A name that is no text at all is refused."""
    assert not is_safe("inputs/\udc80")


def test_known_names():
    """Known are the files of the format, and only in their folders."""
    assert is_known("rules/a/b.yaml")
    assert not is_known("rules/a/b.py")
    assert not is_known("manifest.json/x")


def test_sm3_of_the_standard():
    """GB/T 32905, example 1."""
    digest = sm3(b"abc")
    if digest is None:
        pytest.skip("this OpenSSL has no SM3")
    assert digest == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
