"""Drafts: from a closed session to a berita acara with place, date and proposed signatories."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from accounts.actors import Actor
from agreements.choices import BaState
from agreements.models import BaMeja, BaSession, BeritaAcara
from agreements.services.common import change_header, mejas_of, record_all, require
from agreements.services.signatories import propose_signatories
from core.errors import InvalidInput, TransitionNotAllowed
from desks.chain import writing
from desks.choices import BaScope, SessionState
from desks.models import Session


def draft_ba(actor: Actor, session: Session) -> BeritaAcara:
    """Draft the berita acara of a closed session. Room staff or secretariat; after a void one the next revision.

    Raises NotAllowed, and TransitionNotAllowed while the session is open or another berita acara of it stands.
    """
    require(actor, "draft_ba", session)
    if session.desk.round.ba_scope != BaScope.SESSION:
        rule = BaScope(session.desk.round.ba_scope).label.lower()
        raise TransitionNotAllowed(f"Menurut aturan penyelenggaraan ini, berita acara disusun {rule}.")
    mejas = list(session.mejas.select_related("desk", "region"))
    with writing(actor, mejas=mejas) as writer:
        session.refresh_from_db(fields=["state"])
        if session.state != SessionState.CLOSED:
            raise TransitionNotAllowed("Tutup sesi ini dahulu; berita acara disusun dari sesi yang sudah ditutup.")
        key = f"session:{session.code}"
        earlier = list(BeritaAcara.objects.filter(scope_key=key).order_by("revision"))
        standing = next((ba for ba in earlier if ba.state != BaState.VOID), None)
        if standing is not None:
            raise TransitionNotAllowed(
                f"Sesi ini sudah mempunyai berita acara ({standing.number or 'draf'}).", ba=standing.code
            )
        ba = BeritaAcara.objects.create(
            round=session.desk.round, session=session, strand=session.desk.strand, scope=BaScope.SESSION, scope_key=key,
            revision=earlier[-1].revision + 1 if earlier else 1, title=_title(session), place=_place(session),
            signed_on=session.starts.astimezone(ZoneInfo(session.tz)).date(), created_by=actor.user,
        )  # fmt: skip
        BaMeja.objects.bulk_create(BaMeja(ba=ba, meja=meja) for meja in mejas)
        BaSession.objects.create(ba=ba, session=session)
        propose_signatories(ba)
        record_all(writer, mejas, ba, "draft_ba", session=session.code, revision=ba.revision)
    return ba


def _title(session: Session) -> str:
    regions = list(session.mejas.values_list("region__name", flat=True).order_by("region__kode"))
    where = regions[0] if len(regions) == 1 else f"{len(regions)} daerah"
    return f"Desk {session.desk.name} · {where} · sesi {session.no}"


def _place(session: Session) -> str:
    """The town as far as the session's place names one ("Hotel X, Jakarta, dan daring"); staff correct it on the page."""
    parts = [part.strip() for part in session.place.split(",")]
    return parts[1] if len(parts) > 1 and parts[1] else "Jakarta"


def edit_ba(
    actor: Actor, ba: BeritaAcara, *, place: str, signed_on: dt.date | None, sign_due: dt.datetime | None, seen_version: int
) -> BeritaAcara:  # fmt: skip
    """Change place, date and due date of a draft. Raises NotAllowed, InvalidInput, StaleState, TransitionNotAllowed."""
    require(actor, "draft_ba", ba)
    if not place.strip():
        raise InvalidInput("Isi tempat penandatanganan.", field="place")
    if signed_on is None:
        raise InvalidInput("Isi tanggal berita acara.", field="signed_on")
    mejas = mejas_of(ba)
    with writing(actor, mejas=mejas) as writer:
        change_header(ba, seen_version, BaState.DRAFT, place=place.strip(), signed_on=signed_on, sign_due=sign_due)
        record_all(writer, mejas, ba, "edit_ba", place=place.strip(), signed_on=signed_on, sign_due=sign_due)
    return ba
