"""Two archives compared: which organisations changed, and by what (data, rules, people, 名额连带)."""

from starrating.comparing.causes import compare
from starrating.comparing.model import Cause, Change, Comparison, Side, Stand
from starrating.comparing.runs import NotComparable, crossed

__all__ = [
    "Cause",
    "Change",
    "Comparison",
    "NotComparable",
    "Side",
    "Stand",
    "compare",
    "crossed",
]
