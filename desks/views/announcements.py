"""Pages of announcements: the secretariat's list and form; and putting one away."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor, can
from accounts.http import PortalRequest, home_url, login_required, safe_next, speaker_of, speaker_required
from core.dates import date_with_time
from core.errors import InvalidInput, NotAllowed
from core.http import is_htmx
from core.listing import page_of, workbook_response
from desks.exports.lists import announcements_workbook
from desks.forms_helpdesk import AnnouncementForm
from desks.helpdesk_choices import LEVEL_TONES
from desks.models import Announcement, Round
from desks.scopes import kept_rounds
from desks.selectors.announcements import SESSION, kept_announcements
from desks.services.announcements import announce, change_announcement, dismiss, end_announcement


def _keeper(request: HttpRequest) -> Actor:
    actor = speaker_of(request)
    if not can(actor, "desks.announce"):
        raise NotAllowed()
    return actor


@require_safe
@speaker_required
def announcements(request: HttpRequest) -> HttpResponse:
    """What was, is and will be announced."""
    actor = _keeper(request)
    found, now = kept_announcements(actor), timezone.now()
    if request.GET.get("format") == "xlsx":
        return workbook_response(
            announcements_workbook(((row, _when(row, now)) for row in found), date_with_time(now)), "pengumuman"
        )
    page = page_of(request, found, "pengumuman")
    rows = [
        {"row": row, "tone": LEVEL_TONES[row.level], "when": _when(row, now), "mine": can(actor, "desks.announce", row)}
        for row in page.rows
    ]
    return render(request, "desks/announcements.html", {"page": page, "rows": rows})


def _when(row: Announcement, now: Any) -> str:
    if row.ends_at <= now:
        return "berakhir"
    return "tampil" if row.starts_at <= now else "akan tampil"


@require_http_methods(["GET", "POST"])
@speaker_required
def announcement_new(request: HttpRequest) -> HttpResponse:
    """Write one."""
    actor = _keeper(request)
    form = _form(request, actor, AnnouncementForm.first())
    if request.method == "POST" and form.is_valid():
        try:
            announce(actor, form.data_given())
        except InvalidInput as error:
            form.refuse(error)
        else:
            return _saved(request)
    return _page(request, form, "Tulis pengumuman")


@require_http_methods(["GET", "POST"])
@speaker_required
def announcement_change(request: HttpRequest, code: str) -> HttpResponse:
    """Change one."""
    actor = _keeper(request)
    row = get_object_or_404(kept_announcements(actor), code=code)
    if not can(actor, "desks.announce", row):
        raise NotAllowed()
    form = _form(request, actor, AnnouncementForm.of(row))
    if request.method == "POST" and form.is_valid():
        try:
            change_announcement(actor, row, form.data_given(), seen_version=form.cleaned_data["version"] or 0)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return _saved(request)
    return _page(request, form, "Ubah pengumuman")


@require_POST
@speaker_required
def announcement_end(request: HttpRequest, code: str) -> HttpResponse:
    """Take one off the pages."""
    actor = _keeper(request)
    end_announcement(actor, get_object_or_404(kept_announcements(actor), code=code))
    messages.success(request, "Pengumuman diakhiri.")
    return redirect("desks:announcements")


@require_POST
@login_required
def announcement_dismiss(request: HttpRequest, code: str) -> HttpResponse:
    """The person has read it: it is not shown again unless it changes."""
    row = get_object_or_404(Announcement, code=code)
    request.session[SESSION] = dismiss(cast(PortalRequest, request).user, f"{row.code}:{row.version}")
    return HttpResponse("") if is_htmx(request) else redirect(safe_next(request, home_url()))


def _form(request: HttpRequest, actor: Actor, initial: dict[str, Any]) -> AnnouncementForm:
    return AnnouncementForm(
        request.POST or None,
        initial=initial,
        rounds=Round.objects.filter(pk__in=kept_rounds(actor)),
        for_all=actor.central,
        tz=actor.institution.region.tz,
    )


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(
        request, "Pengumuman tersimpan. Paling lambat setengah menit lagi tampil di semua halaman yang dibuka."
    )
    return redirect("desks:announcements")


def _page(request: HttpRequest, form: AnnouncementForm, heading: str) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "desks/announcement_form.html", {"form": form, "heading": heading}, status=status)
