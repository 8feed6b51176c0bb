"""Pages of figures: the list of all, and the story of one indicator in one region."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.choices import RegionLevel
from accounts.http import speaker_of, speaker_required
from accounts.lists import list_tools, opened
from accounts.models import Region
from core.canonical import canonical, sha256_hex
from core.errors import NotFound
from core.jobs import enqueue
from core.listing import page_of, workbook_response
from indicators.choices import FigureKind
from indicators.exports import figures_workbook
from indicators.filters import FigureFilter
from indicators.lists import FIGURES
from indicators.models import Indicator
from indicators.selectors import figure_rows, figures_seen_by, only_indicator, shown_value, with_names
from indicators.selectors.priorities import indicator_chips
from indicators.selectors.story import figures_of, story_of
from planning.choices import DocumentStage
from planning.selectors.priorities import tree_years

KINDS = dict(FigureKind.choices)
STAGES = dict(DocumentStage.choices)
AT_ONCE = 5_000
"""Longer lists are written by a job."""


@require_safe
@speaker_required
def figures(request: HttpRequest) -> HttpResponse:
    """Figures as filtered; `?format=xlsx` is the same list as a workbook, a long one as a job."""
    actor = speaker_of(request)
    filters = FigureFilter(request.GET, queryset=figures_seen_by(actor))
    if (saved := opened(request, FIGURES, lambda: filters.form)) is not None:
        return saved
    found = filters.qs
    if request.GET.get("format") == "xlsx":
        if found.order_by()[: AT_ONCE + 1].count() > AT_ONCE:
            return _as_job(request, actor)
        return workbook_response(figures_workbook(figure_rows(found)), "angka")
    page = page_of(request, figure_rows(found), "angka")
    context = {
        "section": "dokumen",
        "tools": list_tools(request, FIGURES),
        "filter": filters.form,
        "page": page,
        "rows": [_row(each) for each in page.rows],
        "regions": _regions(),
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
    return {
        **row,
        "draft": row["stage"] not in (None, "penetapan"),
        "stage_label": STAGES.get(row["stage"] or "", ""),
        "kind_label": KINDS[row["kind"]],
        "shown": shown_value(row),
    }


@require_safe
@speaker_required
def story(request: HttpRequest, indicator: str, region: str) -> HttpResponse:
    """Every figure that anybody stated for an indicator in a region; `?format=xlsx` lists them."""
    actor = speaker_of(request)
    found = with_names(Indicator.objects.select_related("bidang")).filter(code=indicator).first()
    place = Region.objects.filter(kode=region).first()
    if found is None or place is None:
        raise NotFound("Indikator atau wilayah ini tidak ada.")
    if request.GET.get("format") == "xlsx":
        rows = figure_rows(figures_of(actor, found, place))
        return workbook_response(figures_workbook(rows), f"angka {indicator} {place.short_name}")
    chips = indicator_chips([found.pk], next(iter(tree_years()), 0)).get(found.pk, [])
    context = {
        "section": "dokumen", "indicator": found, "region": place, "story": story_of(actor, found, place), "chips": chips,
        "regions": _regions(),
    }  # fmt: skip
    return render(request, "indicators/story.html", context)


def _regions() -> QuerySet[Region, Any]:
    return Region.objects.exclude(level=RegionLevel.KABKOTA).order_by("kode").values_list("kode", "name")
