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
HOURS: Final = (dt.time(9, 0), dt.time(10, 30), dt.time(13, 0), dt.time(14, 30))
LENGTH: Final = dt.timedelta(minutes=90)
HALF_HOUR: Final = dt.timedelta(minutes=30)
SETTLING_IN: Final = dt.timedelta(minutes=10)
"""How long the sitting that runs now has run at least, so that something happened in it."""

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
        today = day == 0 and not self.shift
        starts = (self._today()[place] if today else _at(self.day(day), HOURS[place])).astimezone(dt.UTC)
        return Slot(starts, starts + LENGTH, day)

    def _today(self) -> tuple[dt.datetime, ...]:
        """Today's beginnings: two that are over, one that runs now, one to come; of the usual hours where these fit around now."""
        late = self.now.astimezone(JAKARTA) - SETTLING_IN
        running = late.replace(minute=late.minute // 30 * 30, second=0, microsecond=0)
        usual = [_at(self.now, hour) for hour in HOURS]
        over = [starts for starts in usual if starts + LENGTH <= running][-2:]
        while len(over) < 2:
            over.insert(0, (over[0] if over else running) - LENGTH)
        coming = [starts for starts in usual if starts >= running + LENGTH] or [running + LENGTH + HALF_HOUR]
        return (*over, running, coming[0])


def _at(day: dt.datetime, hour: dt.time) -> dt.datetime:
    return day.astimezone(JAKARTA).replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
