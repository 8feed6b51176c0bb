"""Around every request: its id, and the answer when a rule of the field says no."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url

from core.errors import DomainError
from core.http import PROBLEM_TYPE, is_htmx, wants_json
from core.problem_body import not_logged_in, problem

GetResponse = Callable[[HttpRequest], HttpResponseBase]

REQUEST_ID_HEADER: Final = "X-Request-ID"
_ACCEPTED_ID: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
_request_id: ContextVar[str] = ContextVar("request_id", default="-")


def current_request_id() -> str:
    """The id of the request now being answered, `-` outside one."""
    return _request_id.get()


class RequestIdFilter(logging.Filter):
    """Puts the request id on every log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id()
        return True


class RequestIdMiddleware:
    """Gives each request an id, a harmless one sent along or a new one, and says it in the answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        sent = request.headers.get(REQUEST_ID_HEADER, "")
        request_id = sent if _ACCEPTED_ID.fullmatch(sent) else uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        token = _request_id.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            _request_id.reset(token)
        response[REQUEST_ID_HEADER] = request_id
        return response


class PrivateMiddleware:
    """What a session could read is kept by no cache, neither of the browser nor on the way; a view may say otherwise."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # A session is not read to find this out: who never asked for it drew nobody's data.
        if request.session.accessed and not request.session.is_empty() and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class DomainErrorMiddleware:
    """Answers a DomainError in the form the client expects, and a program's lost login with 401, no redirect."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 302 and _leads_to_login(response) and (is_htmx(request) or wants_json(request)):
            return JsonResponse(not_logged_in(), status=401, content_type=PROBLEM_TYPE)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only domain errors are known here; everything else stays Django's."""
        if not isinstance(exception, DomainError):
            return None
        return answer_to(request, exception)


def answer_to(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The error as the client expects it: JSON, a fragment, or a page."""
    if wants_json(request):
        return JsonResponse(problem(error), status=error.status, content_type=PROBLEM_TYPE)
    template = "errors/_problem.html" if is_htmx(request) else "errors/problem.html"
    return render(request, template, {"error": _for_people(error)}, status=error.status)


def _for_people(error: DomainError) -> dict[str, object]:
    return {**error.details, "code": error.code, "message": error.message, "status": error.status}


def _leads_to_login(response: HttpResponseBase) -> bool:
    return urlsplit(response.get("Location", "")).path == urlsplit(resolve_url(settings.LOGIN_URL)).path
