"""The request as the portal's views see it, and how a view asks for a speaker."""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.actors import Actor
from accounts.models import User
from core.errors import NotAllowed
from core.login import View, login_required

__all__ = ["PortalRequest", "home_url", "login_required", "safe_next", "speaker_of", "speaker_required"]


class PortalRequest(HttpRequest):
    """A request after the middleware: `actor` is None for whoever has no membership that holds now."""

    user: User
    actor: Actor | None
    request_id: str


def speaker_required(view: View) -> View:
    """Only for people who speak for an institution now; `speaker_of(request)` then gives the actor."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        speaker_of(request)
        return view(request, *args, **kwargs)

    return guarded


def speaker_of(request: HttpRequest) -> Actor:
    """The actor of the request; NotAllowed for whoever speaks for no institution now."""
    actor = cast(PortalRequest, request).actor
    if actor is None:
        raise NotAllowed("Anda belum mewakili lembaga mana pun.", code="no_membership")
    return actor


def home_url() -> str:
    """Where a person lands after the login."""
    try:
        return reverse("desks:home")
    except NoReverseMatch:
        return reverse("accounts:profile")


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """The address in `next` where it stays on this host, else `otherwise`."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else otherwise
