"""The tables of `core`: jobs, stored files, the audit chain, and what keeps the processes honest."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.codes import random_code


class InsertOnlyQuerySet(models.QuerySet):
    """Rows that are only ever added; the triggers in the database say the same."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: an insert-only row never changes."""
        raise TypeError(f"{self.model.__name__} is insert-only")

    def delete(self) -> NoReturn:
        """Refused: an insert-only row never goes."""
        raise TypeError(f"{self.model.__name__} is insert-only")


class InsertOnly(models.Model):
    """Base of recorded tables. The migration of such a table ends with `core.triggers.InsertOnlyTriggers`."""

    insert_only = True
    objects = InsertOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row; saving it a second time is refused."""
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} is insert-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: an insert-only row never goes."""
        raise TypeError(f"{type(self).__name__} is insert-only")


class StoredFile(models.Model):
    """A file that somebody uploaded or the portal made. It lies under a random name outside any URL."""

    code = models.CharField(max_length=10, unique=True, default=random_code, editable=False)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="bytes")
    type = models.CharField(max_length=100, help_text="media type found in the content, not the one claimed")
    path = models.CharField(max_length=200, unique=True, help_text="relative to FILES_DIR")
    name = models.CharField(max_length=200, help_text="the name people see")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "berkas"
        verbose_name_plural = "berkas"

    def __str__(self) -> str:
        return self.name


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", "menunggu"
    RUNNING = "running", "dikerjakan"
    DONE = "done", "selesai"
    FAILED = "failed", "gagal"
    CANCELLED = "cancelled", "dibatalkan"


ACTIVE_STATES = (JobState.QUEUED, JobState.RUNNING)


class Job(models.Model):
    """A piece of work outside the request. This row is the truth; a broker message only hints that it waits."""

    code = models.CharField(max_length=10, unique=True, default=random_code, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, help_text="what the work is about; one active job per kind and key")
    queue = models.CharField(max_length=20, default="cepat")
    params_text = models.TextField(default="{}", db_column="params")
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=120, blank=True, default="")
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="when the broker last got the hint")
    progress = models.PositiveSmallIntegerField(default=0, help_text="percent")
    note = models.CharField(max_length=200, blank=True, default="")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="jobs")
    error = models.TextField(blank=True, default="")
    expires_at = models.DateTimeField(null=True, blank=True, help_text="when the produced file is given up")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "pekerjaan"
        verbose_name_plural = "pekerjaan"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(state__in=["queued", "running"]), name="job_one_active_per_key"
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_percent"),
        ]
        indexes = [
            models.Index(fields=["state", "queue", "created_at"], name="job_state_queue"),
            models.Index(fields=["by", "-created_at"], name="job_by_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    @property
    def params(self) -> dict[str, Any]:
        """What the work needs, as given to `enqueue`."""
        return json.loads(self.params_text)

    @property
    def is_active(self) -> bool:
        """Whether somebody still has to wait for it."""
        return self.state in ACTIVE_STATES


class AuditHead(models.Model):
    """The one row that every audit entry passes through: the point of serialisation of the chain."""

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = "ujung jejak audit"
        verbose_name_plural = "ujung jejak audit"

    def __str__(self) -> str:
        return f"{self.seq}"


class AuditEntry(InsertOnly):
    """One recorded act of administration, chained to the one before by its hash."""

    seq = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40, help_text="code of the user, '' for the system")
    inst_text = models.CharField(max_length=200, blank=True, default="")
    request_id = models.CharField(max_length=64, blank=True, default="")
    action = models.CharField(max_length=60)
    model = models.CharField(max_length=80)
    object_code = models.CharField(max_length=80)
    before = models.TextField(blank=True, default="", help_text="canonical JSON")
    after = models.TextField(blank=True, default="", help_text="canonical JSON")
    prev_hash = models.CharField(max_length=64, blank=True, default="")
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "jejak audit"
        verbose_name_plural = "jejak audit"
        ordering = ["seq"]
        indexes = [models.Index(fields=["model", "object_code"], name="audit_object")]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.model} {self.object_code}"


class SchedulerLease(models.Model):
    """Who runs a recurring duty and when it is due again; claimed by one conditional UPDATE."""

    name = models.CharField(max_length=80, unique=True)
    holder = models.CharField(max_length=120, blank=True, default="")
    held_until = models.DateTimeField()
    next_at = models.DateTimeField()
    last_error = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "tugas berkala"
        verbose_name_plural = "tugas berkala"

    def __str__(self) -> str:
        return self.name


class ProcessBeat(models.Model):
    """The last sign of life of a worker or of the scheduler, for /healthz/."""

    name = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField()
    detail = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "tanda hidup"
        verbose_name_plural = "tanda hidup"

    def __str__(self) -> str:
        return self.name
