"""One's own page: data, memberships, delegations, keys of programs."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import services
from accounts.actors import Actor, can
from accounts.forms import ContactForm, DelegationForm, TokenForm, end_of_day, put_error
from accounts.http import PortalRequest, login_required, speaker_of, speaker_required
from accounts.models import ApiToken, Delegation, Membership
from accounts.selectors import delegates_for, delegations_of, people_of, tokens_of
from core.errors import InvalidInput, NotAllowed

NOT_BY_DELEGATION = "Anda sedang mewakili lewat pendelegasian. Ganti dahulu ke keanggotaan Anda sendiri."


@require_safe
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am, for whom I speak, who stands in for whom, and my keys."""
    user = cast(PortalRequest, request).user
    now = timezone.now()
    memberships = Membership.objects.filter(user=user).select_related("institution").order_by("-valid_from", "-pk")
    actor = cast(PortalRequest, request).actor
    context = {
        "memberships": [(each, each.until is not None and each.until <= now) for each in memberships],
        "delegations": [(each, each.ended_at is None and each.until > now) for each in delegations_of(user)],
        "tokens": [(each, each.revoked_at is None and each.expires_at > now) for each in tokens_of(user)],
        "own_speaker": actor is not None and actor.membership.user_id == user.pk,
    }
    return render(request, "accounts/profile.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def contact(request: HttpRequest) -> HttpResponseBase:
    """Change one's own NIP and telephone number."""
    portal_request = cast(PortalRequest, request)
    user = portal_request.user
    form = ContactForm(request.POST or None, initial={"nip": user.nip, "phone": user.phone})
    if request.method == "POST" and form.is_valid():
        services.change_contact(portal_request.actor, user, **form.cleaned_data)
        messages.success(request, "Data diri tersimpan.")
        return redirect("accounts:profile")
    return _form_page(request, form, "Ubah data diri", "Simpan")


@require_http_methods(["GET", "POST"])
@speaker_required
def delegate(request: HttpRequest) -> HttpResponseBase:
    """Let somebody stand in under the membership now spoken under."""
    actor = _own_speaker(request)
    form = DelegationForm(request.POST or None, takers=delegates_for(actor.membership))
    if request.method == "POST" and form.is_valid():
        until = end_of_day(form.cleaned_data["until"], actor.institution.region.tz)
        given = {"taker": form.cleaned_data["taker"], "letter": form.cleaned_data["letter"], "until": until}
        try:
            services.delegate(actor, actor.membership, **given)
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, "Pendelegasian dicatat.")
            return redirect("accounts:profile")
    intro = f"Penerima berbicara untuk {actor.institution} sebagai {actor.membership.get_role_display()}."
    return _form_page(request, form, "Delegasikan", "Delegasikan", intro)


@require_POST
@speaker_required
def end_delegation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """End a delegation given or taken, or one of the people looked after."""
    actor = speaker_of(request)
    delegation = get_object_or_404(Delegation.objects.select_related("giver__institution"), pk=pk)
    related = actor.user.pk in (delegation.giver.user_id, delegation.taker_id)
    if not related and not people_of(actor).filter(pk=delegation.giver_id).exists():
        raise Http404
    services.end_delegation(actor, delegation)
    messages.success(request, "Pendelegasian diakhiri.")
    return redirect("accounts:profile")


@require_http_methods(["GET", "POST"])
@speaker_required
def token_new(request: HttpRequest) -> HttpResponseBase:
    """Make a key for a program; the answer shows it, once."""
    actor = _own_speaker(request)
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        expires_at = end_of_day(form.cleaned_data["expires_at"], actor.institution.region.tz)
        wanted = {"name": form.cleaned_data["name"], "scope": form.cleaned_data["scope"], "expires_at": expires_at}
        try:
            token, text = services.issue_token(actor, actor.membership, **wanted)
        except InvalidInput as error:
            put_error(form, error)
        else:
            response = render(request, "accounts/token_made.html", {"token": token, "text": text})
            # The page carries a secret: no cache keeps it.
            add_never_cache_headers(response)
            return response
    intro = f"Token bekerja atas nama Anda untuk {actor.institution}, tetapi tidak dapat menandatangani atau mengunci."
    return _form_page(request, form, "Buat token API", "Buat token", intro)


@require_POST
@speaker_required
def token_revoke(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Make one's own key useless."""
    actor = speaker_of(request)
    services.revoke_token(actor, get_object_or_404(ApiToken, pk=pk, user=actor.user))
    messages.success(request, "Token dicabut.")
    return redirect("accounts:profile")


def _own_speaker(request: HttpRequest) -> Actor:
    actor = speaker_of(request)
    if not can(actor, "accounts.delegate_membership", actor.membership):
        raise NotAllowed(NOT_BY_DELEGATION)
    return actor


def _form_page(request: HttpRequest, form: Any, heading: str, verb: str, intro: str = "") -> HttpResponse:
    return render(request, "accounts/form.html", {"form": form, "heading": heading, "verb": verb, "intro": intro})
