"""Recurring duties."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import SchedulerLease
from core.scheduler import load_tasks, run_due
from desks import tasks
from desks.models import ClientWrite
from tests.factories import make_user


def write(user, key, days):
    row = ClientWrite.objects.create(user=user, key=key, request_hash="x", answer="{}")
    ClientWrite.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(days=days))


@pytest.mark.django_db
def test_old_answers_are_forgotten_in_batches(monkeypatch):
    monkeypatch.setattr(tasks, "BATCH", 2)
    user = make_user()
    for place in range(5):
        write(user, f"old{place}", 91)
    write(user, "young", 89)
    assert tasks.purge_client_writes() == 5
    assert list(ClientWrite.objects.values_list("key", flat=True)) == ["young"]


@pytest.mark.django_db
def test_the_scheduler_does_it():
    load_tasks()
    write(make_user(), "old", 91)
    assert "desks.tasks.purge_client_writes" in run_due("test")
    assert ClientWrite.objects.count() == 0
    assert SchedulerLease.objects.get(name="desks.tasks.purge_client_writes").last_error == ""
