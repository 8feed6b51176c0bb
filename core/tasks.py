"""Celery's side of `core`: the one task that does any job, and the recurring care for jobs and files."""

from __future__ import annotations

from celery import shared_task

from core.jobs import perform
from core.scheduler import every
from core.sweeper import expire_jobs, sweep_files, sweep_jobs, sweep_unknown


@shared_task(name="core.run_job", acks_late=True, ignore_result=True)
def run_job(job_id: int) -> None:
    """Do the job behind a hint, when it still waits."""
    perform(job_id)


@every(1)
def hint_waiting_jobs() -> None:
    """Send again what nobody took and what a dead worker left, at every round of the scheduler."""
    sweep_jobs()


@every(600)
def tidy_files() -> None:
    """Give up expired results and delete files that nothing points to."""
    expire_jobs()
    sweep_files()


@every(24 * 3600)
def tidy_disk() -> None:
    """Delete content that no row knows."""
    sweep_unknown()
