"""Pages of indicators: every figure that any document states, and one document with its lines and figures."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.choices import RegionLevel
from accounts.http import speaker_of, speaker_required
from accounts.models import Region
from core.canonical import canonical, sha256_hex
from core.jobs import enqueue
from core.listing import page_of, workbook_response
from indicators.choices import FigureKind
from indicators.exports import figures_workbook
from indicators.filters import FigureFilter
from indicators.selectors import (
    document_lines,
    figure_rows,
    figures_of_lines,
    figures_seen_by,
    only_indicator,
    shown_value,
)
from planning.selectors import documents

KINDS = dict(FigureKind.choices)
AT_ONCE = 5_000
"""Longer lists are written by a job."""


@require_safe
@speaker_required
def figures(request: HttpRequest) -> HttpResponse:
    """Figures as filtered; `?format=xlsx` is the same list as a workbook, a long one as a job."""
    actor = speaker_of(request)
    filters = FigureFilter(request.GET, queryset=figures_seen_by(actor))
    found = filters.qs
    if request.GET.get("format") == "xlsx":
        if found.order_by()[: AT_ONCE + 1].count() > AT_ONCE:
            return _as_job(request, actor)
        return workbook_response(figures_workbook(figure_rows(found)), "angka")
    page = page_of(request, figure_rows(found), "angka")
    context = {
        "section": "dokumen",
        "filter": filters.form,
        "page": page,
        "rows": [_row(each) for each in page.rows],
        "regions": Region.objects.exclude(level=RegionLevel.KABKOTA).values_list("kode", "name"),
        "chosen": only_indicator(page.rows) if request.GET.get("indikator") else None,
        "asked": bool(request.GET.get("indikator") and request.GET.get("wilayah")),
    }
    return render(request, "indicators/figures.html", context)


def _as_job(request: HttpRequest, actor: Actor) -> HttpResponse:
    query = request.GET.copy()
    for name in ("format", "halaman"):
        query.pop(name, None)
    params = {"query": query.urlencode(), "membership": actor.membership.pk}
    job = enqueue("indicators.figures", sha256_hex(canonical([actor.user.code, params])), params, actor.user)
    return redirect("core:job", code=job.code)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "kind_label": KINDS[row["kind"]], "shown": shown_value(row)}


@require_safe
@speaker_required
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """A document: its lines as filtered by words, each with the figures it states."""
    actor = speaker_of(request)
    found = documents().filter(pk=pk).first()
    if found is None:
        raise Http404
    if request.GET.get("format") == "xlsx":
        rows = figure_rows(figures_seen_by(actor).filter(line__in=document_lines(found, request.GET.get("q", ""))))
        return workbook_response(figures_workbook(rows), f"{found.kind} {found.owner.short_name} {found.year_from}")
    page = page_of(request, document_lines(found, request.GET.get("q", "")), "baris")
    stated = figures_of_lines(actor, [line.pk for line in page.rows])
    lines = [{"line": line, "figures": [_row(each) for each in stated.get(line.pk, [])]} for line in page.rows]
    context = {"section": "dokumen", "document": found, "page": page, "lines": lines}
    return render(request, "indicators/document.html", context)
