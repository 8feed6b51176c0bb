"""An institution gets a new name, goes into another, or a part of it becomes one of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts import services
from accounts.actors import Actor, can
from accounts.forms import put_error
from accounts.forms_institutions import MergeForm, RenameForm, SplitForm
from accounts.http import speaker_of, speaker_required
from accounts.models import Institution
from core.errors import InvalidInput, NotAllowed, NotFound

MERGING = (
    "Orang, urusan yang diampu, pagu, dan kursi pada penyelenggaraan yang berjalan pindah ke lembaga tujuan mulai sekarang. "
    "Kode lama tetap pada catatan lama dan tidak dipakai lagi. Tidak dapat dibatalkan."
)
ACTS: dict[str, tuple[str, str, str, Any]] = {
    "ubah-nama": ("Ubah nama", "Simpan nama baru", "Kode, orang, dan kursi tetap. Berita acara yang sudah final tetap memakai nama lama.", RenameForm),
    "gabung": (
        "Gabungkan", "Gabungkan lembaga",
        MERGING,
        MergeForm,
    ),
    "pecah": ("Pecah", "Buat lembaga baru", "Lembaga asal tetap berjalan. Setelah ini, bagi urusannya pada Penyiapan, bagian Lembaga.", SplitForm),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@speaker_required
def institution_act(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    """One of the three acts on an institution, with its consequences said before."""
    actor = speaker_of(request)
    institution = get_object_or_404(Institution.objects.select_related("region"), pk=pk)
    if act not in ACTS:
        raise NotFound()
    if not can(actor, "accounts.keep_institution", institution):
        raise NotAllowed("Lembaga ini diurus sekretariat nasional atau sekretariat daerahnya.")
    title, verb, says, kind = ACTS[act]
    form = kind(request.POST if request.method == "POST" else None, institution=institution)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _do(actor, institution, act, form.cleaned_data))
        except InvalidInput as error:
            put_error(form, error)
        else:
            return redirect("accounts:institution_act", pk=institution.pk, act="ubah-nama")
    tabs = [{"act": key, "title": each[0], "current": key == act} for key, each in ACTS.items()]
    context = {
        "form": form,
        "institution": institution,
        "title": title,
        "verb": verb,
        "says": says,
        "act": act,
        "tabs": tabs,
    }
    return render(request, "accounts/institution.html", context, status=422 if form.errors else 200)


def _do(actor: Actor, institution: Institution, act: str, given: dict[str, Any]) -> str:
    if act == "ubah-nama":
        services.rename_institution(actor, institution, **given)
        return "Nama baru tersimpan."
    if act == "gabung":
        moved = services.merge_institution(actor, institution, given["into"], reason=given["reason"])
        counts = ", ".join(f"{count} {what}" for what, count in moved.items() if count)
        return f"Digabung ke {given['into'].name}: {counts or 'tidak ada yang perlu dipindahkan'}."
    made = services.split_institution(actor, institution, **{**given, "people": list(given["people"])})
    return f"{made.name} dibuat dengan kode {made.kode}."
