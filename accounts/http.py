"""The request as the portal's views see it, and how a view asks for a speaker."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.actors import Actor
from accounts.models import User
from core.errors import NotAllowed
from core.http import PROBLEM_TYPE, is_htmx, wants_json
from core.problem_body import not_logged_in


class PortalRequest(HttpRequest):
    """A request after the middleware: `actor` is None for whoever has no membership that holds now."""

    user: User
    actor: Actor | None
    request_id: str


View = Callable[..., HttpResponseBase]


def login_required(view: View) -> View:
    """Only for people who have logged in; programs and htmx get 401, browsers the login page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if is_htmx(request) or wants_json(request):
            return JsonResponse(not_logged_in(), status=401, content_type=PROBLEM_TYPE)
        return redirect_to_login(request.get_full_path())

    return guarded


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
        raise NotAllowed("Anda belum mewakili lembaga mana pun. Minta koordinator lembaga Anda menambahkan Anda.")
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
