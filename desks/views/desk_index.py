"""Desk: my sittings by day, my desks or my region's, and planning a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import Actor, can
from accounts.http import speaker_of, speaker_required
from accounts.lists import list_tools, opened
from core.dates import date_with_time
from core.errors import InvalidInput, NotAllowed, NotFound
from core.listing import page_of
from desks.exports.lists import sessions_workbook
from desks.exports.response import xlsx_response
from desks.lists import SESSIONS
from desks.models import Desk
from desks.room_forms import PlanForm
from desks.scopes import leading, scope_of
from desks.selectors.desk_index import (
    PARTS,
    Filters,
    Group,
    cards_in_order,
    central_desks,
    every_session,
    filter_choices,
    grouped_sessions,
    plannable_desks,
    region_desks,
    sessions_of_part,
)
from desks.services.room import plan_session
from desks.views.common import act_key
from desks.views.room import show_round
from desks.views.room_acts import to_room

MENU = 8
"""So many desks fit the menu of planning; whoever plans more finds the link beside each desk."""


@speaker_required
@require_safe
def desk_index(request: HttpRequest) -> HttpResponseBase:
    """What sittings I have, and my desks."""
    actor = speaker_of(request)
    filters = Filters.from_query(request.GET)
    if (saved := opened(request, SESSIONS)) is not None:
        return saved
    if request.GET.get("format") == "xlsx":
        return _workbook(actor, filters)
    desks = plannable_desks(actor)
    newest = max(scope_of(actor).seats, key=lambda seat: (seat.plan_year, seat.round_id), default=None)
    if newest is not None:
        from desks.models import Round

        show_round(request, Round.objects.get(pk=newest.round_id), actor)
    context: dict[str, Any] = {
        "section": "desk",
        "filters": filters,
        "tools": list_tools(request, SESSIONS),
        "choices": filter_choices(actor),
        "plannable": desks,
    }
    if filters.part in PARTS:
        page = page_of(request, sessions_of_part(actor, filters), "sesi")
        cards = cards_in_order(actor, page.rows)
        context |= {"page": page, "part": Group(filters.part, PARTS[filters.part], page.count, cards)}
        return render(request, "desks/desk_sessions.html", context)
    plan, leads = {desk.pk for desk in desks}, leading(actor)
    context |= {
        "groups": grouped_sessions(actor, filters), "central": central_desks(actor, filters, plan) if leads else [],
        "mejas": [] if leads else region_desks(actor, filters), "planned_below": leads and len(plan) > MENU,
    }  # fmt: skip
    return render(request, "desks/desk_index.html", context)


def _workbook(actor: Actor, filters: Filters) -> HttpResponse:
    """All sittings that pass the filters, also those that the page keeps for a page of their own."""
    made = date_with_time(timezone.now(), actor.institution.region.tz)
    cards = cards_in_order(actor, list(every_session(actor, filters)))
    note = f"Saringan: {filters.words()}. {len(cards)} sesi. Dibuat {made}."
    return xlsx_response(sessions_workbook(note, cards), "Sesi desk.xlsx")


@speaker_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_plan(request: HttpRequest, round_code: str, desk_code: str) -> HttpResponseBase:
    """Plan a sitting of a desk: chair or secretariat."""
    actor = speaker_of(request)
    desk = _desk(actor, round_code, desk_code)
    show_round(request, desk.round, actor)
    form = PlanForm(request.POST or None, desk=desk)
    if request.method == "POST" and form.is_valid():
        try:
            mejas = list(form.cleaned_data["regions"])
            session = plan_session(actor, desk, mejas, **form.plan(), key=act_key(request))
            messages.success(request, f"Sesi {session.no} Desk {desk.name} dijadwalkan untuk {len(mejas)} daerah.")
            return to_room(session)
        except InvalidInput as error:
            form.add_error(None, error.message)
    context = {
        "section": "desk",
        "desk": desk,
        "form": form,
        "bar_desk": f"Desk {desk.name}",
        "kunci": act_key(request),
    }
    return render(request, "desks/session_plan.html", context, status=422 if form.errors else 200)


def _desk(actor: Actor, round_code: str, desk_code: str) -> Desk:
    found = Desk.objects.filter(round__code=round_code, code=desk_code).select_related("round").first()
    if found is None or found.round_id not in scope_of(actor).rounds():
        raise NotFound("Desk tidak ditemukan.")
    if not (can(actor, "desks.run_session", found) or can(actor, "desks.manage_round", found.round)):
        raise NotAllowed("Sesi dijadwalkan oleh pimpinan sidang atau sekretariat.")
    return found
