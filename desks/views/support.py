"""Pages of the sub kegiatan that support a row: add, change, remove, and the search in the nomenclature.

The same form serves Isian and the room; a `Place` says which of the two it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actors import Actor
from accounts.choices import Role
from core.errors import DomainError, InvalidInput, NotAllowed, NotFound, StaleState
from core.numbers import format_number
from desks.filters_priority import node_choice
from desks.forms import SupportForm
from desks.models import Item, Session, Support
from desks.selectors.item import FOUND, edit_refusal, find_nomenclature
from desks.selectors.stages import windows_for
from desks.services.item import load_item
from desks.services.support import add_support, change_support, remove_support
from desks.views.common import act_key, new_key, show_context, speaker_of, speaker_required


@dataclass(frozen=True)
class Place:
    """Where the sub kegiatan of a row is written: in Isian, or at the desk in an open sitting."""

    actor: Actor
    item: Item
    back: str
    search: str
    session: Session | None = None


@speaker_required
@require_http_methods(["GET", "POST"])
def support_add(request: HttpRequest, code: str) -> HttpResponse:
    """Link a sub kegiatan to the row."""
    return add_at(request, _isian(speaker_of(request), code))


@speaker_required
@require_http_methods(["GET", "POST"])
def support_change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change volume, places and pagu of a linked sub kegiatan."""
    return change_at(request, _isian(speaker_of(request), code), pk)


@speaker_required
@require_POST
def support_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Unlink a sub kegiatan."""
    actor = speaker_of(request)
    row = load_item(actor, code)
    support = _support(row, pk)
    remove_support(actor, support, seen_version=_version(request))
    messages.success(request, f"Sub kegiatan {support.nomenclature.kode} dihapus dari butir ini.")
    return redirect("desks:item", row.code)


@speaker_required
@require_GET
def nomenclature(request: HttpRequest, code: str) -> HttpResponse:
    """The choices of the search, as a fragment."""
    row = _isian(speaker_of(request), code).item
    words = request.GET.get("cari", "").strip()
    found = find_nomenclature(row, words, request.GET.get("prioritas", ""))
    form = SupportForm(item=row, found=found)
    context = {"form": form, "found": found, "words": words, "full": len(found) == FOUND}
    return render(request, "desks/_nomenclature.html", context)


def add_at(request: HttpRequest, place: Place) -> HttpResponse:
    """The form of a new sub kegiatan, and what became of it."""
    words = request.GET.get("cari", "").strip()
    found = find_nomenclature(place.item, words, request.GET.get("prioritas", ""))
    if request.method != "POST":
        form = SupportForm(item=place.item, found=found, initial=_first(place.actor))
        return _page(request, place, form, words=words, found=found)
    form = SupportForm(request.POST, item=place.item, found=found)
    if not form.is_valid():
        return _page(request, place, form, words=words, found=found, status=422)
    try:
        support = add_support(
            place.actor, place.item, form.support_data(), seen_version=_version(request), session=place.session, key=act_key(request)
        )  # fmt: skip
    except (InvalidInput, StaleState) as error:
        return _refused(request, place, form, error, words=words, found=found)
    messages.success(request, f"Sub kegiatan {support.nomenclature.kode} ditambahkan.")
    return redirect(place.back)


def change_at(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    """The form of a linked sub kegiatan, and what became of the change."""
    support = _support(place.item, pk)
    form = SupportForm(request.POST or None, item=place.item, found=[], support=support, initial=_initial(support))
    if request.method != "POST":
        return _page(request, place, form, support=support)
    if not form.is_valid():
        return _page(request, place, form, support=support, status=422)
    try:
        change_support(
            place.actor, support, form.support_data(), seen_version=_version(request), session=place.session, key=act_key(request)
        )  # fmt: skip
    except (InvalidInput, StaleState) as error:
        return _refused(request, place, form, error, support=support)
    messages.success(request, f"Sub kegiatan {support.nomenclature.kode} disimpan.")
    return redirect(place.back)


def _isian(actor: Actor, code: str) -> Place:
    """Isian, if the actor may change the row there now: an outsider meets 404, an insider without the right 403, a closed stage 409."""
    row = load_item(actor, code)
    refusal = edit_refusal(actor, row)
    if refusal == "":
        raise NotAllowed()
    if refusal:
        from desks.services.item import StageMemory, require_editable

        require_editable(actor, row, StageMemory(actor))
    return Place(actor, row, reverse("desks:item", args=[row.code]), reverse("desks:nomenclature", args=[row.code]))


def _support(row: Item, pk: int) -> Support:
    found = Support.objects.select_related("item__meja__desk", "nomenclature", "opd").filter(item=row, pk=pk).first()
    if found is None:
        raise NotFound("Sub kegiatan tidak ditemukan pada butir ini.")
    found.item = row
    return found


def _version(request: HttpRequest) -> int:
    version = request.POST.get("versi", "")
    if not version.isdecimal():
        raise InvalidInput("Versi butir tidak disertakan. Muat ulang halaman lalu simpan lagi.")
    return int(version)


def _first(actor: Actor) -> dict[str, Any]:
    return {"opd": actor.institution.pk} if actor.role == Role.OPD else {}


def _initial(support: Support) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "nomenclature": support.nomenclature_id, "opd": support.opd_id, "volume": format_number(support.volume),
        "volume_unit": support.volume_unit, "places": [place.region_id for place in support.places.all()],
    }  # fmt: skip
    for fund in support.funds.all():
        facts[f"dana-{fund.source_id}"] = format_number(fund.proposed)
        facts[f"satuan-{fund.source_id}"] = "rp"
    return facts


FIELD_NAMES = {"funds": ""}


def _refused(request: HttpRequest, place: Place, form: SupportForm, error: DomainError, **more: Any) -> HttpResponse:
    form.refuse(error, FIELD_NAMES)
    if isinstance(error, StaleState):
        form.add_error(None, "Ketikan Anda masih di layar. Periksa butirnya, lalu simpan lagi bila masih sesuai.")
    place.item.refresh_from_db(fields=["version"])
    return _page(request, place, form, status=409 if error.status == 409 else 422, **more)


def _page(request: HttpRequest, place: Place, form: SupportForm, *, status: int = 200, **more: Any) -> HttpResponse:
    row = place.item
    show_context(request, row.round, windows_for(row.round, place.actor))
    context = {
        "section": "desk" if place.session else "isian", "item": row, "form": form, "funds": form.fund_rows(), "place": place,
        "bar_desk": row.meja.desk.name, "bar_region": row.region.name, "full": len(more.get("found") or []) == FOUND,
        "kunci": new_key(), "choice": node_choice(request, row.meja.desk), **more,
    }  # fmt: skip
    return render(request, "desks/item_support.html", context, status=status)
