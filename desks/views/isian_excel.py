"""The Isian by Excel: the workbook out, the workbook in, every changed cell before it is taken over, and the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import Actor
from accounts.choices import Role
from core.errors import DomainError, InvalidInput, NotFound
from core.files import file_response
from core.http import is_htmx
from core.jobs import enqueue, wait_for
from core.models import Job
from core.views import job_context
from core.waiting import PATIENCE
from desks.exports.isian_book import isian_book_workbook
from desks.exports.response import xlsx_response
from desks.isian_fields import field_label
from desks.models import IsianUpload, UploadState
from desks.scopes import scope_of
from desks.selectors.isian import fills, rounds_of
from desks.selectors.isian_book import BookScope, book_items
from desks.selectors.stages import windows_for
from desks.services.isian_excel.answer import paper_of, shown
from desks.services.isian_excel.apply import ALL
from desks.services.isian_excel.comparison import LABELS, TONES, ComparedRow, Comparison, counted, readable
from desks.services.isian_excel.keep import (
    answer_dot,
    choose,
    comparison_of,
    drop,
    keep_upload,
    process_upload,
    read_upload,
    refuse_upload,
    require_isian_work,
    scope_of_upload,
    upload_of,
)
from desks.services.isian_excel.work import finish_upload
from desks.views.common import show_context, speaker_of, speaker_required
from desks.views.isian import chosen_round, meja_of
from indicators.choices import Strand

BIG_ROWS, BIG_BYTES = 500, 1024 * 1024
"""Larger workbooks are read and taken over by a job."""
PAGE = 200
READ, APPLY = "desks.isian_read", "desks.isian_apply"


def _scope(actor: Actor, round_code: str, given: QueryDict) -> BookScope:
    """The rows asked for: of the actor's region at one desk, or at all desks of the round."""
    if desk := str(given.get("desk", "")):
        meja = meja_of(actor, desk)
        if meja.round.code != round_code or meja.desk.strand == Strand.KEWILAYAHAN:
            raise NotFound("Isian desk ini tidak diisi lewat Excel.")
        scope = BookScope(meja.round, meja.region, meja)
        if actor.role == Role.OPD and not book_items(actor, scope).exists():
            raise NotFound("Desk tidak ditemukan.")
        return scope
    round_ = chosen_round(rounds_of(actor), round_code)
    if round_ is None or not fills(actor) or round_.pk not in scope_of(actor).rounds():
        raise NotFound("Isian tidak ditemukan.")
    return BookScope(round_, actor.institution.region)


def _page(request: HttpRequest, actor: Actor, scope: BookScope, **more: Any) -> dict[str, Any]:
    show_context(request, scope.round, windows_for(scope.round, actor))
    desk = {"desk": scope.meja.code} if scope.meja else {}
    return {
        "section": "isian", "scope": scope, "round": scope.round, "meja": scope.meja, "bar_region": scope.region.name,
        "bar_desk": scope.meja.desk.name if scope.meja else "", "query": urlencode(desk), **more,
    }  # fmt: skip


@speaker_required
@require_safe
def isian_excel(request: HttpRequest, round_code: str) -> HttpResponse:
    """Which workbook is which, the place to send one back, and what was sent before."""
    actor = speaker_of(request)
    scope = _scope(actor, round_code, request.GET)
    return _choice(request, actor, scope)


def _choice(
    request: HttpRequest, actor: Actor, scope: BookScope, *, error: str = "", status: int = 200
) -> HttpResponse:
    try:
        require_isian_work(actor, scope)
        closed = ""
    except DomainError as refusal:
        closed = refusal.message
    sent = IsianUpload.objects.filter(by=actor.user, membership=actor.membership, round=scope.round).select_related(
        "file", "meja__desk"
    )
    context = _page(
        request, actor, scope, closed=closed, error=error, rows=book_items(actor, scope).count(), sent=sent[:10]
    )
    return render(request, "desks/isian_excel.html", context, status=status)


@speaker_required
@require_safe
def isian_book_download(request: HttpRequest, round_code: str) -> HttpResponse:
    """The workbook to fill: all rows of the scope that the actor may read, whatever the page filters."""
    actor = speaker_of(request)
    scope = _scope(actor, round_code, request.GET)
    return xlsx_response(isian_book_workbook(paper_of(actor, scope, timezone.now())), scope.name)


@speaker_required
@require_POST
def isian_upload(request: HttpRequest, round_code: str) -> HttpResponse:
    """Keep the uploaded workbook and compare it: a small one at once, a big one as a job."""
    actor = speaker_of(request)
    scope = _scope(actor, round_code, request.POST)
    uploaded = request.FILES.get("berkas")
    try:
        if uploaded is None:
            require_isian_work(actor, scope)
            raise InvalidInput("Pilih dahulu berkas .xlsx yang akan diunggah.")
        upload = keep_upload(actor, scope, uploaded)
    except InvalidInput as error:
        return _choice(request, actor, scope, error=error.message, status=422)
    _read(actor, upload)
    if upload.state == UploadState.REFUSED:
        return _choice(request, actor, scope, error=upload.error, status=422)
    return redirect("desks:isian_preview", upload.code)


def _read(actor: Actor, upload: IsianUpload) -> None:
    reading = None
    if upload.file.size <= BIG_BYTES:
        try:
            reading = read_upload(actor, upload)
        except InvalidInput as error:
            return refuse_upload(upload, error)
        if reading.seen < BIG_ROWS:
            return process_upload(actor, upload, reading=reading)
    _job(READ, actor, upload)
    upload.refresh_from_db(fields=["state", "error"])
    return None


def _job(kind: str, actor: Actor, upload: IsianUpload) -> Job:
    job = enqueue(kind, upload.code, {"upload": upload.code, "membership": actor.membership.pk}, actor.user)
    return wait_for(job, PATIENCE)


@speaker_required
@require_safe
def isian_preview(request: HttpRequest, code: str) -> HttpResponse:
    """Every typed cell with what it would do; after taking over, with what became of it."""
    actor = speaker_of(request)
    upload = upload_of(actor, code)
    job = Job.objects.filter(kind__in=[READ, APPLY], key=code).order_by("-pk").first()
    scope = scope_of_upload(upload)
    if upload.state in (UploadState.READING, UploadState.APPLYING) and job is not None and job.is_active:
        waiting = job_context(job) | {"page": request.path}
        if is_htmx(request):
            return render(request, "core/_job.html", waiting)
        return render(request, "desks/isian_upload_waits.html", _page(request, actor, scope, upload=upload, **waiting))
    if is_htmx(request):
        return HttpResponse(headers={"HX-Refresh": "true"})
    found = comparison_of(upload)
    context = _page(request, actor, scope, upload=upload, job=job, **_shown(request, found))
    return render(request, "desks/isian_preview.html", context)


def _shown(request: HttpRequest, found: Comparison) -> dict[str, Any]:
    counts, wanted = found.counts, request.GET.get("hasil", "")
    rows = sorted(found.rows, key=lambda row: row.rank)
    if wanted in LABELS:
        rows = [row for row in rows if any(cell.status == wanted for cell in row.cells)]
    page = request.GET.get("halaman", "")
    start = PAGE * (int(page) - 1 if page.isascii() and page.isdigit() and 0 < int(page) < 10_000 else 0)
    address: Callable[[int], str] = lambda no: f"?{urlencode({'hasil': wanted, 'halaman': no})}"  # noqa: E731
    chips = [{"label": "semua", "count": sum(counts.values()), "url": "?", "active": wanted not in LABELS}]
    chips += [
        {"label": label, "count": counts[status], "url": f"?hasil={status}", "active": wanted == status}
        for status, label in LABELS.items() if counts[status]
    ]  # fmt: skip
    return {
        "chips": chips, "counts": counted(counts), "typed": sum(counts.values()), "untouched": found.untouched, "asks": found.asks,
        "groups": [(row, _cells(row)) for row in rows[start : start + PAGE]], "open": sum(row.open for row in found.rows),
        "count_text": f"{start + 1}–{min(start + PAGE, len(rows))} dari {len(rows)} baris" if len(rows) > PAGE else "",
        "previous_url": address(start // PAGE) if start else "", "next_url": address(start // PAGE + 2) if start + PAGE < len(rows) else "",
    }  # fmt: skip


def _cells(row: ComparedRow) -> list[dict[str, str]]:
    return [
        {
            "at": cell.at, "label": field_label(cell.field), "base": readable(cell.field, cell.base),
            "mine": shown(cell), "theirs": readable(cell.field, cell.theirs), "message": cell.message,
            "status": LABELS[cell.status], "tone": TONES[cell.status],
        }
        for cell in row.cells
    ]  # fmt: skip


@speaker_required
@require_POST
def isian_reread(request: HttpRequest, code: str) -> HttpResponse:
    """Compare the stored file once more: with the meaning of a dot, or with what stands now."""
    actor = speaker_of(request)
    upload = upload_of(actor, code)
    require_isian_work(actor, scope_of_upload(upload))
    if upload.state in (UploadState.READY, UploadState.READING):
        answer_dot(upload, request.POST.get("titik") or upload.dot)
        _read(actor, upload)
    return redirect("desks:isian_preview", code)


@speaker_required
@require_POST
def isian_accept(request: HttpRequest, code: str) -> HttpResponse:
    """Take over all rows, the ticked ones, or none; an act that stopped half-way goes on where it was."""
    actor = speaker_of(request)
    upload = upload_of(actor, code)
    if "batal" in request.POST:
        drop(upload)
        messages.info(request, "Unggahan dibatalkan. Tidak ada isian yang berubah.")
        return redirect(_back(upload))
    require_isian_work(actor, scope_of_upload(upload))
    chosen = ALL if request.POST.get("terima") == "semua" else _ticked(request)
    if upload.state == UploadState.READY and not chosen:
        messages.warning(request, "Belum ada baris yang dipilih.")
        return redirect("desks:isian_preview", code)
    choose(upload, chosen)
    if upload.state == UploadState.APPLYING:
        if sum(row.open for row in comparison_of(upload).rows) < BIG_ROWS:
            finish_upload(actor, upload)
        else:
            _job(APPLY, actor, upload)
    return redirect("desks:isian_preview", code)


def _ticked(request: HttpRequest) -> str:
    picked = {value.partition(":")[0] for value in request.POST.getlist("baris")}
    return ",".join(sorted((no for no in picked if no.isascii() and no.isdigit()), key=int))


def _back(upload: IsianUpload) -> str:
    desk = f"?desk={upload.meja.code}" if upload.meja else ""
    return reverse("desks:isian_excel", args=[upload.round.code]) + desk


@speaker_required
@require_safe
def isian_answer(request: HttpRequest, code: str) -> HttpResponseBase:
    """The workbook that goes back: what stands now, and in it what was not taken over."""
    upload = upload_of(speaker_of(request), code)
    if upload.answer is None:
        raise NotFound("Berkas hasil belum ada. Terapkan dahulu isiannya.")
    return file_response(upload.answer)
