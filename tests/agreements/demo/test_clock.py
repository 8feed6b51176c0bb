"""The timetable of the example, whatever the hour of loading."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from agreements.demo.clock import HOURS, JAKARTA, LONG, LONG_RUNS, Clock

DAY = dt.datetime(2026, 3, 4, tzinfo=JAKARTA)


def today(hour: int, minute: int) -> list[str]:
    """The beginnings of today's four sittings, seen from this minute."""
    clock = Clock(DAY.replace(hour=hour, minute=minute))
    return [clock.slot(12, desk).starts.astimezone(JAKARTA).strftime("%H.%M") for desk in range(4)]


def test_sittings_begin_at_the_usual_hours_where_these_fit_around_now():
    assert today(13, 26) == ["09.30", "11.00", "13.00", "14.30"]
    assert today(10, 50) == ["15.45", "08.00", "10.30", "13.00"]
    assert today(12, 15) == ["08.00", "09.30", "12.00", "14.30"]
    assert today(21, 0) == ["11.00", "13.00", "15.30", "14.30"]
    assert today(7, 0) == ["11.00", "13.00", "15.30", "14.30"]


@pytest.mark.parametrize("minute", range(0, 24 * 60, 7))
def test_at_every_hour_two_are_over_one_runs_and_one_is_to_come(minute):
    now = DAY + dt.timedelta(minutes=minute)
    slots = [Clock(now).slot(12, desk) for desk in range(4)]
    assert [slot.is_past(now) for slot in slots] == [True, True, False, False]
    assert [slot.is_running(now) for slot in slots] == [False, False, True, False]
    assert now - slots[2].starts >= dt.timedelta(minutes=10)
    assert slots[3].starts > now
    assert [later.starts >= slot.ends for slot, later in zip(slots, slots[1:], strict=False)] == [True] * 3


@pytest.mark.parametrize("minute", range(0, 24 * 60, 17))
def test_every_sitting_stands_in_office_hours_of_jakarta_and_other_days_also_of_the_east(minute):
    clock = Clock(DAY + dt.timedelta(minutes=minute))
    for province in range(38):
        for desk in range(4):
            slot = clock.slot(province, desk)
            for zone in ("Asia/Jakarta", *(("Asia/Makassar", "Asia/Jayapura") if slot.day else ())):
                begins, ends = (at.astimezone(ZoneInfo(zone)).time() for at in (slot.starts, slot.ends))
                assert dt.time(8) <= begins < ends <= dt.time(17), (province, desk, zone)


def test_other_days_keep_the_usual_hours():
    clock = Clock(DAY.replace(hour=23, minute=59))
    starts = {clock.slot(province, 0).starts.astimezone(JAKARTA).time() for province in (0, 1, 2, 3, 16, 37)}
    assert starts == set(HOURS)


@pytest.mark.parametrize("minute", range(0, 24 * 60, 13))
def test_long_sittings_stand_in_office_hours_too(minute):
    now = DAY + dt.timedelta(minutes=minute)
    starts = [Clock(now).long_start(place).astimezone(JAKARTA) for place in range(4)]
    for begins in starts:
        assert dt.time(8) <= begins.time() < (begins + LONG).time() <= dt.time(17), begins
    assert starts[1] - starts[0] >= LONG
    assert starts[1] + LONG < now
    assert starts[2] + LONG_RUNS <= now
    assert starts[3] > now
