"""A sitting on the timetable, and what it has in common with another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Slot:
    """A sitting as others are held against it: its name in the part of sessions, desk, regions, beginning, end and room."""

    key: tuple[str, ...]
    desk: str
    regions: set[str]
    starts: dt.datetime
    ends: dt.datetime
    place: str = ""
    online: bool = False

    def meets(self, other: Slot) -> bool:
        """Whether both sit at some moment."""
        return self.starts < other.ends and other.starts < self.ends

    def shares_room(self, other: Slot) -> bool:
        """Whether both want the same room; a sitting without one, or online, wants none."""
        room = " ".join(self.place.split()).casefold()
        return bool(room) and not (self.online or other.online) and room == " ".join(other.place.split()).casefold()
