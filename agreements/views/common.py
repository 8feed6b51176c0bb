"""What the views share: fetching one visible berita acara, and forms that answer a refusal with the typed text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.actors import Actor, can
from accounts.forms import put_error
from accounts.http import speaker_of
from agreements.models import BeritaAcara, Signatory
from agreements.services.signatories import find
from core.errors import InvalidInput, NotAllowed, NotFound


def ba_or_404(actor: Actor, code: str) -> BeritaAcara:
    """One visible berita acara with what its pages need."""
    rows = BeritaAcara.objects.visible_to(actor).select_related(
        "round__host__region", "session__desk__round", "desk", "region"
    )
    ba = rows.filter(code=code).first()
    if ba is None:
        raise NotFound("Berita acara tidak ditemukan.")
    return ba


def fetch(
    request: HttpRequest, code: str, right: str, order: int | None = None
) -> tuple[Actor, BeritaAcara, Signatory | None]:
    """Actor, berita acara and signatory of a request, after the right was asked."""
    actor = speaker_of(request)
    ba = ba_or_404(actor, code)
    row = find(ba, order) if order is not None else None
    if not can(actor, f"agreements.{right}", row or ba):
        raise NotAllowed()
    situate(request, ba)
    return actor, ba, row


def situate(request: HttpRequest, ba: BeritaAcara) -> None:
    """What the context bar says."""
    request.portal_context = {"round": ba.round}  # type: ignore[attr-defined]


def version_of(request: HttpRequest) -> int:
    """The version that the form showed."""
    text = request.POST.get("versi", "")
    if not text.isdecimal():
        raise InvalidInput("Formulir tidak lengkap. Muat ulang halaman lalu coba lagi.")
    return int(text)


def form_page(request: HttpRequest, ba: BeritaAcara, form: forms.Form, **context: Any) -> HttpResponse:
    """A page of one form; 422 once something was refused."""
    context = {"section": "ba", "ba": ba, "form": form, "multipart": form.is_multipart(), **context}
    return render(request, "agreements/form.html", context, status=422 if form.is_bound and form.errors else 200)


__all__ = ["ba_or_404", "fetch", "form_page", "put_error", "situate", "version_of"]
