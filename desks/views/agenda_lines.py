"""The lines of the host's Renja and RKPD at a desk of a sector round: the list, putting on and taking off, what was concluded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import Actor, can
from accounts.http import speaker_of, speaker_required
from core.dates import date_with_time, plain_date
from core.errors import DomainError, InvalidInput, NotFound, StaleState
from desks.choices import LineOutcome
from desks.exports.agenda_lines import agenda_lines_workbook
from desks.exports.response import xlsx_response
from desks.models import AgendaLine, Desk
from desks.selectors.agenda_lines import candidates, lines_at, may_read, open_sitting
from desks.services.agenda_lines import attach_lines, conclude_line, remove_line
from desks.views.common import act_key
from desks.views.desk_pages import page

OFFERED = 100


def _desk(request: HttpRequest, round_code: str, desk_code: str) -> tuple[Actor, Desk]:
    actor = speaker_of(request)
    rows = Desk.objects.select_related("round__host__region").filter(round__code=round_code, code=desk_code)
    desk = rows.first()
    if desk is None or not may_read(actor, desk):
        raise NotFound("Desk tidak ditemukan.")
    return actor, desk


@speaker_required
@require_safe
def agenda_lines(request: HttpRequest, round_code: str, desk_code: str) -> HttpResponse:
    """The lines on the agenda with their outcome; for who keeps them also those that could be added."""
    actor, desk = _desk(request, round_code, desk_code)
    if request.GET.get("format") == "xlsx":
        title = f"Baris Renja desk {desk.name}, {desk.round.short_name}"
        made = f"Dibuat {date_with_time(timezone.now(), desk.round.tz)}."
        content = agenda_lines_workbook(title, made, lines_at(desk))
        return xlsx_response(content, f"Renja {desk.name} {plain_date(timezone.localdate())}.xlsx")
    return _page(request, actor, desk)


def _page(
    request: HttpRequest,
    actor: Actor,
    desk: Desk,
    *,
    status: int = 200,
    problem: DomainError | None = None,
    typed: Any = None,
) -> HttpResponse:
    keeps, sitting = can(actor, "desks.keep_agenda_lines", desk), open_sitting(desk)
    words = request.GET.get("q", "").strip()
    found = list(candidates(actor, desk, words)[:OFFERED]) if keeps else []
    context = page(
        request, actor, desk, lines=list(lines_at(desk)), keeps=keeps, found=found, words=words, full=len(found) == OFFERED, sitting=sitting,
        concludes=sitting is not None and can(actor, "desks.conclude_line", sitting), outcomes=LineOutcome.choices, problem=problem,
        typed=typed or {},
    )  # fmt: skip
    return render(request, "desks/agenda_lines.html", context, status=status)


@speaker_required
@require_POST
def lines_attach(request: HttpRequest, round_code: str, desk_code: str) -> HttpResponse:
    """Put the ticked lines on the agenda."""
    actor, desk = _desk(request, round_code, desk_code)
    chosen = [int(text) for text in request.POST.getlist("baris") if text.isdecimal()]
    count = attach_lines(actor, desk, chosen)
    if count:
        messages.success(request, f"{count} baris masuk agenda desk.")
    else:
        messages.warning(request, "Centang dahulu baris yang dimasukkan ke agenda.")
    return redirect("desks:agenda_lines", round_code, desk_code)


@speaker_required
@require_POST
def line_act(request: HttpRequest, round_code: str, desk_code: str, code: str) -> HttpResponseBase:
    """Record what was concluded on a line, or take it off the agenda."""
    actor, desk = _desk(request, round_code, desk_code)
    row = AgendaLine.objects.select_related("desk__round", "session").filter(desk=desk, code=code).first()
    if row is None:
        raise NotFound("Baris ini tidak ada pada agenda.")
    if request.POST.get("perbuatan") == "keluarkan":
        remove_line(actor, row)
        messages.success(request, f"{row.line_code} dikeluarkan dari agenda.")
        return redirect("desks:agenda_lines", round_code, desk_code)
    sitting = open_sitting(desk)
    if sitting is None:
        raise InvalidInput("Hasil dicatat selama sesi desk ini berlangsung.")
    version = request.POST.get("versi", "")
    try:
        conclude_line(
            actor, sitting, row, request.POST.get("hasil", ""), conclusion=request.POST.get("kesimpulan", ""),
            seen_version=int(version) if version.isdecimal() else 0, key=act_key(request),
        )  # fmt: skip
    except (InvalidInput, StaleState) as error:
        status = 422 if isinstance(error, InvalidInput) else 409
        return _page(request, actor, desk, status=status, problem=error, typed=request.POST | {"code": code})
    messages.success(request, f"Hasil {row.line_code} tercatat.")
    return redirect("desks:agenda_lines", round_code, desk_code)
