"""Celery's side of `core`: the one task that does any job."""

from __future__ import annotations

from celery import shared_task

from core.jobs import perform


@shared_task(name="core.run_job", acks_late=True, ignore_result=True)
def run_job(job_id: int) -> None:
    """Do the job behind a hint, when it still waits."""
    perform(job_id)
