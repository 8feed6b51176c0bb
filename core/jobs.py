"""Work outside the request: the job row is the truth, the broker's message only a hint that it waits.

Whoever takes a job does so with one conditional UPDATE that raises `attempt`; whoever finishes it must still be that
attempt. A worker that was thought dead and comes back therefore changes nothing.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core.errors import DomainError
from core.models import ACTIVE_STATES, Job, JobState, StoredFile

log = logging.getLogger(__name__)

PROGRESS_EVERY = 0.3  # seconds between two writes of the percentage
FAILED_BY_SYSTEM = "Pekerjaan gagal karena kesalahan sistem. Coba lagi; bila tetap gagal, sebutkan kode {code}."
FAILED_TOO_OFTEN = "Pekerjaan terhenti {count} kali sebelum selesai dan tidak dicoba lagi. Kode {code}."


class JobCancelled(Exception):
    """The job was cancelled, or another worker has taken it over: stop without writing anything."""


@dataclass(frozen=True)
class JobKind:
    """What a kind of job is called, where it queues, who does it and how many days its file is kept."""

    name: str
    label: str
    queue: str
    keep_days: int
    handler: Callable[[JobRun], StoredFile | None]


_kinds: dict[str, JobKind] = {}


def job_kind(
    name: str, *, label: str, queue: str = "cepat", keep_days: int = 7
) -> Callable[[Callable[[JobRun], StoredFile | None]], Callable[[JobRun], StoredFile | None]]:
    """Register the handler of jobs called `name`; `label` is the Indonesian name people see."""

    def register(handler: Callable[[JobRun], StoredFile | None]) -> Callable[[JobRun], StoredFile | None]:
        _kinds[name] = JobKind(name, label, queue, keep_days, handler)
        return handler

    return register


def kind_of(name: str) -> JobKind:
    """The registered kind `name`; an unknown one is a mistake of ours, not of a person."""
    if name not in _kinds:
        # A web process has imported no tasks module yet.
        from core.scheduler import load_tasks

        load_tasks()
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"no job kind {name!r}") from None


# --- asking for work ----------------------------------------------------------------------


def enqueue(kind: str, key: str, params: dict[str, Any], by: Any, queue: str | None = None) -> Job:
    """Ask for a job, or get the one that is already active for the same kind and key.

    The hint leaves after the surrounding transaction commits; if it never arrives the sweeper sends it again.
    """
    known = kind_of(kind)
    wanted = Job(kind=kind, key=key, params_text=json.dumps(params, sort_keys=True), by=by, queue=queue or known.queue)
    for _ in range(3):
        active = Job.objects.filter(kind=kind, key=key, state__in=ACTIVE_STATES).first()
        if active is not None:
            return active
        try:
            with transaction.atomic():
                wanted.save(force_insert=True)
        except IntegrityError:
            continue
        transaction.on_commit(partial(send_hint, wanted.pk, wanted.queue))
        return wanted
    raise RuntimeError(f"job {kind} {key}: neither found nor created")


def send_hint(job_id: int, queue: str) -> None:
    """Tell the broker that a job waits. A broker that is away is no error: the sweeper tries again."""
    from core.tasks import run_job

    Job.objects.filter(pk=job_id).update(sent_at=timezone.now())
    try:
        run_job.apply_async(args=[job_id], queue=queue, retry=False, ignore_result=True)
    except Exception:
        log.warning("hint for job %s not sent, the sweeper will", job_id, exc_info=True)


def cancel(job: Job) -> bool:
    """Stop a waiting or running job; False when it had already ended."""
    ended = Job.objects.filter(pk=job.pk, state__in=ACTIVE_STATES).update(
        state=JobState.CANCELLED, finished_at=timezone.now()
    )
    return ended == 1


def retry(job: Job, by: Any) -> Job:
    """Ask again for a job that failed or was cancelled: a new row with the same work."""
    if job.state not in (JobState.FAILED, JobState.CANCELLED):
        raise DomainError("Hanya pekerjaan yang gagal atau dibatalkan yang dapat diulang.")
    return enqueue(job.kind, job.key, job.params, by, job.queue)


def wait_for(job: Job, seconds: float) -> Job:
    """Wait up to `seconds` for a job to end; small work then needs no page of its own."""
    deadline = time.monotonic() + seconds
    while True:
        job.refresh_from_db()
        if not job.is_active or time.monotonic() >= deadline:
            return job
        time.sleep(0.1)


# --- doing work ---------------------------------------------------------------------------


def _stale_before() -> datetime:
    return timezone.now() - timedelta(seconds=settings.JOB_STALE_SECONDS)


def claim(job_id: int) -> Job | None:
    """Take a job that waits, or one whose worker gave no sign for JOB_STALE_SECONDS; None when it is not ours."""
    token = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(6)}"
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, heartbeat_at__lt=_stale_before())
    taken = Job.objects.filter(free, pk=job_id, attempt__lt=settings.JOB_MAX_ATTEMPTS).update(
        state=JobState.RUNNING, attempt=F("attempt") + 1, claimed_by=token, heartbeat_at=timezone.now(), progress=0
    )
    return Job.objects.get(pk=job_id, claimed_by=token) if taken else None


class JobRun:
    """One attempt at a job, as its handler sees it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.params = job.params
        self._percent = 0
        self._note = ""
        self._written = 0.0
        self._lost = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def mine(self) -> QuerySet[Job]:
        """The row as long as it is still this attempt's."""
        return Job.objects.filter(
            pk=self.job.pk, attempt=self.job.attempt, claimed_by=self.job.claimed_by, state=JobState.RUNNING
        )

    def progress(self, percent: float, note: str = "") -> None:
        """Say how far the work is (0 to 100) and what is being done; raises JobCancelled when it should stop."""
        self._percent, self._note = max(0, min(100, int(percent))), note[:200]
        if self._lost.is_set():
            raise JobCancelled
        if time.monotonic() - self._written < PROGRESS_EVERY:
            return
        self._written = time.monotonic()
        # Inside a transaction the write would be invisible and hold a lock: the heartbeat carries it instead.
        if self._thread is not None and connection.in_atomic_block:
            return
        if not self._beat():
            raise JobCancelled

    def cancelled(self) -> None:
        """Raise JobCancelled when somebody cancelled the job or another worker took it over."""
        if self._lost.is_set() or not self.mine.exists():
            raise JobCancelled

    def temp_path(self, suffix: str = "") -> Path:
        """A path for the unfinished file of this attempt."""
        folder = Path(settings.FILES_DIR) / "tmp"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{self._stem()}-{secrets.token_hex(4)}{suffix}"

    def keep(self, path: Path, name: str) -> StoredFile:
        """Turn the finished temporary file into the stored result, shown to people as `name`."""
        from core.files import store_path

        return store_path(path, name=name, by=self.job.by, stem=self._stem())

    def _stem(self) -> str:
        return f"job-{self.job.code}-a{self.job.attempt}"

    def _beat(self) -> bool:
        return self.mine.update(heartbeat_at=timezone.now(), progress=self._percent, note=self._note) == 1

    def _beat_loop(self) -> None:
        try:
            while not self._stop.wait(settings.JOB_HEARTBEAT_SECONDS):
                try:
                    if not self._beat():
                        self._lost.set()
                        return
                except (OperationalError, InterfaceError):
                    log.warning("heartbeat of job %s missed", self.job.pk, exc_info=True)
                    connection.close()
        finally:
            connection.close()

    def start_beating(self) -> None:
        """Give signs of life from a thread with a connection of its own."""
        self._thread = threading.Thread(target=self._beat_loop, name=f"beat-{self.job.pk}", daemon=True)
        self._thread.start()

    def stop_beating(self) -> None:
        """Stop the signs of life."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()


def perform(job_id: int, *, heartbeat: bool = True) -> Job | None:
    """Claim a job and do it to its end; None when there was nothing to claim."""
    job = claim(job_id)
    if job is None:
        return None
    run = JobRun(job)
    if heartbeat:
        run.start_beating()
    try:
        _attempt(run)
    finally:
        run.stop_beating()
    job.refresh_from_db()
    return job


def _attempt(run: JobRun) -> None:
    job = run.job
    try:
        kind = kind_of(job.kind)
        stored = kind.handler(run)
    except JobCancelled:
        log.info("job %s stopped: cancelled or taken over", job.pk)
    except DomainError as error:
        _fail(run, str(error))
    except (OperationalError, InterfaceError):
        # The database was busy or away: not the work's fault, so it waits for the sweeper's next hint.
        log.warning("job %s put back", job.pk, exc_info=True)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        run.mine.update(state=JobState.QUEUED, sent_at=timezone.now())
    except Exception:
        log.exception("job %s failed", job.pk)
        _fail(run, FAILED_BY_SYSTEM.format(code=job.code))
    else:
        now = timezone.now()
        keep_until = now + timedelta(days=kind.keep_days) if stored else None
        done = run.mine.update(
            state=JobState.DONE, progress=100, file=stored, finished_at=now, expires_at=keep_until, error=""
        )
        if not done:
            log.warning("job %s: attempt %s ended after it was taken over", job.pk, job.attempt)


def _fail(run: JobRun, message: str) -> None:
    run.mine.update(state=JobState.FAILED, error=message, finished_at=timezone.now())


def run_job_now(job: Job) -> Job:
    """Do a waiting job here and now by the same claim; for unit tests, where no worker runs."""
    perform(job.pk, heartbeat=False)
    job.refresh_from_db()
    return job
