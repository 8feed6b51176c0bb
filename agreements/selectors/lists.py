"""Lists of berita acara: visible ones, filtered, in a fixed number of queries; and finding one by what people call it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.management.base import CommandError
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.actors import Actor
from agreements.choices import BA_TONES, CLOSING_KINDS, BaState
from agreements.models import BaMeja, BeritaAcara, Signatory, Signature
from core.codes import normalise_code
from core.dates import short_date
from desks.models import Meja

PAGE = 50


@dataclass(frozen=True)
class BaFilter:
    """What a list is narrowed to; '' means all."""

    round: str = ""
    desk: str = ""
    region: str = ""
    state: str = ""
    q: str = ""


@dataclass(frozen=True)
class BaRow:
    """A row of the list, ready to print."""

    code: str
    name: str
    title: str
    round: str
    desk: str
    regions: str
    date: str
    state: str
    label: str
    tone: str
    signed: str


def ba_rows(actor: Actor, wanted: BaFilter, page: int = 1) -> tuple[list[BaRow], bool]:
    """One page of visible berita acara, newest first, and whether there are more."""
    start = (max(page, 1) - 1) * PAGE
    found = list(narrowed(visible(actor), wanted)[start : start + PAGE + 1])
    return [_row(ba) for ba in found[:PAGE]], len(found) > PAGE


def every_row(actor: Actor, wanted: BaFilter) -> list[BaRow]:
    """All visible berita acara that fit, newest first."""
    return [_row(ba) for ba in narrowed(visible(actor), wanted)]


def visible(actor: Actor) -> QuerySet[BeritaAcara]:
    """Visible ones with what a row prints."""
    done = Exists(Signature.objects.filter(signatory=OuterRef("signatories"), kind__in=CLOSING_KINDS))
    covered = BaMeja.objects.select_related("meja__desk", "meja__region").order_by("meja__region__kode")
    return (
        BeritaAcara.objects.visible_to(actor)
        .select_related("round")
        .prefetch_related(Prefetch("meja_rows", covered))
        .annotate(
            planned=Count("signatories", distinct=True), signed=Count("signatories", filter=Q(done), distinct=True)
        )
        .order_by("-created_at", "-pk")
    )


def narrowed(rows: QuerySet[BeritaAcara], wanted: BaFilter) -> QuerySet[BeritaAcara]:
    """Those that fit the filter."""
    covers = BaMeja.objects.filter(ba=OuterRef("pk"))
    if wanted.round:
        rows = rows.filter(round__code=wanted.round)
    if wanted.desk:
        rows = rows.filter(Exists(covers.filter(meja__desk__code=wanted.desk)))
    if wanted.region:
        rows = rows.filter(Exists(covers.filter(meja__region__kode=wanted.region)))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.q:
        rows = rows.filter(Q(number__icontains=wanted.q) | Q(title__icontains=wanted.q))
    return rows


def _row(ba: Any) -> BaRow:
    mejas: list[Meja] = [row.meja for row in ba.meja_rows.all()]
    regions = [meja.region.short_name for meja in mejas]
    regions = list(dict.fromkeys(regions))
    shown = ", ".join(regions[:2]) + (f" dan {len(regions) - 2} lainnya" if len(regions) > 2 else "")
    desks = list(dict.fromkeys(meja.desk.name for meja in mejas))
    return BaRow(
        ba.code, ba.number or "Belum bernomor", ba.title, ba.round.short_name, desks[0] if len(desks) == 1 else f"{len(desks)} desk" if desks else "", shown,
        short_date(ba.signed_on) if ba.signed_on else "", ba.state, ba.get_state_display(), BA_TONES[ba.state].value,
        "" if ba.state == BaState.DRAFT else f"{ba.signed} dari {ba.planned}",
    )  # fmt: skip


def choices_of(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: only what occurs among visible berita acara; three queries."""
    seen = BeritaAcara.objects.visible_to(actor).order_by()
    covered = BaMeja.objects.filter(ba__in=seen.values("pk")).order_by()
    return {
        "round": list(seen.order_by("round__short_name").values_list("round__code", "round__short_name").distinct()),
        "desk": list(
            covered.order_by("meja__desk__code").values_list("meja__desk__code", "meja__desk__name").distinct()
        ),
        "region": list(
            covered.order_by("meja__region__kode").values_list("meja__region__kode", "meja__region__name").distinct()
        ),
        "state": [(value, label) for value, label in BaState.choices],
    }


def find_ba(text: str) -> BeritaAcara:
    """By number, code or check code, for the command line; CommandError where there is none or more than one."""
    code = normalise_code(text)
    found = list(
        BeritaAcara.objects.filter(Q(number=text.strip()) | Q(code=code) | Q(check_code=code))
        .select_related("round__host__region", "session__desk__round", "desk", "region")[:2]
    )  # fmt: skip
    if not found:
        raise CommandError(f"Berita acara {text} tidak ditemukan.")
    if len(found) > 1:
        raise CommandError(f"Nomor {text} dipakai beberapa penyelenggara. Sebutkan kodenya.")
    return found[0]


def awaiting_signature(actor: Actor) -> QuerySet[Signatory]:
    """What waits for the actor's own signature, first due first."""
    done = Signature.objects.filter(signatory=OuterRef("pk"), kind__in=CLOSING_KINDS)
    rows = Signatory.objects.filter(user=actor.user, ba__state=BaState.AWAITING).exclude(Exists(done))
    return rows.select_related("ba").order_by("ba__sign_due", "ba__finalised_at")
