"""Acts on a row in the room: each checks, calls one service and comes back to the row; a refusal keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.http import speaker_of, speaker_required
from accounts.models import Institution
from core.errors import InvalidInput, NotFound, StaleState, TransitionNotAllowed
from core.values import format_value
from desks.choices import NoteKind, StanceKind, state_label
from desks.models import Item, Session, Support
from desks.selectors.room import load_session, visible_mejas
from desks.services.room import call_item, postpone_item
from desks.services.settle import reopen, settle, settle_pending_supports, settle_support
from desks.services.talk import put_position, take_stances, write_note
from desks.views.common import act_key, require_ok
from desks.views.room import room_page, seen_version
from desks.views.room_row import row_of
from desks.workflow import TRANSITIONS

KEPT = (InvalidInput, StaleState, TransitionNotAllowed)


@dataclass
class Act:
    """One posted act on a row of a sitting."""

    request: HttpRequest
    actor: Actor
    session: Session
    item: Item

    def text(self, name: str) -> str:
        """A typed field."""
        return self.request.POST.get(name, "")

    @property
    def version(self) -> int:
        """The row's version as the form saw it."""
        return seen_version(self.request)

    @property
    def key(self) -> str:
        """The idempotency key."""
        return act_key(self.request)

    @property
    def dot(self) -> str:
        """How a point in a number is to be read, once asked."""
        return self.text("titik") if self.text("titik") in ("thousands", "decimal") else "ask"

    def institution(self, name: str) -> Institution | None:
        """The institution chosen in a field, None where empty."""
        return chosen_institution(self.request, name)


def chosen_institution(request: HttpRequest, name: str) -> Institution | None:
    """The institution chosen in a field, None where empty; InvalidInput for what is none."""
    text = request.POST.get(name, "")
    if not text:
        return None
    found = Institution.objects.filter(pk=int(text)).first() if text.isdecimal() else None
    if found is None:
        raise InvalidInput("Pilih lembaga dari daftar.", field=name)
    return found


def row_act(work: Callable[[Act], str]) -> Callable[..., HttpResponseBase]:
    """A POST on one row: back to the row with a sentence, or the page again with the typed text, the refusal and its status."""

    @speaker_required
    @require_POST
    @wraps(work)
    def view(request: HttpRequest, code: str, butir: str) -> HttpResponseBase:
        actor, session, item = row_of(request, code, butir)
        try:
            said = work(Act(request, actor, session, item))
        except KEPT as error:
            return room_page(request, actor, session, butir, problem=error, typed=request.POST)
        if said:
            messages.success(request, said)
        return to_room(session, butir)

    return view


def to_room(session: Session, item_code: str = "") -> HttpResponse:
    """Back to the room, at a row if one is named."""
    query = f"?{urlencode({'butir': item_code})}" if item_code else ""
    return HttpResponseRedirect(reverse("desks:session", args=[session.code]) + query)


@row_act
def call(act: Act) -> str:
    """The chair calls the row."""
    call_item(act.actor, act.session, act.item, seen_version=act.version, key=act.key)
    return ""


@row_act
def postpone(act: Act) -> str:
    """'Tunda': later in this sitting."""
    postpone_item(act.actor, act.session, act.item, key=act.key)
    return "Butir ditunda ke akhir agenda sesi ini."


@row_act
def figure(act: Act) -> str:
    """A figure on the table, one's own or recorded for a party that spoke."""
    behalf = act.institution("atas_nama")
    position = put_position(
        act.actor, act.item, text=act.text("angka"), reason=act.text("alasan"), seen_version=act.version,
        on_behalf=None if behalf == act.actor.institution else behalf, dot=act.dot, key=act.key,
    )  # fmt: skip
    return f"Angka {format_value(position.value)} dari {position.institution.short_name} ada di meja. Sikap pihak lain ditanyakan lagi."


@row_act
def stance(act: Act) -> str:
    """A party's stance, by itself or recorded by the room."""
    kind = act.text("sikap")
    if kind in (StanceKind.BAHAS, StanceKind.KEBERATAN) and not act.text("keterangan").strip():
        raise InvalidInput("Tuliskan apa yang perlu dibahas atau keberatannya.", field="keterangan")
    party = act.institution("pihak")
    results = take_stances(
        act.actor, [(act.item.code, seen_version(act.request, "posisi"))], kind=kind, text=act.text("keterangan"),
        spoken_for=party, session=act.session, key=act.key,
    )  # fmt: skip
    require_ok(results[0])
    who = party or act.actor.institution
    return f"Sikap {who.short_name} tercatat: {StanceKind(kind).label.lower()}."


@row_act
def verdict(act: Act) -> str:
    """The chair's verdict on the row."""
    chosen = [pk for pk in act.request.POST.getlist("lisan") if pk.isdecimal()]
    spoken = list(Institution.objects.filter(pk__in=chosen).order_by("pk"))
    action = act.text("putusan")
    settle(
        act.actor, act.session, act.item, action, seen_version=act.version, text=act.text("nilai"), conclusion=act.text("kesimpulan"),
        reason=act.text("kode_alasan") if action in ("decline", "leave") else "", spoken=spoken, dot=act.dot, forum=act.text("forum"),
        key=act.key,
    )  # fmt: skip
    return f"{state_label(TRANSITIONS[action].target, act.item.strand)}. Dapat dibuka kembali selama berita acara belum final."


@row_act
def reopen_row(act: Act) -> str:
    """The chair takes a verdict back."""
    reopen(act.actor, act.session, act.item, seen_version=act.version, note=act.text("alasan_buka"), key=act.key)
    return "Butir dibuka kembali; sikap semua pihak ditanyakan lagi."


@row_act
def support_verdict(act: Act) -> str:
    """The chair settles one sub kegiatan."""
    rows = Support.objects.filter(item=act.item).select_related("nomenclature", "opd")
    text = act.text("sub_kegiatan")
    support = rows.filter(pk=int(text)).first() if text.isdecimal() else None
    if support is None:
        raise NotFound("Sub kegiatan tidak ditemukan.")
    support.item = act.item
    funds = {
        int(name[5:]): value
        for name, value in act.request.POST.items()
        if name.startswith("pagu_") and name[5:].isdecimal()
    }
    settle_support(
        act.actor, act.session, support, seen_version=act.version, verdict=act.text("putusan_sub"), note=act.text("catatan_sub"),
        funds={pk: str(value) for pk, value in funds.items()}, key=act.key,
    )  # fmt: skip
    return f"{support.nomenclature.kode}: putusan tersimpan."


@row_act
def supports_agree(act: Act) -> str:
    """The chair agrees to every sub kegiatan still pending."""
    count = settle_pending_supports(act.actor, act.session, act.item, seen_version=act.version, key=act.key)
    return f"{count} sub kegiatan disepakati dengan pagu usulan."


@speaker_required
@require_POST
def meja_note(request: HttpRequest, code: str, meja: str) -> HttpResponseBase:
    """The note block of an institution on the meja as a whole; back to the row from which it was written."""
    actor = speaker_of(request)
    session = load_session(actor, code)
    found = next((each for each in visible_mejas(actor, session) if each.code == meja), None)
    if found is None:
        raise NotFound("Desk daerah ini tidak ada pada sesi.")
    row, text = request.POST.get("butir", ""), request.POST.get("isi", "")
    try:
        owner = chosen_institution(request, "lembaga")
        version = seen_version(request, "versi_catatan")
        write_note(actor, found, text=text, seen_version=version, institution=owner, key=act_key(request))
    except KEPT as error:
        return room_page(request, actor, session, row, problem=error, typed=request.POST)
    messages.success(request, "Catatan umum desk tersimpan.")
    return to_room(session, row)


@row_act
def note(act: Act) -> str:
    """The note block of an institution on the row."""
    kind = NoteKind.INTERNAL if act.text("jenis") == NoteKind.INTERNAL else NoteKind.DESK
    write_note(
        act.actor, act.item.meja, item=act.item, text=act.text("isi"), seen_version=seen_version(act.request, "versi_catatan"),
        kind=kind, institution=act.institution("lembaga"), key=act.key,
    )  # fmt: skip
    return "Catatan tersimpan."
