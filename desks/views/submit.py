"""Submitting in bulk: first the list of what is complete and what is not, and what will happen; then the act."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from core.dates import date_with_time
from core.errors import NotAllowed, NotFound
from core.values import format_value
from desks.choices import ItemState
from desks.exports.lists import readiness_workbook
from desks.exports.response import xlsx_response
from desks.models import Item, Meja, Round
from desks.scopes import hands_in
from desks.selectors.alignment import alignment_of, counts_of
from desks.selectors.isian import filling_deadline, readiness, rounds_of
from desks.selectors.macro import without_own_actions
from desks.selectors.repair import unmended
from desks.selectors.slips_supports import open_slips
from desks.selectors.stages import windows_for
from desks.selectors.usulan.quota import OUTSIDE, Quota, quota_of
from desks.services.item import RowResult, move_rows
from desks.views.alignment import mejas_of_region
from desks.views.common import form_key, new_key, show_context, speaker_of, speaker_required
from desks.views.isian import chosen_round, meja_of, tell
from desks.workflow import incomplete_reason
from indicators.choices import Strand

SHOWN_FINDINGS = 20
Slips = dict[int, list[dict[str, str]]]


@speaker_required
@require_http_methods(["GET", "POST"])
def submit_meja(request: HttpRequest, code: str) -> HttpResponse:
    """Submit the complete rows of one desk."""
    actor = speaker_of(request)
    meja = meja_of(actor, code)
    return _answer(request, actor, meja.round, meja)


@speaker_required
@require_http_methods(["GET", "POST"])
def submit_region(request: HttpRequest) -> HttpResponse:
    """Submit the complete rows of all desks of the region."""
    actor = speaker_of(request)
    round_ = chosen_round(rounds_of(actor), request.GET.get("ronde", ""))
    if round_ is None:
        raise NotFound("Belum ada penyelenggaraan untuk daerah Anda.")
    return _answer(request, actor, round_, None)


def _answer(request: HttpRequest, actor: Actor, round_: Round, meja: Meja | None) -> HttpResponse:
    if not hands_in(actor, round_.pk):
        raise NotAllowed(f"Butir diajukan oleh {round_.words.submitter}.")
    if request.method == "POST":
        return _submit(request, actor, round_, meja)
    ready, lacking = readiness(actor, Q(meja=meja) if meja else Q(round=round_))
    windows = windows_for(round_, actor)
    show_context(request, round_, windows)
    waiting, slips = unmended(ready), open_slips(ready)
    if request.GET.get("format") == "xlsx":
        groups = [
            ("siap", [_shown(item, (), slips) for item in ready if item.pk not in waiting]),
            ("belum diperbaiki", [_shown(item, (), slips) for item in ready if item.pk in waiting]),
            ("belum lengkap", [_shown(item) for item in lacking]),
        ]
        title = f"Kelengkapan {meja.desk.name if meja else 'semua desk'}, {actor.institution.region.name}, {round_.short_name}"
        made = date_with_time(timezone.now(), round_.tz)
        return xlsx_response(readiness_workbook(title, made, groups), f"{title}.xlsx")
    bare = without_own_actions(ready)
    context = {
        "section": "isian", "round": round_, "meja": meja, "ready": [_shown(item, bare, slips) for item in ready if item.pk not in waiting],
        "unmended": [{**_shown(item, bare, slips), "asked": waiting[item.pk]} for item in ready if item.pk in waiting], "bare": len(bare), "warned": len(slips),
        "lacking": [_shown(item) for item in lacking], "kunci": new_key(), "bar_region": actor.institution.region.name,
        "bar_desk": meja.desk.name if meja else "", "deadline": filling_deadline(round_, windows, timezone.now()),
        "alignment": _alignment(actor, round_, meja), "back": _back(round_, meja), "action": request.get_full_path(), "quota": _quota(round_, actor, ready),
    }  # fmt: skip
    return render(request, "desks/isian_submit.html", context)


def _alignment(actor: Actor, round_: Round, meja: Meja | None) -> dict[str, Any]:
    """The findings that stand open, the first of them in full, and where all are."""
    found = alignment_of(actor, round_, [meja] if meja else mejas_of_region(round_, actor.region_id))
    opened = [each for each in found if each.open]
    url = (
        reverse("desks:alignment", args=[meja.code])
        if meja
        else f"{reverse('desks:alignment_region')}?ronde={round_.code}"
    )
    return {
        "counts": counts_of(found),
        "open": opened[:SHOWN_FINDINGS],
        "more": len(opened) - len(opened[:SHOWN_FINDINGS]),
        "url": url,
    }


def _quota(round_: Round, actor: Actor, ready: list[Item]) -> Quota | None:
    """The quota of the region, where usulan that would use it are among the rows."""
    counts = any(item.strand == Strand.KEWILAYAHAN and item.state in OUTSIDE for item in ready)
    return quota_of(round_, actor.region_id) if counts else None


def _shown(item: Item, bare: Collection[int] = (), slips: Slips | None = None) -> dict[str, Any]:
    declared = item.get_applicability_display() if item.applicability != "applies" else ""
    waits = "Dikembalikan kepada perangkat daerah; menunggu perbaikannya."
    lacking = waits if item.state == ItemState.RETURNED else incomplete_reason(item)
    return {
        "code": item.code, "pick": f"{item.state}:{item.code}:{item.version}", "desk": item.meja.desk.name,
        "name": item.subject, "unit": item.subject_unit,
        "value": declared or format_value(item.value_proposed), "state": item.get_state_display(), "lacking": lacking,
        "request": item.request_text, "due": item.request_due, "bare": item.pk in bare,
        "slips": [slip["text"] for slip in (slips or {}).get(item.pk, ())],
    }  # fmt: skip


def _back(round_: Round, meja: Meja | None) -> str:
    if meja is not None:
        return reverse("desks:isian", args=[meja.code])
    return f"{reverse('desks:isian_index')}?ronde={round_.code}"


def _submit(request: HttpRequest, actor: Actor, round_: Round, meja: Meja | None) -> HttpResponse:
    picked: dict[str, list[tuple[str, int]]] = {"submit": [], "answer": []}
    for value in request.POST.getlist("butir"):
        state, code, version = (value.split(":") + ["", ""])[:3]
        if version.isdecimal():
            picked["answer" if state == ItemState.REPAIR else "submit"].append((code, int(version)))
    results: list[RowResult] = []
    for action, rows in picked.items():
        if rows:
            key = form_key(request, [action, [list(row) for row in rows]])
            results += move_rows(actor, action, rows, key=key)
    tell(request, results, f"diajukan atas nama {actor.institution.short_name}")
    refused = [result for result in results if not result.ok]
    if refused:
        messages.info(request, "Butir yang tidak diproses masih ada di Isian dengan status semula.")
    return redirect(_back(round_, meja))
