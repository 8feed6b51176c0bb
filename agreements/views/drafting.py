"""Drafting, the signatory plan, finalising and voiding."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import can
from accounts.http import speaker_of, speaker_required
from agreements import services
from agreements.forms import HeaderForm, ReasonForm, SignatoryForm
from agreements.models import BeritaAcara
from agreements.selectors.scopes import scope_address
from agreements.views.common import fetch, form_page, put_error, version_of
from core.errors import InvalidInput, NotFound
from desks.choices import BaScope
from desks.models import Session

forms_ok = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
@speaker_required
def draft(request: HttpRequest, session_code: str) -> HttpResponse:
    """Draft the berita acara of a closed session; where one stands already, go to it."""
    actor = speaker_of(request)
    session = Session.objects.filter(code=session_code).select_related("desk__round__host").first()
    if session is None or not can(actor, "desks.view_session", session):
        raise NotFound("Sesi tidak ditemukan.")
    papers = BeritaAcara.objects.standing().filter(
        session_rows__session=session
    ) | BeritaAcara.objects.standing().filter(scope_key=f"session:{session.code}")
    standing = papers.visible_to(actor).distinct().order_by("pk").first()
    if standing is not None:
        return redirect("agreements:ba", code=standing.code)
    if session.desk.round.ba_scope != BaScope.SESSION:
        return redirect(scope_address(session))
    made = services.draft_ba(actor, session)
    messages.success(request, "Draf berita acara disusun. Periksa naskah dan penanda tangannya sebelum difinalkan.")
    return redirect("agreements:ba", code=made.code)


@forms_ok
@speaker_required
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Place, date and due date."""
    actor, ba, _ = fetch(request, code, "draft_ba")
    form = HeaderForm(request.POST) if request.method == "POST" else HeaderForm.of(ba)
    if form.is_bound and form.is_valid():
        try:
            typed = form.cleaned_data
            services.edit_ba(
                actor,
                ba,
                place=typed["place"],
                signed_on=typed["signed_on"],
                sign_due=form.due(ba),
                seen_version=version_of(request),
            )
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, "Tempat dan tanggal disimpan.")
            return redirect("agreements:ba", code=code)
    return form_page(request, ba, form, heading="Tempat dan tanggal", verb="Simpan")


@forms_ok
@speaker_required
def signatory_new(request: HttpRequest, code: str) -> HttpResponse:
    """Add a signatory to a draft."""
    return _signatory(request, code, None)


@forms_ok
@speaker_required
def signatory(request: HttpRequest, code: str, order: int) -> HttpResponse:
    """Change a signatory of a draft."""
    return _signatory(request, code, order)


def _signatory(request: HttpRequest, code: str, order: int | None) -> HttpResponse:
    actor, ba, row = fetch(request, code, "draft_ba", order) if order else fetch(request, code, "draft_ba")
    form = SignatoryForm(ba, request.POST or None, row=row)
    if form.is_bound and form.is_valid():
        try:
            services.save_signatory(actor, ba, form.data_of(), seen_version=version_of(request), order=order)
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, "Penanda tangan disimpan.")
            return redirect("agreements:ba", code=code)
    return form_page(
        request, ba, form, heading="Ubah penanda tangan" if row else "Tambah penanda tangan", verb="Simpan"
    )


@require_POST
@speaker_required
def signatory_remove(request: HttpRequest, code: str, order: int) -> HttpResponse:
    """Take a signatory out of a draft."""
    actor, ba, row = fetch(request, code, "draft_ba", order)
    services.remove_signatory(actor, ba, order, seen_version=version_of(request))
    messages.success(request, f"{row.name or row.institution.short_name} dihapus dari penanda tangan." if row else "")
    return redirect("agreements:ba", code=code)


@require_POST
@speaker_required
def finalise(request: HttpRequest, code: str) -> HttpResponse:
    """Make it final: what was on the screen is what is frozen."""
    actor, ba, _ = fetch(request, code, "finalise_ba")
    done = services.finalise(
        actor,
        ba,
        seen_version=version_of(request),
        typed_number=request.POST.get("number", ""),
        seen_digest=request.POST.get("sidik", ""),
    )
    messages.success(request, f"Berita acara final dengan nomor {done.number}. Menunggu tanda tangan.")
    return redirect("agreements:ba", code=code)


@forms_ok
@speaker_required
def void(request: HttpRequest, code: str) -> HttpResponse:
    """Void, with a reason."""
    actor, ba, _ = fetch(request, code, "void_ba")
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        services.void_ba(actor, ba, reason=form.cleaned_data["reason"], seen_version=version_of(request))
        messages.success(request, "Berita acara dibatalkan. Butirnya dapat dibahas kembali.")
        return redirect("agreements:ba", code=code)
    intro = (
        "Berita acara ini tetap terlihat dengan keterangan batal beserta alasannya, nomornya tidak dipakai lagi, dan semua butirnya "
        "terbuka untuk dibahas kembali. Pembatalan tidak dapat ditarik."
    )
    return form_page(
        request, ba, form, heading="Batalkan berita acara", verb="Batalkan berita acara", danger=True, intro=intro
    )
