"""The answer to too many wrong passwords."""

from __future__ import annotations

import math
from typing import Any

from axes.helpers import get_cool_off
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from core.errors import TooManyAttempts
from core.http import PROBLEM_TYPE, wants_json
from core.problem_body import problem


def locked_out(
    request: HttpRequest, original_response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """429 with how long to wait: a page for people, a problem for programs."""
    cool_off = get_cool_off(request)
    seconds = int(cool_off.total_seconds()) if cool_off else 0
    minutes = max(1, math.ceil(seconds / 60))
    response: HttpResponse
    if wants_json(request):
        error = TooManyAttempts(f"Terlalu banyak percobaan masuk. Tunggu {minutes} menit lalu coba lagi.", wait=seconds)
        response = JsonResponse(problem(error), status=429, content_type=PROBLEM_TYPE)
    else:
        response = render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(seconds)
    return response
