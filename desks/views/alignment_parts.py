"""Parts of other pages about keselarasan and pagu, drawn when those pages stand already; each is a page of its own without JavaScript."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from core.errors import NotFound
from desks.disclosure import sees_drafting
from desks.models import Meja, Round
from desks.scopes import host_side
from desks.selectors.alignment import alignment_of, by_document, by_item, counts_of
from desks.selectors.isian import fills, rounds_of
from desks.selectors.pagu import pagu_of_region
from desks.services.item import load_item
from desks.views.alignment import mejas_of_region
from desks.views.common import is_htmx, show_context, speaker_of, speaker_required
from desks.views.isian import chosen_round, meja_of
from indicators.views.documents import document_of
from planning.choices import REGIONAL_DOCUMENTS


def _part(request: HttpRequest, name: str, round_: Round, context: dict[str, Any]) -> HttpResponse:
    """The part alone for htmx, else on a page of its own."""
    if is_htmx(request):
        return render(request, f"desks/alignment/_{name}.html", context)
    show_context(request, round_)
    return render(request, "desks/alignment/part.html", {**context, "part": f"desks/alignment/_{name}.html"})


@speaker_required
@require_safe
def beside(request: HttpRequest, code: str) -> HttpResponse:
    """Beside the Isian of a desk: findings by kind, and pagu against what its sub kegiatan ask for."""
    actor = speaker_of(request)
    meja = meja_of(actor, code)
    bidang = {row.bidang_id for row in meja.desk.bidang_rows.all()}
    return _beside(request, actor, meja.round, [meja], {"meja": meja, "bidang": bidang})


@speaker_required
@require_safe
def beside_region(request: HttpRequest) -> HttpResponse:
    """The same over all desks of the region."""
    actor = speaker_of(request)
    round_ = chosen_round(rounds_of(actor), request.GET.get("ronde", ""))
    if round_ is None or not fills(actor):
        raise NotFound("Bagian ini hanya ada bagi daerah yang mengisi.")
    return _beside(request, actor, round_, mejas_of_region(round_, actor.region_id), {})


def _beside(request: HttpRequest, actor: Actor, round_: Round, mejas: list[Meja], more: dict[str, Any]) -> HttpResponse:
    counts = counts_of(alignment_of(actor, round_, mejas))
    pagu = pagu_of_region(actor, round_, more.get("bidang"))
    context = {
        "section": "isian",
        "round": round_,
        "counts": counts,
        "pagu": pagu,
        "title": "Keselarasan dan pagu",
        **more,
    }
    return _part(request, "beside", round_, context)


@speaker_required
@require_safe
def of_item(request: HttpRequest, code: str) -> HttpResponse:
    """The findings of one row, for its region and for the host's side once it was handed in."""
    actor = speaker_of(request)
    item = load_item(actor, code)
    own = sees_drafting(actor, item)
    if not own and not host_side(actor, item.round_id):
        raise NotFound("Butir tidak ditemukan.")
    found = by_item(actor, item)
    context = {"section": "isian" if own else "desk", "item": item, "own": own, "findings": found, "counts": counts_of(found),
               "round": item.round, "title": f"Keselarasan {item.subject}"}  # fmt: skip
    return _part(request, "item", item.round, context)


@speaker_required
@require_safe
def of_document(request: HttpRequest, pk: int) -> HttpResponse:
    """What of the region's rows does not agree with this document, in the running round of its year."""
    actor = speaker_of(request)
    document = document_of(actor, pk)
    rounds = [row for row in rounds_of(actor) if document.year_from <= row.plan_year <= document.year_to]
    own = fills(actor) and document.owner.region_id == actor.region_id and document.kind in REGIONAL_DOCUMENTS
    if not own or not rounds:
        raise NotFound("Dokumen ini tidak dipakai menguji Isian daerah Anda.")
    mejas = mejas_of_region(rounds[0], actor.region_id)
    found = by_document(actor, rounds[0], mejas, document)
    context = {"section": "dokumen", "document": document, "findings": found, "counts": counts_of(found), "round": rounds[0],
               "title": f"Yang tidak selaras dengan {document.title}"}  # fmt: skip
    return _part(request, "document", rounds[0], context)
