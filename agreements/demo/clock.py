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
RUNNING: Final = 2
"""Which of today's four sittings runs."""
HOURS: Final = (dt.time(8, 0), dt.time(9, 30), dt.time(11, 0), dt.time(13, 0))
"""The usual beginnings in Jakarta: office hours from Banda Aceh to Jayapura, two hours later."""
LATE_HOURS: Final = (dt.time(14, 30), dt.time(15, 45))
"""Where today's provinces, all of the western zone, find room on the day before and after."""
LAST: Final = dt.time(15, 30)
"""No sitting begins later today; loaded in the evening, the example shows one that was not closed yet."""
LENGTH: Final = dt.timedelta(minutes=75)
LONG: Final = dt.timedelta(hours=3)
"""A sitting of a province with all its kabupaten/kota, or of a dinas."""
LONG_HOURS: Final = (dt.time(8, 0), dt.time(13, 0), dt.time(14, 0))
"""Its two usual beginnings, and the latest one."""
LONG_RUNS: Final = dt.timedelta(minutes=90)
"""How long the long sitting that runs now has run at least."""
OPENING: Final = dt.timedelta(hours=HOURS[0].hour)
DAY: Final = dt.timedelta(days=1)
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
    """A sitting's place in time: past, running or to come. The running one may have outlasted its hour."""

    starts: dt.datetime
    ends: dt.datetime
    day: int
    runs: bool = False

    def is_past(self, now: dt.datetime) -> bool:
        """Whether it is over."""
        return self.ends <= now and not self.runs

    def is_running(self, now: dt.datetime) -> bool:
        """Whether it runs now."""
        return self.runs


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
        """When the province of this number sits at the desk of this number; today's third sitting runs."""
        day, place = FIRST_DAY + province // PER_DAY, (province + desk) % PER_DAY
        today = day == 0 and not self.shift
        local = self._today()[place] if today else _at(self._office_day(day), HOURS[place])
        starts = local.astimezone(dt.UTC)
        return Slot(starts, starts + LENGTH, day, runs=today and place == RUNNING)

    def long_start(self, place: int) -> dt.datetime:
        """When a long sitting begins: 0 and 1 two days ago, 2 is running, 3 comes tomorrow; in office hours at every hour of loading."""
        morning, afternoon, latest = LONG_HOURS
        if place < RUNNING:
            return _at(self.day(-2), (morning, afternoon)[place]).astimezone(dt.UTC)
        if place > RUNNING:
            return _at(self.day(1), morning).astimezone(dt.UTC)
        late = (self.now - LONG_RUNS).astimezone(JAKARTA).replace(minute=0, second=0, microsecond=0)
        return min(late, _at(self.now - OPENING - LONG_RUNS, latest)).astimezone(dt.UTC)

    def long_before(self, place: int) -> dt.datetime:
        """When the long sittings of yesterday began: 0 in the morning, 1 in the afternoon."""
        return _at(self.day(-1), LONG_HOURS[place]).astimezone(dt.UTC)

    def _office_day(self, offset: int) -> dt.datetime:
        """A moment of a day some days away; before the offices open, today is still yesterday."""
        return self.day(offset) - OPENING - SETTLING_IN

    def _today(self) -> tuple[dt.datetime, ...]:
        """Today's beginnings: two that are over, one that runs, one to come; of the usual hours where these fit around now."""
        office = self._office_day(0)
        late = self.now.astimezone(JAKARTA) - SETTLING_IN
        running = min(late.replace(minute=late.minute // 30 * 30, second=0, microsecond=0), _at(office, LAST))
        usual = [_at(office, hour) for hour in HOURS]
        over = [starts for starts in usual if starts + LENGTH <= running]
        over = [*(_at(office - DAY, hour) for hour in LATE_HOURS), *over][-2:]
        coming = [starts for starts in usual if starts >= running + LENGTH] or [_at(office + DAY, LATE_HOURS[0])]
        return (*over, running, coming[0])


def _at(day: dt.datetime, hour: dt.time) -> dt.datetime:
    return day.astimezone(JAKARTA).replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
