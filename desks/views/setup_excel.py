"""Penyiapan by Excel: the workbook out and in, what it would do, doing it; usual seats; links of the first login."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import services
from accounts.models import Membership
from core.dates import date_with_time
from core.errors import InvalidInput, StaleState
from desks.exports.links import links_workbook
from desks.exports.response import xlsx_response
from desks.exports.setup import setup_workbook
from desks.imports.setup import ReadWorkbook, read_setup
from desks.selectors.usual_seats import usual_seats as usual_rows
from desks.services.parts import BY_SLUG, PARTS, Book, Part, Plan, Planned, apply_plan, make_plan, require_keeper
from desks.services.parts.cells import ALL
from desks.services.setup_upload import keep_setup, let_go, setup_upload
from desks.views.common import speaker_of, speaker_required
from desks.views.setup_pages import page, part_for, round_for

TONES = {"new": "hijau", "changed": "biru", "same": "netral", "refused": "merah"}
LABELS = {"new": "Baru", "changed": "Berubah", "same": "Sama", "refused": "Ditolak"}
SHOWN = 300
"""Rows of one kind that the preview lists; the counts are of all."""


@require_safe
@speaker_required
def download(request: HttpRequest, code: str) -> HttpResponse:
    """The workbook of all parts, or of `?bagian=`, filled with what stands."""
    actor = speaker_of(request)
    round_ = round_for(actor, code)
    wanted = request.GET.get("bagian", "")
    parts = [part_for(wanted)] if wanted else PARTS
    made = date_with_time(timezone.now(), round_.tz)
    name = f"Penyiapan {parts[0].sheet.lower() if wanted else ''} {round_.short_name}".replace("  ", " ")
    return xlsx_response(setup_workbook(Book(round_, actor), parts, made), f"{name}.xlsx")


@require_POST
@speaker_required
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the uploaded workbook and show what it would do."""
    actor = speaker_of(request)
    round_ = round_for(actor, code)
    uploaded = request.FILES.get("berkas")
    try:
        if uploaded is None:
            raise InvalidInput("Pilih dahulu berkas .xlsx yang akan diunggah.")
        job = keep_setup(actor, round_, uploaded)
        try:
            read_setup(setup_upload(actor, round_, job.code)[1], round_.code)
        except InvalidInput:
            let_go(job, "Berkas ditolak.")
            raise
    except InvalidInput as error:
        return render(request, "desks/setup_refused.html", page(request, round_, error=error.message), status=422)
    return redirect("desks:setup_preview", round_.code, job.code)


@require_safe
@speaker_required
def preview(request: HttpRequest, code: str, job: str) -> HttpResponse:
    """Per row: new, changed, same or refused, with row, column, reason and how to mend."""
    actor = speaker_of(request)
    round_ = round_for(actor, code)
    kept, content = setup_upload(actor, round_, job)
    read = read_setup(content, round_.code)
    plan = make_plan(actor, round_, read.parts)
    return render(request, "desks/setup_preview.html", page(request, round_, job=kept, read=read, **_shown(plan)))


def _shown(plan: Plan) -> dict[str, Any]:
    parts = []
    for part, rows in plan.parts:
        listed = sorted(
            (row for row in rows if row.status != "same"), key=lambda row: (row.status != "refused", row.line)
        )
        lines = [
            {
                "row": row, "tone": TONES[row.status], "label": LABELS[row.status], "name": _called(part, row),
                "column": part.column(row.column).head if row.column in {each.name for each in part.columns} else "", "moved": row.changed(part.columns),
            }
            for row in listed[:SHOWN]
        ]  # fmt: skip
        counts = [(LABELS[status].lower(), sum(row.status == status for row in rows)) for status in LABELS]
        parts.append(
            {
                "part": part,
                "lines": lines,
                "more": max(len(listed) - SHOWN, 0),
                "counts": [each for each in counts if each[1]],
            }
        )
    return {
        "parts": parts,
        "valid": plan.count("new", "changed"),
        "refused": plan.count("refused"),
        "shown": plan.fingerprint,
        "same": plan.count("same"),
    }


def _called(part: Part, row: Planned) -> str:
    """What names the row, then the one cell that people know it by."""
    words = [row.cells.get(name, "") or row.typed.get(name, "") for name in part.key]
    more = next(
        (row.cells[name] for name in ("name", "post", "regions") if row.cells.get(name) and name not in part.key), ""
    )
    return " · ".join(word for word in [*words, more] if word and word != ALL)


@require_POST
@speaker_required
def accept(request: HttpRequest, code: str, job: str) -> HttpResponseBase:
    """Apply every valid row in one transaction, or throw the upload away."""
    actor = speaker_of(request)
    round_ = round_for(actor, code)
    kept, content = setup_upload(actor, round_, job)
    if "batal" in request.POST:
        let_go(kept, "Dibatalkan pengunggah.")
        messages.info(request, "Unggahan dibatalkan. Tidak ada yang berubah.")
        return redirect("desks:setup", round_.code)
    read: ReadWorkbook = read_setup(content, round_.code)
    try:
        done = apply_plan(actor, round_, read.parts, shown=request.POST.get("tampil", ""))
    except StaleState as error:
        messages.warning(request, error.message)
        return redirect("desks:setup_preview", round_.code, kept.code)
    let_go(kept, f"{done.new} baris baru, {done.changed} berubah.")
    messages.success(request, f"{done.new} baris baru dan {done.changed} perubahan tersimpan.")
    if done.links:
        response = render(request, "desks/setup_links.html", page(request, round_, links=done.links))
        add_never_cache_headers(response)
        return response
    return redirect("desks:setup", round_.code)


@require_http_methods(["GET", "POST"])
@speaker_required
def usual_seats(request: HttpRequest, code: str) -> HttpResponseBase:
    """The seats that follow from institutions, holders and desks: shown first, then set."""
    actor = speaker_of(request)
    round_ = round_for(actor, code)
    typed = [(BY_SLUG["kursi"], usual_rows(Book(round_, actor)))]
    if request.method == "POST":
        try:
            done = apply_plan(actor, round_, typed, shown=request.POST.get("tampil", ""))
        except StaleState as error:
            messages.warning(request, error.message)
            return redirect("desks:setup_usual_seats", round_.code)
        messages.success(request, f"{done.new} kursi ditambahkan.")
        return redirect("desks:setup_part", round_.code, "kursi")
    return render(request, "desks/setup_seats.html", page(request, round_, **_shown(make_plan(actor, round_, typed))))


@require_POST
@speaker_required
def links(request: HttpRequest, code: str) -> HttpResponse:
    """Links of the first login of everybody who never logged in, as a workbook; recorded, never cached."""
    actor = speaker_of(request)
    round_ = round_for(actor, code)
    require_keeper(actor, round_)
    rows = Membership.objects.current().filter(institution__in=Book(round_, actor).institutions().values("pk"))
    return xlsx_response(links_workbook(services.pending_links(actor, rows)), f"Tautan masuk {round_.short_name}.xlsx")
