"""Home: one list of what waits, how far the desks are, sittings, notices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.services.notices import mark_notices_read
from desks.scopes import OWNER_ROLES
from desks.selectors.home import (
    SESSIONS,
    fill_bars,
    has_submitted,
    new_notices,
    open_rounds,
    sessions_this_week,
    waiting_for,
    what_comes_next,
    windows_of,
)
from desks.selectors.isian import filling_deadline
from desks.views.common import show_context, speaker_of, speaker_required


@speaker_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person, sorted by deadline, and what surrounds it."""
    actor = speaker_of(request)
    now = timezone.now()
    rounds = open_rounds(actor)
    round_ = rounds[0] if rounds else None
    windows = windows_of(actor, round_) if round_ else []
    show_context(request, round_, windows)
    bars = fill_bars(actor, round_) if round_ else []
    sessions = sessions_this_week(actor, rounds, now) if rounds else []
    shown = sessions[:SESSIONS]
    owns = actor.role in OWNER_ROLES
    context = {
        "section": "beranda", "acts": waiting_for(actor, now), "next": what_comes_next(round_, windows, now), "bars": bars,
        "done": sum(bar.done for bar in bars), "total": sum(bar.total for bar in bars), "sessions": shown,
        "more_sessions": len(sessions) > SESSIONS,
        "notices": new_notices(actor), "round": round_, "owns": owns,
        "deadline": filling_deadline(round_, windows, now) if round_ and owns else None,
        "bar_region": actor.institution.region.name if owns else "",
        "first_hour": bool(owns and round_ and not has_submitted(actor, round_)),
    }  # fmt: skip
    return render(request, "desks/home.html", context)


@speaker_required
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """The person has read the notices."""
    mark_notices_read(speaker_of(request).user)
    return redirect("desks:home")
