"""Pages of `core`: how a job stands, stopping and repeating it, and downloading a stored file."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.example import example_note
from core.files import file_response, file_right, may_read
from core.http import is_htmx, wants_json
from core.jobs import cancel, kind_of, retry
from core.login import login_required
from core.models import Job, JobState, StoredFile


@file_right
def own_job_result(user: Any, stored: StoredFile) -> bool | None:
    """The result of a job is read by whoever asked for it."""
    owners = list(Job.objects.filter(file=stored).values_list("by_id", flat=True))
    return (user.pk in owners) if owners else None


def _own_job(request: HttpRequest, code: str) -> Job:
    return get_object_or_404(Job.objects.select_related("file"), code=code, by_id=request.user.pk)


def _label(job: Job) -> str:
    try:
        return kind_of(job.kind).label
    except LookupError:
        return "Pekerjaan"


def job_facts(job: Job) -> dict[str, Any]:
    """What a program may know about its job."""
    return {
        "code": job.code,
        "label": _label(job),
        "state": job.state,
        "progress": job.progress,
        "note": job.note,
        "error": job.error,
        "file": job.file.code if job.file else None,
        "expires_at": job.expires_at,
    }


def _message(job: Job) -> str:
    if job.state == JobState.FAILED:
        return job.error
    if job.state != JobState.DONE or job.expires_at is None:
        return job.note
    if job.file is None:
        return "Berkas sudah melewati masa simpan. Buat lagi dari halaman asalnya."
    return f"Berkas disimpan sampai {date_format(timezone.localtime(job.expires_at), 'j F Y')}."


def job_context(job: Job) -> dict[str, Any]:
    """What `components/progress.html` needs to show a job, for any page that waits for one."""
    state = "waiting" if job.state == JobState.QUEUED else job.state
    shown = {
        "pk": job.code,
        "state": state,
        "percent": job.progress or None,
        "label": _label(job),
        "message": _message(job),
    }
    return {
        "job": job,
        "shown": shown,
        "url": reverse("core:job", args=[job.code]),
        "result_url": reverse("core:file", args=[job.file.code]) if job.file else "",
        "cancel_url": reverse("core:job-cancel", args=[job.code]),
        "retry_url": reverse("core:job-retry", args=[job.code]),
    }


@never_cache
@require_safe
@login_required
def job_status(request: HttpRequest, code: str) -> HttpResponse:
    """How a job stands: a page, the part of it that refreshes itself (htmx), or JSON."""
    job = _own_job(request, code)
    if wants_json(request):
        return JsonResponse(job_facts(job))
    template = "core/_job.html" if is_htmx(request) else "core/job.html"
    response = render(request, template, job_context(job))
    patch_vary_headers(response, ["HX-Request", "Accept"])
    return response


@require_POST
@login_required
def job_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Stop the job; one that has just ended simply shows its end."""
    job = _own_job(request, code)
    cancel(job)
    return redirect("core:job", code=job.code)


@require_POST
@login_required
def job_retry(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the same work again and go to the new job."""
    return redirect("core:job", code=retry(_own_job(request, code), request.user).code)


@never_cache
@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """The notice about the loading of example data, which refreshes itself until it ends; 404 outside a demo installation."""
    if not settings.DEMO:
        raise Http404
    return render(request, "components/example.html", {"note": example_note()})


@require_safe
@login_required
def download(request: HttpRequest, code: str) -> HttpResponseBase:
    """A stored file, for those whom a row pointing to it lets read it; 404 for everybody else."""
    stored = get_object_or_404(StoredFile, code=code)
    if not may_read(request.user, stored):
        raise Http404
    return file_response(stored)
