"""The sentences of format 1, frozen with it: a message code and its details become Chinese text.

A released code never changes its sentence; a new sentence is a new code. `detail` is the canonical
JSON of a finding, so that an archive can render its texts again.
"""

from __future__ import annotations

from starrating.engine.format1.sentences import CODES_OF_FORMAT1, render

__all__ = ["CODES_OF_FORMAT1", "render"]
