"""How a view asks for a person who has logged in; apart from `core.http`, which logging loads before the apps."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from core.http import PROBLEM_TYPE, is_htmx, wants_json
from core.problem_body import not_logged_in

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
