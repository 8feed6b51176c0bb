"""A round at a glance: its stages, how far desks and regions are, and the secretariat's acts on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import Actor, can
from core.dates import deadline
from core.errors import InvalidInput, NotAllowed, NotFound
from desks.exports.response import xlsx_response
from desks.exports.round import round_workbook
from desks.forms_setup import ExtendForm
from desks.models import Round, Stage
from desks.scopes import OWNER_ROLES
from desks.selectors.round_overview import (
    HEADERS,
    TONES,
    CountRow,
    StageRow,
    by_desk,
    by_region,
    counted_rows,
    empty_desks,
    may_open,
    stage_rows,
    total_of,
)
from desks.selectors.stages import windows_for
from desks.services.setup import extend_stage
from desks.views.common import form_key, new_key, show_context, speaker_of, speaker_required
from desks.views.overview.common import tabs_of


def _round(actor: Actor, code: str) -> Round:
    round_ = Round.objects.select_related("host").filter(code=code).first()
    if round_ is None or not may_open(actor, round_):
        raise NotFound()
    return round_


@require_safe
@speaker_required
def round_page(request: HttpRequest, code: str) -> HttpResponse:
    """Stages and counts of a round; `?format=xlsx` are the counts as a workbook. A region sees its own numbers."""
    actor = speaker_of(request)
    round_ = _round(actor, code)
    rows = counted_rows(actor, round_)
    desks, regions = by_desk(rows), by_region(rows)
    if request.GET.get("format") == "xlsx":
        return xlsx_response(round_workbook(round_, desks, regions), f"Kemajuan {round_.short_name}.xlsx")
    show_context(request, round_, windows_for(round_, actor))
    own = actor.role in OWNER_ROLES
    manages = can(actor, "desks.manage_round", round_)
    context = {
        "section": "ikhtisar", "round": round_, "own": own, "manages": manages, "headers": list(zip(HEADERS, TONES, strict=True)),
        "stages": [_stage(each, round_) for each in stage_rows(actor, round_)], "desks": _table(desks), "regions": [] if own else _table(regions),
        "empty": empty_desks(actor, round_, desks), "bar_region": actor.institution.region.name if own else "",
        "tabs": tabs_of(actor, round_), "may_extend": manages and round_.closed_at is None,
        "admin_url": reverse("admin:desks_round_change", args=[round_.pk]) if manages and request.user.is_staff else "",
    }  # fmt: skip
    return render(request, "desks/round.html", context)


def _table(rows: list[CountRow]) -> dict[str, Any]:
    labels = [*HEADERS]
    body = [{"row": row, "cells": list(zip(labels, row.cells(), strict=True))} for row in rows]
    return {"rows": body, "total": total_of(rows).cells()}


def _stage(row: StageRow, round_: Round) -> dict[str, Any]:
    now = timezone.now()
    window = row.window
    word, tone = ("Berlangsung", "hijau") if window.is_open(now) else ("Belum dibuka", "netral")
    if window.closes_at <= now:
        word, tone = "Ditutup", "abu"
    return {"stage": window.stage, "window": window, "extensions": row.extensions, "word": word, "tone": tone}


@require_http_methods(["GET", "POST"])
@speaker_required
def extend(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Extend a stage for one institution, with a reason."""
    actor = speaker_of(request)
    round_ = _round(actor, code)
    if not can(actor, "desks.manage_round", round_):
        raise NotAllowed("Tahapan diperpanjang oleh sekretariat penyelenggaraan.")
    stage = Stage.objects.select_related("round").filter(round=round_, pk=pk).first()
    if stage is None:
        raise NotFound()
    form = ExtendForm(request.POST or None, stage=stage)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        key = form_key(request, [stage.pk, given["institution"].pk, given["until"].isoformat(), given["reason"]])
        try:
            extend_stage(actor, stage, given["institution"], until=given["until"], reason=given["reason"], key=key)
        except InvalidInput as error:
            form.add_error(error.details.get("field"), error.message)
        else:
            until = deadline(given["until"], round_.tz)
            messages.success(request, f"{stage} bagi {given['institution'].name} diperpanjang sampai {until}.")
            return redirect("desks:round", code=round_.code)
    show_context(request, round_, windows_for(round_, actor))
    context = {"section": "ikhtisar", "form": form, "round": round_, "stage": stage, "kunci": new_key()}
    return render(request, "desks/round_extend.html", context, status=422 if form.errors else 200)
