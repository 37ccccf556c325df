"""Text as every cell, header and name is normalised: NFKC, no invisible characters, stripped."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys(
    (0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10))
)
_SPACE = re.compile(r"\s+")


def tidy(text: str) -> str:
    """`text` NFKC-normalised, without invisible characters, stripped."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).translate(_INVISIBLE).strip()


def squeeze(text: str) -> str:
    """`text` tidied and without any space, as headers and sheet names are compared."""
    return _SPACE.sub("", tidy(text))
