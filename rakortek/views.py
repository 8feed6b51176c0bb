"""Pages that belong to no app: the door of the administration, the description of the API."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode
from django.views import defaults
from django.views.decorators.http import require_safe

from core.errors import DomainError, InvalidInput, NotAllowed, NotFound
from core.http import PROBLEM_TYPE, wants_json
from core.problem_body import problem


def admin_login(request: HttpRequest) -> HttpResponse:
    """The administration has no door of its own: one login, one lock, and 403 for people without that right."""
    if request.user.is_authenticated and not request.user.is_staff:
        raise PermissionDenied
    target = request.GET.get("next", "/admin/")
    return redirect(f"{reverse('accounts:login')}?{urlencode({'next': target})}")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask here on pages that name no icon, such as files and errors of the server."""
    return redirect(static("img/icon.svg"))


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """The description of the API for people, drawn by vendored files under the same strict policy as every page."""
    return render(request, "api_docs.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, as a page or as a problem."""
    return _problem(request, InvalidInput()) or defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, as a page or as a problem."""
    return _problem(request, NotAllowed()) or defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, as a page or as a problem."""
    return _problem(request, NotFound()) or defaults.page_not_found(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """500, as a page that asks neither database nor manifest, with the number by which the log finds the failure."""
    failed = getattr(request, "request_id", "")
    page = loader.get_template("500.html").render({"failed": failed, "path": request.path})
    return HttpResponseServerError(page)


def _problem(request: HttpRequest, error: DomainError) -> HttpResponse | None:
    if not wants_json(request):
        return None
    return JsonResponse(problem(error), status=error.status, content_type=PROBLEM_TYPE)
