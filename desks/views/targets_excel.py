"""Targets by Excel: the workbook out, the workbook in, what it would do, and doing it."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import Actor
from accounts.http import speaker_required
from core.dates import date_with_time
from core.errors import DomainError, InvalidInput, KeyReused
from desks.exports.response import xlsx_response
from desks.exports.targets import TargetLine, TargetSheet, targets_workbook
from desks.imports.targets import ReadTarget, read_targets, writes_of
from desks.models import Desk
from desks.selectors.targets import TargetBook, TargetCell
from desks.services.target_upload import keep_upload, note_outcome, throw_away, upload_of
from desks.services.targets import save_targets
from desks.target_form import DOTS
from desks.views.desk_pages import desk_for, page

TONES = {"new": "hijau", "changed": "biru", "same": "netral", "conflict": "kuning", "refused": "merah", "ask": "kuning"}


@speaker_required
@require_safe
def targets_download(request: HttpRequest, round_code: str, desk_code: str) -> HttpResponse:
    """The workbook of the desk, indicators × regions, answered at once."""
    actor, desk = desk_for(request, round_code, desk_code)
    sheet = target_sheet(actor, desk, request.GET.get("prioritas", ""))
    return xlsx_response(targets_workbook(sheet), f"Target {desk.code} {desk.name} {desk.round.plan_year}.xlsx")


def target_sheet(actor: Actor, desk: Desk, node: str = "") -> TargetSheet:
    """What the workbook holds, read for this actor."""
    book = TargetBook(actor, desk, node=node)
    return TargetSheet(
        round_code=desk.round.code, round_name=desk.round.short_name, desk_code=desk.code, desk_name=desk.name, plan_year=desk.round.plan_year,
        institution=actor.institution.short_name, made=date_with_time(timezone.now(), desk.round.tz), open_until=book.closed,
        lines=[_line(cell) for cell in book.cells()], host=book.host, area=desk.round.words.area,
        regions="provinsi" if desk.round.national else desk.round.words.regions,
    )  # fmt: skip


def _line(cell: TargetCell) -> TargetLine:
    actual = next((shown for shown in reversed(cell.actuals) if shown), None)
    beside = (actual, cell.rpjmn, cell.agreement, cell.current)
    return TargetLine(
        indicator=cell.indicator, name=cell.name, unit=cell.unit, decimals=cell.decimals, region=cell.region, region_name=cell.region_name,
        actual=actual.value if actual else None, actual_year=actual.year if actual else 0, rpjmn=cell.rpjmn.value if cell.rpjmn else None,
        agreement=cell.agreement.value if cell.agreement else None, current=cell.current.value if cell.current else None,
        version=cell.version, simulated=any(shown.simulated for shown in beside if shown),
    )  # fmt: skip


@speaker_required
@require_POST
def targets_upload(request: HttpRequest, round_code: str, desk_code: str) -> HttpResponse:
    """Keep the uploaded workbook and show what it would do."""
    actor, desk = desk_for(request, round_code, desk_code)
    uploaded = request.FILES.get("berkas")
    try:
        if uploaded is None:
            raise InvalidInput("Pilih dahulu berkas .xlsx yang akan diunggah.")
        job = keep_upload(actor, desk, uploaded)
        _, content = upload_of(actor, desk, job.code)
        try:
            _read(actor, desk, content, "ask")
        except DomainError:
            throw_away(job)
            raise
    except InvalidInput as error:
        return render(
            request, "desks/targets_refused.html", page(request, actor, desk, error=error.message), status=422
        )
    return redirect("desks:targets_preview", round_code, desk_code, job.code)


def _read(actor: Actor, desk: Desk, content: bytes, dot: str) -> list[ReadTarget]:
    cells = TargetBook(actor, desk).cells()
    return read_targets(
        content, round_code=desk.round.code, desk_code=desk.code, plan_year=desk.round.plan_year, cells=cells, dot=dot
    )  # fmt: skip


def _dot(value: str | None) -> str:
    return value if value in DOTS else "ask"


@speaker_required
@require_safe
def targets_preview(request: HttpRequest, round_code: str, desk_code: str, code: str) -> HttpResponse:
    """Per filled cell: new, changed, same, contested or refused, compared with what stands now."""
    actor, desk = desk_for(request, round_code, desk_code)
    job, content = upload_of(actor, desk, code)
    dot = _dot(request.GET.get("dot"))
    found = _read(actor, desk, content, dot)
    counts = Counter(row.status for row in found)
    context = page(
        request, actor, desk, job=job, dot=dot, asks=counts["ask"] or dot != "ask", valid=sum(row.valid for row in found),
        rows=[{"row": row, "tone": TONES[row.status]} for row in sorted(found, key=_trouble_first)],
        counts=[(label, counts[status]) for status, label in _LABELS if counts[status]],
    )  # fmt: skip
    return render(request, "desks/targets_preview.html", context)


_LABELS = (
    ("new", "baru"), ("changed", "berubah"), ("same", "sama"), ("conflict", "bentrok"), ("refused", "ditolak"), ("ask", "ambigu")
)  # fmt: skip


def _trouble_first(row: ReadTarget) -> tuple[int, int]:
    order = {"ask": 0, "refused": 1, "conflict": 2, "changed": 3, "new": 4, "same": 5}
    return order[row.status], row.line


@speaker_required
@require_POST
def targets_accept(request: HttpRequest, round_code: str, desk_code: str, code: str) -> HttpResponse:
    """Save every valid cell of the upload in one transaction, or throw the upload away."""
    actor, desk = desk_for(request, round_code, desk_code)
    job, content = upload_of(actor, desk, code)
    if "batal" in request.POST:
        throw_away(job)
        messages.info(request, "Unggahan dibatalkan. Tidak ada target yang berubah.")
        return redirect("desks:targets", round_code, desk_code)
    dot = _dot(request.POST.get("dot"))
    try:
        writes = writes_of(_read(actor, desk, content, dot), dot)
        results = save_targets(actor, desk, writes, key=request.POST.get("kunci", "")[:64]) if writes else []
    except KeyReused:
        return redirect("desks:targets_preview", round_code, desk_code, code)
    saved = sum(row.ok for row in results)
    if saved:
        note_outcome(job, saved)
    if saved < len(results) or not results:
        messages.warning(
            request, f"{saved} target tersimpan, {len(results) - saved} tidak. Lihat keterangannya di bawah."
        )
        return redirect("desks:targets_preview", round_code, desk_code, code)
    messages.success(request, f"{saved} target dari berkas tersimpan.")
    return redirect("desks:targets", round_code, desk_code)
