"""Recurring care for jobs and files: hints sent again, hopeless jobs ended, expired and orphaned files removed."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q
from django.utils import timezone

from core.jobs import FAILED_TOO_OFTEN, send_hint
from core.models import Job, JobState, StoredFile

log = logging.getLogger(__name__)

RESEND_BATCH = 20
ORPHAN_AFTER = timedelta(hours=2)
TEMPORARY_AFTER = timedelta(days=1)


def sweep_jobs() -> int:
    """Send hints for jobs that nobody took or whose worker fell silent; the number of hints sent."""
    now = timezone.now()
    silent = Q(state=JobState.RUNNING, heartbeat_at__lt=now - timedelta(seconds=settings.JOB_STALE_SECONDS))
    unsent = now - timedelta(seconds=settings.JOB_RESEND_SECONDS)
    waiting = Q(state=JobState.QUEUED) & (Q(sent_at__isnull=True) | Q(sent_at__lt=unsent))
    for job in Job.objects.filter(silent | Q(state=JobState.QUEUED), attempt__gte=settings.JOB_MAX_ATTEMPTS):
        Job.objects.filter(pk=job.pk, attempt=job.attempt, state=job.state, heartbeat_at=job.heartbeat_at).update(
            state=JobState.FAILED,
            error=FAILED_TOO_OFTEN.format(count=job.attempt, code=job.code),
            finished_at=now,
        )
    # A silent job is hinted again only once per stale period, or a long queue would fill with repeated hints.
    again = Q(sent_at__isnull=True) | Q(sent_at__lt=now - timedelta(seconds=settings.JOB_STALE_SECONDS))
    due = Job.objects.filter(silent & again | waiting, attempt__lt=settings.JOB_MAX_ATTEMPTS)
    sent = 0
    # The oldest of each queue: a long queue of heavy work must not hold back the quick one.
    for queue in list(due.order_by("queue").values_list("queue", flat=True).distinct()):
        for pk in list(due.filter(queue=queue).order_by("created_at").values_list("pk", flat=True)[:RESEND_BATCH]):
            send_hint(pk, queue)
            sent += 1
    return sent


def expire_jobs() -> int:
    """Let go of produced files whose time is over; the number of jobs concerned."""
    return Job.objects.filter(expires_at__lt=timezone.now(), file__isnull=False).update(file=None)


def unreferenced_files() -> list[StoredFile]:
    """Stored files that no row of any table points to, older than the time an upload needs to be linked."""
    files = StoredFile.objects.filter(created_at__lt=timezone.now() - ORPHAN_AFTER)
    for relation in StoredFile._meta.related_objects:
        column = relation.field.name
        model = relation.related_model
        if relation.many_to_many:
            many: Any = relation
            model, column = many.through, many.field.m2m_reverse_field_name()
        files = files.exclude(Exists(model._base_manager.filter(**{column: OuterRef("pk")})))
    return list(files.order_by("pk")[:500])


def sweep_files() -> int:
    """Delete files that nothing points to, row first and content after the commit; the number deleted."""
    removed = 0
    for stored in unreferenced_files():
        try:
            with transaction.atomic():
                stored_path = Path(settings.FILES_DIR) / stored.path
                stored.delete()
        except ProtectedError:
            continue  # linked a moment ago
        stored_path.unlink(missing_ok=True)
        removed += 1
    sweep_temporary()
    return removed


def sweep_unknown() -> int:
    """Delete content without a row, left where a transaction was rolled back after its file was written."""
    oldest = time.time() - TEMPORARY_AFTER.total_seconds()
    root = Path(settings.FILES_DIR)
    removed = 0
    for folder in sorted(root.glob("[0-9a-f][0-9a-f]")):
        known = set(StoredFile.objects.filter(path__startswith=f"{folder.name}/").values_list("path", flat=True))
        for path in folder.iterdir():
            if str(path.relative_to(root)) not in known and path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def sweep_temporary() -> None:
    """Delete unfinished files that a dead worker left behind."""
    oldest = time.time() - TEMPORARY_AFTER.total_seconds()
    for path in (Path(settings.FILES_DIR) / "tmp").glob("*"):
        if path.is_file() and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
