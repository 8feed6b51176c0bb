"""When things happen in the example: everything hangs on the hour of loading, so that filling in and desks are open now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from desks.choices import StageKind

JAKARTA: Final = ZoneInfo("Asia/Jakarta")
FIRST_DAY: Final = -3
PER_DAY: Final = 4
HOURS: Final = (dt.time(8, 30), dt.time(10, 15), dt.time(13, 0), dt.time(14, 45))
LENGTH: Final = dt.timedelta(minutes=90)
TODAY: Final = (-330, -165, -20, 120)
"""Minutes from now at which today's sittings begin; the third one runs now."""

STAGES: Final = (
    (StageKind.PREPARATION, -42, -26, ""),
    (StageKind.PRE, -26, -25, ""),
    (StageKind.FILLING_KL, -25, 5, "Target yang kosong ditampilkan kosong di desk."),
    (StageKind.FILLING_REGION, -22, 4, "Butir yang belum diajukan tidak masuk agenda desk."),
    (StageKind.VERIFICATION, -12, 6, ""),
    (StageKind.DESK, -3, 7, "Butir tanpa keputusan dicatat tidak terbahas."),
    (StageKind.MINUTES, -3, 14, ""),
    (StageKind.FOLLOW_UP, 14, 120, ""),
)


@dataclass(frozen=True)
class Slot:
    """A sitting's place in time: past, running or to come."""

    starts: dt.datetime
    ends: dt.datetime
    day: int

    def is_past(self, now: dt.datetime) -> bool:
        """Whether it is over."""
        return self.ends <= now

    def is_running(self, now: dt.datetime) -> bool:
        """Whether it runs now."""
        return self.starts <= now < self.ends


@dataclass(frozen=True)
class Clock:
    """The hour of loading and, for last year's round, how many days earlier everything was."""

    now: dt.datetime
    shift: int = 0

    def day(self, offset: float) -> dt.datetime:
        """A moment some days away."""
        return self.now + dt.timedelta(days=offset - self.shift)

    def midnight(self, offset: int) -> dt.datetime:
        """One minute before midnight in Jakarta, some days away."""
        local = self.day(offset).astimezone(JAKARTA)
        return local.replace(hour=23, minute=59, second=0, microsecond=0).astimezone(dt.UTC)

    def slot(self, province: int, desk: int) -> Slot:
        """When the province of this number sits at the desk of this number; today's third sitting runs now."""
        day, place = FIRST_DAY + province // PER_DAY, (province + desk) % PER_DAY
        if day == 0 and not self.shift:
            starts = self.now.replace(second=0, microsecond=0) + dt.timedelta(minutes=TODAY[place])
        else:
            hour = HOURS[place]
            local = (
                self.day(day).astimezone(JAKARTA).replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
            )
            starts = local.astimezone(dt.UTC)
        return Slot(starts, starts + LENGTH, day)
