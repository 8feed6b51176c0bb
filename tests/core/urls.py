"""A few addresses of our own, to see what middleware and API make of errors."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from rest_framework import exceptions, serializers
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.response import Response

from core.errors import DomainError, InvalidInput, StaleState
from core.middleware import current_request_id
from core.values import Value


class NameForm(forms.Form):
    name = forms.CharField(label="Nama")


RAISED = {
    "stale": lambda: StaleState(yours=Value.point(5), theirs="14,0", status=200),
    "invalid": lambda: InvalidInput("Sel B3 bukan angka.", code="bad_cell"),
    "missing": Http404,
    "forbidden": PermissionDenied,
    "validation": lambda: ValidationError({"nilai": ["Wajib diisi."]}),
    "sentence": lambda: ValidationError("Wajib diisi."),
    "serializer": lambda: serializers.ValidationError({"nilai": ["Wajib diisi."]}),
    "login": exceptions.NotAuthenticated,
    "slow": lambda: exceptions.Throttled(wait=9.2),
    "json": exceptions.ParseError,
    "bug": RuntimeError,
}


def page(request: HttpRequest, what: str) -> HttpResponse:
    raise RAISED[what]()


@api_view(["GET"])
@authentication_classes([])
@permission_classes([])
def api(request: HttpRequest, what: str) -> Response:
    raise RAISED[what]()


def to_login(request: HttpRequest) -> HttpResponse:
    return redirect("/masuk/?next=/isian/")


def elsewhere(request: HttpRequest) -> HttpResponse:
    return redirect("/beranda/")


def whoami(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.request_id} {current_request_id()}")


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(NameForm(request.GET or None).render())


def sign_in(request: HttpRequest) -> HttpResponse:
    raise DomainError


accounts = ([path("masuk/", sign_in, name="login")], "accounts")
urlpatterns = [
    path("", include(accounts)),
    path("galat/<what>/", page),
    path("api/v1/galat/<what>/", api),
    path("api/v1/tertutup/", to_login),
    path("tertutup/", to_login),
    path("pindah/", elsewhere),
    path("siapa/", whoami),
    path("formulir/", form),
]
