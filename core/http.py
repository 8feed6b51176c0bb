"""What kind of answer a request expects."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

PROBLEM_TYPE: Final = "application/problem+json"
_MACHINE_TYPES: Final = ("application/json", PROBLEM_TYPE, "text/event-stream")


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for a fragment of a page."""
    return request.headers.get("HX-Request") == "true"


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks: the API by its path, or a client that prefers JSON or an event stream to a page."""
    if request.path.startswith("/api/"):
        return True
    return request.get_preferred_type(["text/html", *_MACHINE_TYPES]) in _MACHINE_TYPES
