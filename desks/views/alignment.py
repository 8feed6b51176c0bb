"""Uji keselarasan: of a desk and region, of all desks of a region, and of a desk over its regions for the centre."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import Actor, can
from accounts.lists import list_tools, opened
from core.dates import date_with_time
from core.errors import InvalidInput, NotFound
from core.listing import page_of_rows
from core.templatetags.rakortek import url_with
from desks.exports.alignment import findings_workbook
from desks.exports.response import xlsx_response
from desks.filters_alignment import FindingFilter
from desks.lists import ALIGNMENT
from desks.models import Meja, Round
from desks.selectors.alignment import Finding, alignment_of, choices_of, counts_of, filtered
from desks.selectors.isian import fills, rounds_of
from desks.services.alignment import accept_findings, reopen_findings
from desks.services.item import RowResult
from desks.views.common import form_key, new_key, require_some_right, show_context, speaker_of, speaker_required
from desks.views.desk_pages import desk_for, page
from desks.views.isian import chosen_round, meja_of

ON_PAGE: Final = 100


@dataclass
class Scope:
    """What a page covers: the mejas, how it is called, and on which of them the actor may stand by findings."""

    round: Round
    mejas: Sequence[Meja]
    title: str
    accepts: frozenset[int] = frozenset()
    one_desk: bool = False
    one_region: bool = True


def mejas_of_region(round_: Round, region: int) -> list[Meja]:
    """All desks of a region in a round."""
    rows = Meja.objects.filter(round=round_, region_id=region).select_related("desk", "region", "round")
    return list(rows.order_by("desk__order", "desk__code"))


def acceptable(actor: Actor, mejas: Collection[Meja]) -> frozenset[int]:
    """The mejas on which the actor may stand by findings, while the round runs."""
    running = (meja for meja in mejas if meja.round.closed_at is None)
    return frozenset(meja.pk for meja in running if can(actor, "desks.accept_finding", meja))


@speaker_required
@require_http_methods(["GET", "POST"])
def alignment(request: HttpRequest, code: str) -> HttpResponse:
    """One desk of the own region; POST stands by the ticked findings or takes that back."""
    actor = speaker_of(request)
    meja = meja_of(actor, code)
    title = f"{meja.desk.name}, {meja.region.name}"
    scope = Scope(meja.round, [meja], title, acceptable(actor, [meja]), one_desk=True)
    return _answer(request, actor, scope, {"meja": meja, "bar_desk": meja.desk.name})


@speaker_required
@require_http_methods(["GET", "POST"])
def alignment_region(request: HttpRequest) -> HttpResponse:
    """All desks of the own region."""
    actor = speaker_of(request)
    round_ = chosen_round(rounds_of(actor), request.GET.get("ronde", ""))
    if round_ is None or not fills(actor):
        raise NotFound("Uji keselarasan semua desk hanya ada bagi daerah yang mengisi.")
    mejas = mejas_of_region(round_, actor.region_id)
    title = f"semua desk, {actor.institution.region.name}"
    return _answer(request, actor, Scope(round_, mejas, title, acceptable(actor, mejas)), {})


@speaker_required
@require_safe
def alignment_desk(request: HttpRequest, round_code: str, desk_code: str) -> HttpResponse:
    """A desk over its regions, as far as their rows were handed in."""
    actor, desk = desk_for(request, round_code, desk_code)
    mejas = list(Meja.objects.filter(desk=desk).select_related("desk", "region", "round").order_by("region__kode"))
    if asked := request.GET.get("daerah", ""):
        mejas = [meja for meja in mejas if meja.region.kode == asked]
    scope = Scope(desk.round, mejas, f"desk {desk.name}", one_desk=True, one_region=False)
    return _answer(request, actor, scope, page(request, actor, desk, tab="alignment"))


def _answer(request: HttpRequest, actor: Actor, scope: Scope, more: dict[str, Any]) -> HttpResponse:
    if request.method == "POST":
        return _act(request, actor, scope, more)
    return _list(request, actor, scope, more)


def _list(
    request: HttpRequest, actor: Actor, scope: Scope, more: dict[str, Any], *, error: str = "", status: int = 200
) -> HttpResponse:
    if not error and (saved := opened(request, ALIGNMENT)) is not None:
        return saved
    every = alignment_of(actor, scope.round, scope.mejas)
    rows = filtered(every, request.GET)
    if request.method == "GET" and request.GET.get("format") == "xlsx":
        made = date_with_time(timezone.now(), scope.round.tz)
        title = f"Uji keselarasan {scope.title}, {scope.round.short_name}"
        return xlsx_response(findings_workbook(title, f"Dibuat {made}.", rows, scope.round.tz), f"{title}.xlsx")
    without = [name for name, one in (("desk", scope.one_desk), ("daerah", scope.one_region)) if one]
    if "bar_desk" not in more or "meja" in more:
        show_context(request, scope.round)
    context = {
        "section": "isian", "bar_region": actor.institution.region.name, "round": scope.round, "scope": scope, "counts": counts_of(every),
        "page": page_of_rows(request, rows, "temuan", ON_PAGE), "chips": _chips(request, every), "tools": list_tools(request, ALIGNMENT),
        "filter": FindingFilter(request.GET, choices_of(every), *without), "kunci": new_key(), "error": error,
        "picked": set(request.POST.getlist("temuan")), "reason": request.POST.get("alasan", ""), **more,
    }  # fmt: skip
    return render(request, "desks/alignment/list.html", context, status=status)


def _chips(request: HttpRequest, every: Sequence[Finding]) -> list[dict[str, Any]]:
    counts, chosen = counts_of(every), request.GET.get("jenis", "")
    first = {
        "label": "semua",
        "count": counts.total,
        "url": url_with(request, jenis=None, halaman=None),
        "active": not chosen,
    }
    return [first] + [
        {"label": kind.label, "count": n, "url": url_with(request, jenis=kind.value, halaman=None), "active": chosen == kind}
        for kind, n in counts.by_kind
    ]  # fmt: skip


def _act(request: HttpRequest, actor: Actor, scope: Scope, more: dict[str, Any]) -> HttpResponse:
    picks: dict[str, list[tuple[str, str]]] = {}
    for text in request.POST.getlist("temuan"):
        code, _, rest = text.partition(":")
        key, _, cells = rest.partition(":")
        picks.setdefault(code, []).append((key, cells))
    reopening, reason = request.POST.get("tindakan") == "reopen", request.POST.get("alasan", "").strip()
    results: list[RowResult] = []
    try:
        for meja in scope.mejas:
            if chosen := picks.get(meja.code):
                key = form_key(request, [meja.code, reopening, reason, [list(pick) for pick in chosen]])
                results += (
                    reopen_findings(actor, meja, chosen, key=key)
                    if reopening
                    else accept_findings(actor, meja, chosen, reason=reason, key=key)
                )
    except InvalidInput as error:
        return _list(request, actor, scope, more, error=error.message, status=422)
    require_some_right(results)
    _tell(request, results, "dibuka kembali" if reopening else "diterima dengan alasan")
    return redirect(request.get_full_path())


def _tell(request: HttpRequest, results: Sequence[RowResult], done: str) -> None:
    if not results:
        messages.warning(request, "Belum ada temuan yang dipilih.")
    if good := sum(result.ok for result in results):
        messages.success(request, f"{good} temuan {done}.")
    for message in dict.fromkeys(result.message for result in results if not result.ok):
        messages.error(request, message)
