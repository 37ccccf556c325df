"""Short wordings of format 1 that other rows carry: what is wrong, in one line."""

from __future__ import annotations

from collections.abc import Iterable

from starrating.results.model import FindingRow


def loss_words(title: str, rows: Iterable[FindingRow]) -> str:
    """What is wrong with an item: its title and the sentences of its losses."""
    told = "；".join(row.text for row in rows)
    if not told:
        return f"{title}未得满分"
    return told if told.startswith(title) else f"{title}：{told}"
