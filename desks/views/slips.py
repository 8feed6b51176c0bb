"""Answering a warning on the page of a row: use what was probably meant, or keep the value with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from core.errors import InvalidInput, NotFound, StaleState
from desks.models import Item
from desks.selectors.about import about_item
from desks.selectors.columns import figures_for
from desks.selectors.slips import warnings_of
from desks.selectors.slips_accepted import accepted_of
from desks.selectors.slips_supports import support_warnings_of
from desks.services.item import RowWrite, load_item, save_rows
from desks.services.slips import accept_warning
from desks.views.common import act_key, form_key, speaker_of, speaker_required


def slip_context(actor: Actor, row: Item, *, mine: bool) -> dict[str, Any]:
    """Help and warnings on the page of a row: open warnings for the region's own, accepted ones for whoever reads the value."""
    beside = figures_for(row.round, row.strand, row.region_id, [row.indicator_id]) if row.indicator_id else {}
    return {
        "about": about_item(row, beside.get(row.indicator_id or 0, {})),
        "slips": warnings_of([row]).get(row.pk, []) if mine else [],
        "support_slips": support_warnings_of([row]).get(row.pk, []) if mine else [],
        "slips_accepted": accepted_of(actor, [row]).get(row.pk, []),
    }


@speaker_required
@require_POST
def item_warning(request: HttpRequest, code: str) -> HttpResponse:
    """`pakai` saves the suggestion as the target; `tetap` accepts the warning with a reason."""
    actor = speaker_of(request)
    row = load_item(actor, code)
    act = request.POST.get("tindakan", "")
    if act == "pakai":
        _use(request, actor, row)
    elif act == "tetap":
        _keep(request, actor, row)
    else:
        raise NotFound("Tindakan ini tidak ada di sini.")
    return redirect("desks:item", row.code)


def _use(request: HttpRequest, actor: Actor, row: Item) -> None:
    version, text = request.POST.get("versi", ""), request.POST.get("nilai", "").strip()
    if not version.isdecimal() or not text:
        raise InvalidInput("Versi atau nilai butir tidak disertakan. Muat ulang halaman lalu coba lagi.")
    write = RowWrite(row.code, int(version), {"value": text}, "thousands")
    result = save_rows(actor, rows=[write], key=form_key(request, [write.code, write.version, write.changes]))[0]
    if result.ok:
        messages.success(request, f"Tersimpan: {result.shown['value']}.")
    elif result.status == "conflict":
        messages.error(
            request,
            "Butir ini sudah diubah orang lain sejak halaman dibuka. Lihat angkanya sekarang, lalu putuskan lagi.",
        )
    else:
        messages.error(request, result.message)


def _keep(request: HttpRequest, actor: Actor, row: Item) -> None:
    facts = {
        name: request.POST.get(field, "") for name, field in (("kind", "jenis"), ("value", "nilai"), ("subject", "sub"))
    }
    try:
        written = accept_warning(actor, row, **facts, reason=request.POST.get("alasan", ""), key=act_key(request))
    except (InvalidInput, StaleState) as error:
        messages.error(request, error.message)
        return
    messages.success(
        request,
        "Alasan tercatat; peringatan ini tidak muncul lagi untuk nilai itu."
        if written
        else "Peringatan ini sudah diterima.",
    )
