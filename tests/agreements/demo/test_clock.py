"""The timetable of the example, whatever the hour of loading."""

import datetime as dt

import pytest

from agreements.demo.clock import HOURS, JAKARTA, Clock

DAY = dt.datetime(2026, 3, 4, tzinfo=JAKARTA)


def today(hour: int, minute: int) -> list[str]:
    """The beginnings of today's four sittings, seen from this minute."""
    clock = Clock(DAY.replace(hour=hour, minute=minute))
    return [clock.slot(12, desk).starts.astimezone(JAKARTA).strftime("%H.%M") for desk in range(4)]


def test_sittings_begin_at_the_usual_hours_where_these_fit_around_now():
    assert today(13, 26) == ["09.00", "10.30", "13.00", "14.30"]
    assert today(10, 50) == ["07.30", "09.00", "10.30", "13.00"]
    assert today(15, 5) == ["10.30", "13.00", "14.30", "16.30"]
    assert today(7, 0) == ["03.30", "05.00", "06.30", "09.00"]


@pytest.mark.parametrize("minute", range(0, 24 * 60, 7))
def test_at_every_hour_two_are_over_one_runs_and_one_is_to_come(minute):
    now = DAY + dt.timedelta(minutes=minute)
    slots = [Clock(now).slot(12, desk) for desk in range(4)]
    assert [slot.is_past(now) for slot in slots] == [True, True, False, False]
    assert [slot.is_running(now) for slot in slots] == [False, False, True, False]
    assert now - slots[2].starts >= dt.timedelta(minutes=10)
    assert {(slot.starts.minute % 30, slot.starts.second) for slot in slots} == {(0, 0)}
    assert [later.starts >= slot.ends for slot, later in zip(slots, slots[1:], strict=False)] == [True] * 3


def test_other_days_keep_the_usual_hours():
    clock = Clock(DAY.replace(hour=23, minute=59))
    starts = {clock.slot(province, 0).starts.astimezone(JAKARTA).time() for province in (0, 1, 2, 3, 16, 37)}
    assert starts == set(HOURS)
