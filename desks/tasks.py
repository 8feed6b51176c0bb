"""Recurring duties of the desks. Stages close by the clock alone: nothing has to run for a deadline to hold."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from core.scheduler import every
from desks.models import ClientWrite

KEEP_WRITES = timedelta(days=90)
BATCH = 5_000


@every(6 * 3600)
def purge_client_writes() -> int:
    """Forget answers to client writes after 90 days, a bounded number at a time so that no lock is held long; how many."""
    old = ClientWrite.objects.filter(created_at__lt=timezone.now() - KEEP_WRITES).order_by("pk")
    purged = 0
    while pks := list(old.values_list("pk", flat=True)[:BATCH]):
        purged += ClientWrite.objects.filter(pk__in=pks).delete()[0]
    return purged
