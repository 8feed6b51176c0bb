"""The context bar's facts, read only where a page draws the bar, once per request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from accounts.actors import Actor
from desks.models import Round
from desks.selectors.context import bar_stage, running_round


class PortalContextMiddleware:
    """Sets `request.portal_context`; a view that is about one round sets its own in its place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        facts = _Facts(request)
        request.portal_context = {  # type: ignore[attr-defined]
            "round": SimpleLazyObject(lambda: facts.round),
            "stage": SimpleLazyObject(lambda: facts.stage),
        }
        return self.get_response(request)


class _Facts:
    """Round and stage, each asked for once; None for whoever speaks for nobody."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self._read: tuple[Round | None, dict[str, Any] | None] | None = None

    @property
    def round(self) -> Round | None:
        return self._both()[0]

    @property
    def stage(self) -> dict[str, Any] | None:
        return self._both()[1]

    def _both(self) -> tuple[Round | None, dict[str, Any] | None]:
        if self._read is None:
            actor: Actor | None = getattr(self.request, "actor", None)
            round_ = running_round(actor) if actor else None
            self._read = (round_, bar_stage(round_, actor) if actor and round_ else None)
        return self._read
