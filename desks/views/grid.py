"""The grid page: all targets and sub kegiatan of a desk, or of all desks of a round, typed into as into a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.actors import Actor
from accounts.choices import RegionLevel, Role
from core.errors import NotFound
from desks.models import Meja, Round
from desks.selectors.grid import Grid, bidang_by_desk, grid_of_meja, grid_of_round
from desks.selectors.grid_supports import choices_of, offices_of, places_of
from desks.selectors.isian import fills, rounds_of
from desks.views.common import show_context, speaker_of, speaker_required
from desks.views.isian import chosen_round, meja_of
from desks.views.strands import PAGES


@speaker_required
@require_GET
def grid(request: HttpRequest, code: str) -> HttpResponse:
    """The grid of one desk."""
    actor = speaker_of(request)
    meja = meja_of(actor, code)
    plain = reverse("desks:isian", args=[meja.code])
    if meja.desk.strand in PAGES:
        return redirect(plain)
    if request.GET.get("data") == "nomenklatur":
        return _choices(actor, meja.round, meja)
    return _page(request, actor, grid_of_meja(actor, meja, timezone.now()), plain, meja)


@speaker_required
@require_GET
def grid_round(request: HttpRequest, code: str) -> HttpResponse:
    """The grid of all desks of the actor's region in a round."""
    actor = speaker_of(request)
    round_ = chosen_round(rounds_of(actor), code) if fills(actor) else None
    if round_ is None:
        raise NotFound("Penyelenggaraan tidak ditemukan.")
    if request.GET.get("data") == "nomenklatur":
        return _choices(actor, round_, None)
    plain = f"{reverse('desks:isian_index')}?ronde={round_.code}"
    return _page(request, actor, grid_of_round(actor, round_, timezone.now()), plain, None)


def _choices(actor: Actor, round_: Round, meja: Meja | None) -> JsonResponse:
    """The sub kegiatan to choose from; asked for when the sheet is opened, not with every page."""
    province = actor.institution.region.level == RegionLevel.PROVINCE
    return JsonResponse({"choices": choices_of(bidang_by_desk(round_, meja), province)})


def _page(request: HttpRequest, actor: Actor, table: Grid, plain: str, meja: Meja | None) -> HttpResponse:
    if actor.role == Role.OPD and not table.total:
        raise NotFound("Desk tidak ditemukan.")
    show_context(request, table.round, table.windows)
    region = actor.institution.region
    context = {
        "section": "isian", "table": table, "round": table.round, "meja": meja, "plain": plain, "region": region,
        "bar_desk": meja.desk.name if meja else "", "bar_region": region.name, "data": _data(actor, table),
        "title": meja.desk.name if meja else f"Semua desk, {region.name}",
    }  # fmt: skip
    return render(request, "desks/grid.html", context)


def _data(actor: Actor, table: Grid) -> dict[str, Any]:
    """What the browser builds the sheets from."""
    return {
        "sheets": table.sheets, "chips": table.chips, "canEdit": table.can_edit, "offices": offices_of(actor.region_id),
        "own": actor.institution.code if actor.role == Role.OPD else "", "places": places_of(actor.region_id),
        "item": reverse("desks:item", args=["KODE"]),
    }  # fmt: skip
