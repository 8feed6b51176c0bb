"""The koordinator's pages: who belongs to us, invite, end, send the link again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import services
from accounts.actors import Actor, can
from accounts.exports import people_workbook
from accounts.forms import EndForm, InviteForm, PeopleFilter, put_error
from accounts.http import speaker_of, speaker_required
from accounts.lists import list_tools, opened
from accounts.models import Membership
from accounts.own_lists import PEOPLE
from accounts.selectors import coordinated_institutions, people_of
from core.errors import InvalidInput, NotAllowed

PAGE = 50
ONLY_COORDINATORS = "Halaman ini untuk koordinator lembaga."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _koordinator(request: HttpRequest) -> Actor:
    actor = speaker_of(request)
    if not can(actor, "accounts.view_people"):
        raise NotAllowed(ONLY_COORDINATORS)
    return actor


def _filtered(actor: Actor, form: PeopleFilter) -> QuerySet[Membership]:
    rows = people_of(actor).order_by("institution__kind", "institution__kode", "user__full_name", "pk")
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    if q := wanted.get("q"):
        rows = rows.filter(Q(user__full_name__icontains=q) | Q(user__email__icontains=q))
    if institution := wanted.get("institution"):
        rows = rows.filter(institution=institution)
    if role := wanted.get("role"):
        rows = rows.filter(role=role)
    over = Q(until__lte=timezone.now())
    status = wanted.get("status", "")
    if status == "belum":
        return rows.exclude(over).filter(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if status == "semua":
        return rows
    return rows.filter(over) if status == "berakhir" else rows.exclude(over)


def _row(actor: Actor, membership: Membership) -> dict[str, Any]:
    ended = membership.until is not None and membership.until <= timezone.now()
    pending = not membership.user.has_usable_password()
    return {
        "membership": membership,
        "ended": ended,
        "pending": pending,
        "may_end": not ended and can(actor, "accounts.end_membership", membership),
        "may_resend": not ended and pending and can(actor, "accounts.resend_link", membership),
    }


@require_safe
@speaker_required
def people(request: HttpRequest) -> HttpResponse:
    """People of the own institution and of those below it, filtered; `?format=xlsx` is the same list as a workbook."""
    actor = _koordinator(request)
    form = PeopleFilter(request.GET, institutions=coordinated_institutions(actor))
    if (saved := opened(request, PEOPLE, lambda: form)) is not None:
        return saved
    rows = _filtered(actor, form)
    if request.GET.get("format") == "xlsx":
        response = HttpResponse(people_workbook(rows), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="orang.xlsx"'
        return response
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": form,
        "tools": list_tools(request, PEOPLE),
        "page": page,
        "rows": [_row(actor, each) for each in page],
    }
    return render(request, "accounts/people.html", context)


@require_http_methods(["GET", "POST"])
@speaker_required
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a person; the answer shows the one-time link, once."""
    actor = _koordinator(request)
    initial = {"institution": actor.institution.pk}
    form = InviteForm(request.POST or None, institutions=coordinated_institutions(actor), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = services.invite_person(actor, **form.cleaned_data)
        except InvalidInput as error:
            put_error(form, error)
        else:
            return _result(request, invitation)
    return render(request, "accounts/invite.html", {"form": form})


@require_POST
@speaker_required
def resend_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a fresh link of the first login; the answer shows it, once."""
    actor = speaker_of(request)
    return _result(request, services.resend_link(actor, get_object_or_404(people_of(actor), pk=pk)), again=True)


@require_http_methods(["GET", "POST"])
@speaker_required
def end_membership(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask why, then end a membership."""
    actor = speaker_of(request)
    membership = get_object_or_404(people_of(actor), pk=pk)
    if not can(actor, "accounts.end_membership", membership):
        raise NotAllowed(services.people.OWN if membership.user_id == actor.user.pk else ONLY_COORDINATORS)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.end_membership(actor, membership, form.cleaned_data["reason"])
        messages.success(request, f"Keanggotaan {membership.user} di {membership.institution} diakhiri.")
        return redirect("accounts:people")
    return render(request, "accounts/end_membership.html", {"form": form, "membership": membership})


def _result(request: HttpRequest, invitation: services.Invitation, *, again: bool = False) -> HttpResponse:
    response = render(request, "accounts/invited.html", {"invitation": invitation, "again": again})
    # The page carries a secret: no cache keeps it.
    add_never_cache_headers(response)
    return response
