"""What a batch is reviewed under: one rulebook and its days."""

from __future__ import annotations

from dataclasses import dataclass

from starrating.engine.setting import Setting
from starrating.faults import Fault
from starrating.records import Calendar


@dataclass(frozen=True, slots=True)
class Ground:
    """The setting of every part, the office's calendar, why its rulebook was chosen, and the faults
    met so far."""

    setting: Setting
    calendar: Calendar
    why: str
    path: str
    faults: tuple[Fault, ...]
