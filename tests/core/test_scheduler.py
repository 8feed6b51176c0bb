"""Recurring duties: once per interval, however many schedulers there are; a failure stays with its duty."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from core import scheduler
from core.models import SchedulerLease


@pytest.fixture
def duties(monkeypatch):
    monkeypatch.setattr(scheduler, "_duties", {})
    return []


@pytest.mark.django_db
def test_a_duty_is_done_once_per_interval(duties):
    @scheduler.every(60)
    def remind() -> None:
        duties.append("remind")

    name = f"{__name__}.remind"
    assert scheduler.run_due("one") == [name]
    assert scheduler.run_due("two") == []
    SchedulerLease.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    assert scheduler.run_due("two") == [name]
    assert duties == ["remind", "remind"]


@pytest.mark.django_db
def test_a_failing_duty_is_written_down_and_stops_nobody(duties):
    @scheduler.every(60)
    def breaks() -> None:
        raise ValueError("rusak")

    @scheduler.every(60)
    def works() -> None:
        duties.append("works")

    scheduler.run_due("one")
    assert duties == ["works"]
    assert SchedulerLease.objects.get(name=f"{__name__}.breaks").last_error == "ValueError: rusak"
    assert SchedulerLease.objects.get(name=f"{__name__}.works").last_error == ""


@pytest.mark.django_db
def test_a_held_duty_is_left_alone_until_its_holder_is_given_up(duties):
    @scheduler.every(60)
    def remind() -> None:
        duties.append("remind")

    now = timezone.now()
    name = f"{__name__}.remind"
    SchedulerLease.objects.create(name=name, holder="dead", next_at=now, held_until=now + timedelta(minutes=5))
    assert scheduler.run_due("one") == []
    SchedulerLease.objects.update(held_until=now)
    assert scheduler.run_due("one") == [name]
