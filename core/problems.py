"""Errors of the API: everything Django REST framework meets, as problem details (RFC 9457)."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from rest_framework import exceptions as drf
from rest_framework.response import Response

from core.errors import DomainError, InvalidInput, NotAllowed, NotFound, TooManyAttempts
from core.http import PROBLEM_TYPE
from core.problem_body import NOT_LOGGED_IN, problem, problem_body

__all__ = ["problem", "problem_handler"]

_DETAIL_OF_STATUS: Final = {
    400: "Isi permintaan tidak dapat dibaca sebagai JSON.",
    401: NOT_LOGGED_IN,
    403: NotAllowed.default_message,
    404: NotFound.default_message,
    405: "Alamat ini tidak menerima cara permintaan tersebut.",
    406: "Jawaban hanya tersedia sebagai JSON.",
    415: "Kirim isi permintaan sebagai application/json.",
    429: TooManyAttempts.default_message,
}


def problem_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST framework's EXCEPTION_HANDLER; None for what nobody foresaw, which becomes a 500."""
    headers: dict[str, str] = {}
    if isinstance(exc, drf.APIException):
        body, headers = _from_api(exc)
    elif (known := _as_domain_error(exc)) is not None:
        body = problem(known)
    else:
        return None
    return Response(body, status=body["status"], headers=headers, content_type=PROBLEM_TYPE)


def _as_domain_error(exc: Exception) -> DomainError | None:
    if isinstance(exc, DomainError):
        return exc
    if isinstance(exc, Http404):
        return NotFound()
    if isinstance(exc, PermissionDenied):
        return NotAllowed()
    if isinstance(exc, ValidationError):
        by_field = exc.message_dict if hasattr(exc, "error_dict") else {"": exc.messages}
        return InvalidInput(errors=by_field)
    return None


def _from_api(exc: drf.APIException) -> tuple[dict[str, Any], dict[str, str]]:
    headers = {}
    if challenge := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    wait = getattr(exc, "wait", None)
    if wait is not None:
        headers["Retry-After"] = str(int(wait) + 1)
    if isinstance(exc, drf.ValidationError):
        errors = exc.detail if isinstance(exc.detail, dict) else {"": exc.detail}
        return problem(InvalidInput(errors=errors)), headers
    code = str(exc.detail.code) if isinstance(exc.detail, drf.ErrorDetail) else str(exc.default_code)
    return problem_body(exc.status_code, code, _DETAIL_OF_STATUS.get(exc.status_code, str(exc.detail))), headers
