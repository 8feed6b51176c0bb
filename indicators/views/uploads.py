"""Documents in: choosing the file, settling its columns, the preview of every row, loading it or throwing it away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor, can
from accounts.http import speaker_of, speaker_required
from core.errors import InvalidInput, NotAllowed, NotFound
from core.imports.raw import words
from core.jobs import wait_for
from core.listing import page_of, workbook_response
from core.models import JobState
from core.money import Unit
from core.waiting import PATIENCE
from indicators.exports.uploads import upload_workbook
from indicators.forms_uploads import UploadForm, columns_from_post, header_from_post
from indicators.selectors.uploads import OPEN, counted, counts_in_words, shown, shown_row, to_load, uploads_seen
from indicators.services.accept import accept_upload
from indicators.services.reading import begin_reading
from indicators.services.uploads import choose_columns, drop_upload, layout_of, move_header, sample_rows, start_upload
from planning.choices import RowOutcome, UploadState
from planning.imports.layouts.fields import Column, choices_for
from planning.imports.layouts.mapping import columns_from
from planning.models import Upload


def upload_seen(actor: Actor, code: str) -> Upload:
    """An upload of the actor's side; for others it is not there."""
    found = uploads_seen(actor).filter(code=code).first()
    if found is None:
        raise NotFound("Unggahan tidak ditemukan.")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@speaker_required
def upload_add(request: HttpRequest) -> HttpResponse:
    """Take a file in any of the usual layouts; a known layout goes straight to the preview, another to its columns."""
    actor = speaker_of(request)
    if not can(actor, "planning.write_document"):
        raise NotAllowed("Dokumen dimuat oleh K/L, Bappeda, perangkat daerah pemiliknya, atau sekretariat.")
    posted = request.method == "POST"
    form = UploadForm(request.POST if posted else None, request.FILES if posted else None, actor=actor)
    if posted and form.is_valid():
        try:
            upload = start_upload(actor, form.head(), form.cleaned_data["file"])
            return (
                _read(request, actor, upload)
                if upload.remembered
                else redirect("indicators:upload_columns", upload.code)
            )
        except InvalidInput as error:
            form.refuse(error)
    waiting = uploads_seen(actor).filter(state__in=OPEN)[:20]
    context = {"section": "dokumen", "form": form, "waiting": waiting}
    return render(request, "indicators/upload_add.html", context, status=422 if form.errors else 200)


def _read(request: HttpRequest, actor: Actor, upload: Upload) -> HttpResponse:
    job = begin_reading(actor, upload)
    if job is not None:
        wait_for(job, PATIENCE)
    return redirect("indicators:upload", upload.code)


@require_http_methods(["GET", "HEAD", "POST"])
@speaker_required
def upload_columns(request: HttpRequest, code: str) -> HttpResponse:
    """What each column means, with the first rows as they would be read; the choice is kept for the next file of this layout."""
    actor = speaker_of(request)
    upload = upload_seen(actor, code)
    if upload.state not in OPEN:
        return redirect("indicators:upload", upload.code)
    error = ""
    columns = columns_from(upload.columns_text, 200)
    if request.method == "POST":
        try:
            if request.POST.get("lakukan") == "judul":
                move_header(actor, upload, *header_from_post(request.POST))
                return redirect("indicators:upload_columns", upload.code)
            columns = columns_from_post(request.POST, layout_of(upload).header.texts)
            if request.POST.get("lakukan") == "lanjut":
                choose_columns(actor, upload, columns)
                return _read(request, actor, upload)
        except InvalidInput as refusal:
            error = refusal.message
    context = _columns_context(upload, columns)
    return render(request, "indicators/upload_columns.html", {**context, "error": error}, status=422 if error else 200)


def _columns_context(upload: Upload, columns: list[Column]) -> dict[str, Any]:
    layout = layout_of(upload)
    columns = columns[: layout.sheet.width]
    raw = layout.sheet.rows[layout.header.last + 1 : layout.header.last + 4]
    shown_columns = [
        {"place": place, "head": text or "(tanpa judul)", "field": column.field, "unit": column.unit, "money": column.field.startswith("pagu@"),
         "examples": [words(row[place]) for row in raw if place < len(row) and row[place] is not None]}
        for place, (text, column) in enumerate(zip(layout.header.texts, columns, strict=False))
        if text or any(place < len(row) and row[place] is not None for row in raw)
    ]  # fmt: skip
    try:
        rows = [
            shown(row.line, row.outcome, row.code, row.text, row.note, row.data) for row in sample_rows(upload, columns)
        ]
        problem = ""
    except InvalidInput as error:
        rows, problem = [], error.message
    return {
        "section": "dokumen", "upload": upload, "columns": shown_columns, "rows": rows, "problem": problem, "units": Unit.choices,
        "fields": choices_for(upload.kind, upload.year_from, upload.year_to), "sheets": layout.sheet.sheets,
        "header_first": layout.header.first + 1, "header_last": layout.header.last + 1,
    }  # fmt: skip


@require_safe
@speaker_required
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """What became of every row; `?hasil=ditolak` one outcome, `?format=xlsx` the same as a workbook."""
    actor = speaker_of(request)
    found = upload_seen(actor, code)
    if found.state == UploadState.COLUMNS:
        return redirect("indicators:upload_columns", found.code)
    asked = request.GET.get("hasil", "")
    rows = found.rows.order_by("line")
    if asked in RowOutcome.values:
        rows = rows.filter(outcome=asked)
    if request.GET.get("format") == "xlsx":
        return workbook_response(upload_workbook(found, rows), f"hasil baca {found.title}")
    page = page_of(request, rows, "baris")
    counts = counted(found)
    chips = [{"label": "semua", "count": sum(each.count for each in counts), "url": "?", "active": not asked}]
    chips += [
        {
            "label": each.label.lower(),
            "count": each.count,
            "url": f"?hasil={each.outcome}",
            "active": asked == each.outcome,
        }
        for each in counts
        if each.count
    ]
    failed = found.job.error if found.job is not None and found.job.state == JobState.FAILED else ""
    context = {
        "section": "dokumen", "upload": found, "page": page, "rows": [shown_row(row) for row in page.rows], "chips": chips,
        "summary": counts_in_words(found), "loads": to_load(found), "refused": found.counts.get(RowOutcome.REFUSED.value, 0),
        "reading": found.state == UploadState.READING, "failed": failed, "decides": found.state == UploadState.PREVIEW,
    }  # fmt: skip
    return render(request, "indicators/upload.html", context)


@require_POST
@speaker_required
def upload_accept(request: HttpRequest, code: str) -> HttpResponse:
    """Load what the preview showed."""
    actor = speaker_of(request)
    found = upload_seen(actor, code)
    if found.state == UploadState.ACCEPTED:
        messages.info(request, "Berkas ini sudah dimuat.")
        return redirect("indicators:upload", found.code)
    try:
        messages.success(request, accept_upload(actor, found))
    except InvalidInput as error:
        messages.error(request, error.message)
        return redirect("indicators:upload", found.code)
    if found.document is not None:
        return redirect("indicators:document", found.document.pk)
    return redirect("indicators:upload", found.code)


@require_POST
@speaker_required
def upload_drop(request: HttpRequest, code: str) -> HttpResponse:
    """Throw the file away."""
    actor = speaker_of(request)
    found = upload_seen(actor, code)
    drop_upload(actor, found)
    messages.success(request, "Berkas dibuang; tidak ada yang dimuat.")
    return redirect("indicators:upload_add")
