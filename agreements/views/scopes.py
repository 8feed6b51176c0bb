"""Drafting over more than one sitting: first which sittings come in and which are still open, then the act; and the induk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from accounts.http import speaker_of, speaker_required
from accounts.models import Region
from agreements import services
from agreements.forms import IndukForm
from agreements.models import BeritaAcara
from agreements.selectors.scopes import Draftable, free_sessions, scope_key, session_line, staffs
from core.errors import InvalidInput, NotAllowed, NotFound, TransitionNotAllowed
from desks.choices import SessionState
from desks.models import Desk, Round
from desks.scopes import scope_of

forms_ok = require_http_methods(["GET", "HEAD", "POST"])


@forms_ok
@speaker_required
def draft_scope(request: HttpRequest, round_code: str) -> HttpResponse:
    """What a berita acara of the round, or of the desk or region asked for, would take in; POST drafts it, or leads to the draft that stands."""
    actor = speaker_of(request)
    round_ = _round(actor, round_code)
    desk, region = _asked(request, round_)
    if not staffs(actor, round_, desk):
        raise NotAllowed("Berita acara disusun oleh pimpinan sidang, moderator, notulis, atau sekretariat.")
    if request.method == "POST":
        standing = BeritaAcara.objects.filter(scope_key=scope_key(round_, desk, region), state="draft").first()
        made = standing or services.draft_scope(actor, round_, desk=desk, region=region)
        if standing is None:
            messages.success(
                request,
                "Draf berita acara disusun. Sesi yang ditutup kemudian ikut dengan sendirinya sampai difinalkan.",
            )
        return redirect("agreements:ba", code=made.code)
    sessions = list(free_sessions(round_, desk, region))
    closed = [row for row in sessions if row.state == SessionState.CLOSED]
    context = {
        "section": "ba", "about": Draftable(round_, desk, region).title, "query": request.GET.urlencode(), "round": round_,
        "closed": [session_line(row) for row in closed],
        "open": [(session_line(row), row.get_state_display()) for row in sessions if row.state != SessionState.CLOSED],
    }  # fmt: skip
    request.portal_context = {"round": round_}  # type: ignore[attr-defined]
    return render(request, "agreements/draft_scope.html", context)


@forms_ok
@speaker_required
def draft_induk(request: HttpRequest, round_code: str) -> HttpResponse:
    """The induk over the final berita acara of a round, or of one desk or region of it."""
    actor = speaker_of(request)
    round_ = _round(actor, round_code)
    if not staffs(actor, round_):
        raise NotAllowed("Berita acara induk disusun oleh pimpinan sidang, notulis, atau sekretariat.")
    form = IndukForm(round_, request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = services.draft_induk(
                actor, round_, desk=form.cleaned_data["desk"], region=form.cleaned_data["region"]
            )
        except (InvalidInput, TransitionNotAllowed) as error:
            form.add_error(None, error.message)
        else:
            messages.success(
                request, "Draf berita acara induk disusun. Periksa daftar dan penanda tangannya sebelum difinalkan."
            )
            return redirect("agreements:ba", code=made.code)
    request.portal_context = {"round": round_}  # type: ignore[attr-defined]
    status = 422 if form.is_bound and form.errors else 200
    return render(
        request, "agreements/draft_induk.html", {"section": "ba", "round": round_, "form": form}, status=status
    )


def _round(actor: Actor, code: str) -> Round:
    round_ = Round.objects.select_related("host__region").filter(code=code, pk__in=scope_of(actor).rounds()).first()
    if round_ is None:
        raise NotFound("Penyelenggaraan tidak ditemukan.")
    return round_


def _asked(request: HttpRequest, round_: Round) -> tuple[Desk | None, Region | None]:
    """The desk or region of the address, if any."""
    desk_code, region_code = request.GET.get("desk", ""), request.GET.get("daerah", "")
    desk = Desk.objects.filter(round=round_, code=desk_code).select_related("round").first() if desk_code else None
    region = Region.objects.filter(kode=region_code, mejas__round=round_).distinct().first() if region_code else None
    if (desk_code and desk is None) or (region_code and region is None):
        raise NotFound("Desk atau daerah tidak ditemukan.")
    return desk, region
