"""Moving and calling off sittings that were only planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import ProtectedError

from accounts.actors import Actor, can
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from desks.chain import writing
from desks.choices import SessionMode, SessionState
from desks.models import Meja, Session, SessionMeja
from desks.services.room.common import record, require_running

ONLY_PLANNED = "Sesi ini sudah dibuka; jadwalnya tidak dapat diubah lagi."


def reschedule_session(
    actor: Actor, session: Session, mejas: Sequence[Meja], *, starts: dt.datetime, ends: dt.datetime, tz: str, mode: str, place: str = ""
) -> Session:  # fmt: skip
    """Give a planned sitting another time, place or other mejas of its desk. Secretariat of the round."""
    _require(actor, session)
    if not mejas or any(meja.desk_id != session.desk_id for meja in mejas):
        raise InvalidInput("Pilih daerah yang dibahas; semuanya harus dari desk yang sama.", field="regions")
    if mode not in SessionMode.values or ends <= starts:
        raise InvalidInput("Jam selesai harus setelah jam mulai.", field="ends")
    touched = {meja.pk: meja for meja in [*session.mejas.select_related("desk"), *mejas]}
    with writing(actor, mejas=touched.values()) as writer:
        columns = {"starts": starts, "ends": ends, "tz": tz, "mode": mode, "place": place}
        if not Session.objects.filter(pk=session.pk, state=SessionState.PLANNED).update(**columns):
            raise TransitionNotAllowed(ONLY_PLANNED)
        SessionMeja.objects.filter(session=session).exclude(meja__in=mejas).delete()
        have = set(SessionMeja.objects.filter(session=session).values_list("meja_id", flat=True))
        SessionMeja.objects.bulk_create(
            SessionMeja(session=session, meja=meja) for meja in mejas if meja.pk not in have
        )
        record(writer, list(touched.values()), session, "reschedule_session", starts=starts, ends=ends)
    session.refresh_from_db()
    return session


def cancel_session(actor: Actor, session: Session) -> None:
    """Call off a sitting that was only planned; its chain remembers it."""
    _require(actor, session)
    mejas = list(session.mejas.select_related("desk"))
    with writing(actor, mejas=mejas) as writer:
        if not Session.objects.filter(pk=session.pk, state=SessionState.PLANNED).exists():
            raise TransitionNotAllowed(ONLY_PLANNED)
        record(writer, mejas, session, "cancel_session", starts=session.starts, ends=session.ends)
        try:
            session.delete()
        except ProtectedError:
            raise TransitionNotAllowed("Sesi ini sudah dirujuk catatan lain; tidak dapat dibatalkan.") from None


def _require(actor: Actor, session: Session) -> None:
    if not can(actor, "desks.manage_round", session.desk.round):
        raise NotAllowed()
    require_running(session.desk.round)
