"""Signing needs a package of its own; where it is missing, the user is told how to get it."""

from __future__ import annotations

from importlib.util import find_spec

import rich_click as click


def need_signing() -> None:
    """Refuse, as a usage error, where no signature can be made or verified."""
    if find_spec("cryptography") is None:
        raise click.UsageError('签名和核验签名需要另装：pip install "starrating[signing]"')
