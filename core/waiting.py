"""The answer to somebody who asked for a job: small work is handed over at once, big work has a page of its own."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.jobs import wait_for
from core.models import Job, JobState

PATIENCE: Final = 3.0
"""Seconds a page waits for a small job."""


def job_answer(request: HttpRequest, job: Job) -> HttpResponse:
    """The finished file if it is ready within three seconds, else the page that shows how far the job is."""
    job = wait_for(job, PATIENCE)
    if job.state == JobState.DONE and job.file is not None:
        return redirect("core:file", code=job.file.code)
    if job.state == JobState.FAILED:
        messages.error(request, job.error)
    return redirect("core:job", code=job.code)
