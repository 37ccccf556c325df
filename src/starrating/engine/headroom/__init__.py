"""晋星差距: how far an organisation is from the next star, and which healing reaches it.

It reads result rows and the rulebook alone, so that an archive tells it as well as a review does.
`remedies` says what each item would score if some of its findings were healed, `search` finds the
fewest findings that reach an edge, `distance` puts both together.
"""

from starrating.engine.headroom.distance import headroom

__all__ = ["headroom"]
