"""Finalising: one transaction that numbers, freezes, locks and records; and voiding, which undoes the lock but hides nothing."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from accounts.actors import Actor
from agreements.choices import BaState
from agreements.models import BaPart, BaSession, BeritaAcara, Line, Snapshot
from agreements.selectors.lines import lines_of
from agreements.selectors.live import live_sheet
from agreements.selectors.material import Material, gather
from agreements.selectors.missing import blockers
from agreements.selectors.sheet import BaSheet, HeadRow
from agreements.services.common import RELATED, change_header, mejas_of, record_all, require
from agreements.services.figures import state_figures, withdraw_figures
from agreements.services.numbers import take_number
from agreements.wording import wording_for
from core.canonical import CANON_VERSION, canonical, hmac_hex, sha256_hex
from core.errors import InvalidInput, StaleState, TransitionNotAllowed
from desks.chain import Writer, writing
from desks.choices import SETTLED, SessionState
from desks.models import Event, Item, Meja, Session
from desks.services.settle import lock_items, lock_session, unlock_items


def finalise(
    actor: Actor, ba: BeritaAcara, *, seen_version: int, typed_number: str = "", seen_digest: str = ""
) -> BeritaAcara:
    """Make a draft final: number, snapshot with its seals, lines, locked rows, an event in every meja. Chair only, never by token.

    `seen_digest` is the fingerprint of the sheet that was on the screen; another content raises StaleState. Whoever comes second gets
    StaleState too. Raises InvalidInput for a number that is taken, TransitionNotAllowed while something blocking is missing.
    """
    require(actor, "finalise_ba", ba)
    mejas = mejas_of(ba)
    with writing(actor, mejas=mejas) as writer:
        ba = BeritaAcara.objects.select_related(*RELATED).get(pk=ba.pk)
        change_header(ba, seen_version, BaState.DRAFT)
        found = gather(ba)
        sheet = live_sheet(ba, found)
        _require_ready(ba, found, sheet, seen_digest)
        assert ba.signed_on is not None
        series, number = take_number(ba, ba.signed_on, typed_number)
        changed = {"state": BaState.AWAITING, "series": series, "number": number, "finalised_at": writer.now}
        BeritaAcara.objects.filter(pk=ba.pk).update(**changed)
        for name, content in changed.items():
            setattr(ba, name, content)
        _take_in(ba, found)
        lock_items(writer, _settled(found), ba=ba.code)
        for session in found.sessions:
            lock_session(session, writer.now)
        state_figures(writer, ba, mejas, _settled(found))
        snapshot = _freeze(writer, ba, sheet, mejas)
        record_all(
            writer, mejas, ba, "finalise_ba", number=number, sha256=snapshot.sha256, hmac=snapshot.hmac, key_id=snapshot.key_id,
            signers=[block.order for block in sheet.signers],
        )  # fmt: skip
    return ba


def _require_ready(ba: BeritaAcara, found: Material, sheet: BaSheet, seen_digest: str) -> None:
    if found.session is not None and found.session.state != SessionState.CLOSED:
        raise TransitionNotAllowed("Sesi ini dibuka kembali. Tutup sesi dahulu, lalu periksa lagi berita acaranya.")
    if seen_digest and seen_digest != sheet.digest():
        raise StaleState(
            "Isi berita acara berubah sejak halaman Anda dibuka. Muat ulang lalu periksa lagi sebelum memfinalkan."
        )
    lacking = blockers(ba, found, sheet)
    if lacking:
        raise TransitionNotAllowed(
            "Belum dapat difinalkan. " + " ".join(lacking), code="ba_incomplete", missing=lacking
        )


def _take_in(ba: BeritaAcara, found: Material) -> None:
    """Keep which sittings and which papers are in it."""
    BaSession.objects.bulk_create([BaSession(ba=ba, session=each) for each in found.sessions], ignore_conflicts=True)
    BaPart.objects.bulk_create(BaPart(ba=ba, part=each) for each in found.papers)


def _settled(found: Material) -> list[Item]:
    # Tidak terbahas stays open: its way out is a follow-up session.
    return [item for item in found.items if found.state(item) in SETTLED]


def _freeze(writer: Writer, ba: BeritaAcara, draft: BaSheet, mejas: list[Meja]) -> Snapshot:
    heads = tuple(
        HeadRow(meja.code, f"{meja.desk.name} × {meja.region.name}", head.seq, head.hash)
        for meja in mejas
        if (head := writer.heads[f"Meja:{meja.pk}"])
    )
    sheet = dataclasses.replace(draft, number=ba.number, mark="", heads=heads)
    text = canonical(snapshot_content(ba, sheet, writer.now))
    key_id = str(settings.RECORD_KEY_ID)
    snapshot = Snapshot.objects.create(
        ba=ba, canon_version=CANON_VERSION, template=wording_for(ba.strand, ba.round.level, ba.scope).template, canonical=text,
        sha256=sha256_hex(text), hmac=hmac_hex(text, settings.RECORD_KEY), key_id=key_id, at=writer.now,
    )  # fmt: skip
    Line.objects.bulk_create(
        Line(ba=ba, lampiran=lampiran, order=order, item_code=item, cells=cells)
        for lampiran, order, item, cells in lines_of(sheet)
    )
    return snapshot


def snapshot_content(ba: BeritaAcara, sheet: BaSheet, at: Any) -> dict[str, Any]:
    """What is hashed: the header's fixed facts and the whole sheet."""
    return {
        "canon": CANON_VERSION, "key_id": str(settings.RECORD_KEY_ID), "at": at, "code": ba.code, "check_code": ba.check_code,
        "number": ba.number, "scope": ba.scope, "scope_key": ba.scope_key, "revision": ba.revision, "strand": ba.strand,
        "round": ba.round.code, "host": ba.round.host.code, "signed_on": ba.signed_on, "sheet": sheet.frozen(),
    }  # fmt: skip


def void_ba(actor: Actor, ba: BeritaAcara, *, reason: str, seen_version: int) -> BeritaAcara:
    """Void a draft or final berita acara with a reason: it stays visible with its number, its rows are free again."""
    require(actor, "void_ba", ba)
    mejas = mejas_of(ba)
    with writing(actor, mejas=mejas) as writer:
        void_inside(writer, ba, mejas, reason, seen_version)
    return ba


def void_inside(writer: Writer, ba: BeritaAcara, mejas: list[Meja], reason: str, seen_version: int) -> None:
    """Void within a block that another act (a refusal) opened."""
    text = reason.strip()
    if not text:
        raise InvalidInput("Tuliskan alasan pembatalan.", field="reason")
    if len(text) > 300:
        raise InvalidInput("Alasan paling panjang 300 karakter.", field="reason")
    was_final = Snapshot.objects.filter(ba=ba).exists()
    change_header(
        ba, seen_version, BaState.DRAFT, BaState.AWAITING, BaState.COMPLETE, state=BaState.VOID, void_reason=text
    )
    if was_final:
        freed = _locked_by(ba, mejas)
        unlock_items(writer, freed, ba=ba.code)
        withdraw_figures(writer, ba, mejas, freed)
        for session in _freed_sessions(ba):
            lock_session(session, None)
    record_all(writer, mejas, ba, "void_ba", reason=text)


def _freed_sessions(ba: BeritaAcara) -> list[Session]:
    """The sittings of a voided berita acara that no other one stands on."""
    others = BaSession.objects.filter(session=OuterRef("pk")).exclude(ba=ba).exclude(ba__state=BaState.VOID)
    return list(ba.sessions.exclude(Exists(others)))


def _locked_by(ba: BeritaAcara, mejas: list[Meja]) -> list[Item]:
    """The rows that this berita acara locked. One that it prints as not discussed may since be locked by another."""
    mark = f'"ba":"{ba.code}"'
    locks = Event.objects.filter(meja__in=mejas, action="lock", payload__contains=mark).order_by().values("item")
    rows = Item.objects.filter(pk__in=locks, locked_at__isnull=False, state__in=SETTLED)
    return list(rows.select_related("meja__desk", "round", "region", "indicator").order_by("meja_id", "order", "pk"))
