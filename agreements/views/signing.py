"""Signing acts: confirm, upload the scan, refuse, close with a reason, change the signatory."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.http import speaker_required
from agreements import services
from agreements.forms import PasswordForm, ReasonForm, ScanForm, SignatoryForm
from agreements.models import BeritaAcara, Signatory, Snapshot
from agreements.views.common import fetch, form_page, put_error, version_of
from core.errors import InvalidInput, TransitionNotAllowed

forms_ok = require_http_methods(["GET", "HEAD", "POST"])


def _sha(ba: BeritaAcara) -> str:
    found = Snapshot.objects.filter(ba=ba).values_list("sha256", flat=True).first()
    if found is None:
        raise TransitionNotAllowed("Berita acara ini belum final; belum ada yang ditandatangani.")
    return found


@forms_ok
@speaker_required
@sensitive_post_parameters("password")
def sign(request: HttpRequest, code: str, order: int) -> HttpResponse:
    """The signatory confirms; the form carries the hash of what was shown."""
    actor, ba, row = fetch(request, code, "sign", order)
    signatory = cast(Signatory, row)
    form = PasswordForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            services.confirm(
                actor, signatory, shown_sha256=request.POST.get("sha256", ""), password=form.cleaned_data["password"]
            )
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, "Tanda tangan Anda tercatat.")
            return redirect("agreements:ba", code=code)
    intro = (
        f"Anda menandatangani {ba.number} sebagai {signatory.office}, {signatory.institution.name}. Yang ditandatangani ialah naskah dengan "
        "sidik (SHA-256) di bawah ini. Tanda tangan yang sudah tercatat tidak dapat ditarik."
    )
    return form_page(
        request,
        ba,
        form,
        heading="Tanda tangani berita acara",
        verb="Tanda tangani",
        intro=intro,
        sha256=_sha(ba),
        order=order,
        refusable=True,
    )


@forms_ok
@speaker_required
def refuse(request: HttpRequest, code: str, order: int) -> HttpResponse:
    """A refusal voids."""
    actor, ba, row = fetch(request, code, "refuse", order)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        services.refuse(actor, cast(Signatory, row), form.cleaned_data["reason"])
        messages.success(request, "Penolakan tercatat. Berita acara batal dan butirnya dapat dibahas kembali.")
        return redirect("agreements:ba", code=code)
    intro = "Penolakan membatalkan berita acara ini bagi semua pihak. Alasan Anda tercatat, dan semua butirnya terbuka kembali. Tidak dapat ditarik."
    return form_page(
        request, ba, form, heading="Tolak menandatangani", verb="Tolak", danger=True, intro=intro, sha256=_sha(ba)
    )


@forms_ok
@speaker_required
def scan(request: HttpRequest, code: str, order: int) -> HttpResponse:
    """The scan of the signed paper."""
    actor, ba, row = fetch(request, code, "upload_scan", order)
    signatory = cast(Signatory, row)
    form = ScanForm(request.POST, request.FILES) if request.method == "POST" else ScanForm()
    if form.is_bound and form.is_valid():
        try:
            services.upload_scan(actor, signatory, form.uploaded(), shown_sha256=request.POST.get("sha256", ""))
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, f"Pindaian tanda tangan {signatory.name} tersimpan.")
            return redirect("agreements:ba", code=code)
    intro = f"Unggah halaman yang ditandatangani {signatory.name}, {signatory.office}. Sidik naskah pada kertas harus sama dengan di bawah ini."
    return form_page(request, ba, form, heading="Unggah pindaian", verb="Unggah", intro=intro, sha256=_sha(ba))


@forms_ok
@speaker_required
def excuse(request: HttpRequest, code: str, order: int) -> HttpResponse:
    """Close a missing signature."""
    actor, ba, row = fetch(request, code, "excuse_signature", order)
    signatory = cast(Signatory, row)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        services.excuse_signature(actor, signatory, form.cleaned_data["reason"])
        messages.success(request, "Tanda tangan yang tidak ada ditutup dengan alasan.")
        return redirect("agreements:ba", code=code)
    intro = f"{signatory.name} tidak menandatangani. Alasannya tercatat dan terlihat pada halaman berita acara."
    return form_page(
        request,
        ba,
        form,
        heading="Tutup tanpa tanda tangan",
        verb="Tutup dengan alasan",
        danger=True,
        intro=intro,
        sha256=_sha(ba),
    )


@forms_ok
@speaker_required
def change(request: HttpRequest, code: str, order: int) -> HttpResponse:
    """Replace a signatory after finalising."""
    actor, ba, row = fetch(request, code, "change_signatory", order)
    form = SignatoryForm(ba, request.POST or None, row=row, fixed=True)
    if form.is_bound and form.is_valid():
        try:
            services.change_signatory(
                actor,
                cast(Signatory, row),
                form.data_of(),
                reason=form.cleaned_data["reason"],
                seen_version=version_of(request),
            )
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, "Pergantian penanda tangan tercatat.")
            return redirect("agreements:ba", code=code)
    intro = "Naskah final tidak berubah. Pergantian dicatat tersendiri dan terlihat pada halaman periksa."
    return form_page(request, ba, form, heading="Ganti penanda tangan", verb="Catat pergantian", intro=intro)
