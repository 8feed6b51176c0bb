"""Sittings: planning, opening, agenda, closing, and the follow-up that takes what was left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.actors import Actor, can
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from desks.chain import writing
from desks.choices import OPEN_FOR_DESK, AgendaOutcome, ItemState, ReasonCode, SessionMode, SessionState
from desks.models import AgendaEntry, Desk, Item, Meja, Session, SessionMeja
from desks.services.idempotency import keyed
from desks.services.room.common import record, require_chair, require_running, require_sitting
from desks.services.strands import acts_of
from desks.versions import require_unlocked, reread
from desks.workflow import advance, require_session

IN_FINAL_BA = (
    "Sesi ini sudah tercantum dalam berita acara final dan tidak dapat dibuka kembali. Butir yang tidak terbahas dibahas pada sesi lanjutan "
    "dengan berita acara susulan; yang sudah diputuskan hanya berubah melalui berita acara perubahan."
)
SESSION = keyed(lambda session: session.pk, lambda pk: Session.objects.get(pk=pk))
COUNT = keyed(int, int)


@SESSION
def plan_session(
    actor: Actor, desk: Desk, mejas: Sequence[Meja], *, starts: dt.datetime, ends: dt.datetime, tz: str, mode: str, place: str = "",
    follows: Session | None = None, key: str = "",
) -> Session:  # fmt: skip
    """Plan a sitting of mejas of one desk. Chair or secretariat; the number counts the sittings of the first meja."""
    if not (can(actor, "desks.run_session", desk) or can(actor, "desks.manage_round", desk.round)):
        raise NotAllowed()
    require_running(desk.round)
    if not mejas or any(meja.desk_id != desk.pk for meja in mejas):
        raise InvalidInput("Pilih daerah yang dibahas; semuanya harus dari desk yang sama.")
    if mode not in SessionMode.values:
        raise InvalidInput("Pilih cara sidang.", field="mode")
    if ends <= starts:
        raise InvalidInput("Jam selesai harus setelah jam mulai.", field="ends")
    with writing(actor, mejas=mejas) as writer:
        no = Session.objects.filter(mejas=mejas[0]).aggregate(last=Max("no"))["last"] or 0
        session = Session.objects.create(
            desk=desk, no=no + 1, starts=starts, ends=ends, tz=tz, mode=mode, place=place, follows=follows
        )
        SessionMeja.objects.bulk_create(SessionMeja(session=session, meja=meja) for meja in mejas)
        record(writer, mejas, session, "plan_session", starts=starts, ends=ends)
        return session


@SESSION
def open_session(actor: Actor, session: Session, *, key: str = "") -> Session:
    """Open a planned sitting: its agenda is what was submitted (for a follow-up: what was left undiscussed), in the desk's order."""
    require_chair(actor, session)
    mejas = list(session.mejas.select_related("desk"))
    with writing(actor, mejas=mejas) as writer:
        _require_free(session, mejas)
        _change_state(session, SessionState.PLANNED, SessionState.OPEN, opened_at=writer.now)
        add_to_agenda(session, _agenda_items(session, mejas))
        record(writer, mejas, session, "open_session")
    return session


def _agenda_items(session: Session, mejas: list[Meja]) -> list[Item]:
    states: tuple[ItemState, ...] = (*OPEN_FOR_DESK, ItemState.NOT_DISCUSSED)
    return list(
        Item.objects.filter(meja__in=mejas, state__in=states, locked_at__isnull=True).order_by("meja_id", "order", "pk")
    )


def add_to_agenda(session: Session, items: Iterable[Item]) -> None:
    """Put rows at the end of the agenda, each once."""
    present = set(AgendaEntry.objects.filter(session=session).values_list("item_id", flat=True))
    order = AgendaEntry.objects.filter(session=session).aggregate(last=Max("order"))["last"] or 0
    new = [item for item in items if item.pk not in present]
    AgendaEntry.objects.bulk_create(
        AgendaEntry(session=session, item=item, order=order + place) for place, item in enumerate(new, start=1)
    )


@COUNT
def refresh_agenda(actor: Actor, session: Session, *, key: str = "") -> int:
    """Take in rows that were submitted or repaired after the sitting opened; answers how many came."""
    require_chair(actor, session)
    require_sitting(session)
    mejas = list(session.mejas.select_related("desk"))
    before = session.agenda.count()
    with writing(actor, mejas=mejas) as writer:
        add_to_agenda(session, _agenda_items(session, mejas))
        added = session.agenda.count() - before
        if added:
            record(writer, mejas, session, "extend_agenda", added=added)
    return added


@keyed(lambda item: item.pk, lambda pk: Item.objects.get(pk=pk))
def call_item(actor: Actor, session: Session, item: Item, *, seen_version: int, key: str = "") -> Item:
    """Call a row: it becomes the current one and, if not yet, is being discussed. Another current row goes back to waiting."""
    require_sitting(session)
    with writing(actor, mejas=[item.meja]) as writer:
        if item.state == ItemState.DISCUSSED:
            reread([item])
        if item.state in (ItemState.SUBMITTED, ItemState.NOT_DISCUSSED):
            advance(writer, item, "discuss", seen_version=seen_version, session=session, columns={"reason": ""})
        elif not can(actor, "desks.settle_item", item):
            raise NotAllowed()
        elif item.state != ItemState.DISCUSSED:
            raise TransitionNotAllowed(
                f"Butir ini {item.get_state_display().lower()}. Buka kembali dahulu untuk membahasnya."
            )
        else:
            require_session(item, session)
            writer.record(item, "call", {"session": session.code})
        session.agenda.filter(outcome=AgendaOutcome.CURRENT).update(outcome=AgendaOutcome.WAITING)
        session.agenda.filter(item=item).update(outcome=AgendaOutcome.CURRENT)
    return item


@keyed(lambda nothing: True, lambda done: None)
def postpone_item(actor: Actor, session: Session, item: Item, *, key: str = "") -> None:
    """'Tunda': the row waits until later in this sitting; its state stays."""
    require_sitting(session)
    if not can(actor, "desks.settle_item", item):
        raise NotAllowed()
    with writing(actor, mejas=[item.meja]) as writer:
        reread([item])
        require_unlocked(item)
        if item.state not in (*OPEN_FOR_DESK, ItemState.NOT_DISCUSSED):
            raise TransitionNotAllowed(f"Butir ini {item.get_state_display().lower()}; tidak perlu ditunda.")
        require_session(item, session)
        session.agenda.filter(item=item).update(outcome=AgendaOutcome.POSTPONED)
        writer.record(item, "postpone", {"session": session.code})


@COUNT
def close_session(actor: Actor, session: Session, *, reason: str = "", key: str = "") -> int:
    """Close the sitting. Rows on the agenda without a verdict become tidak terbahas with one reason for all; answers how many."""
    require_chair(actor, session)
    mejas = list(session.mejas.select_related("desk"))
    with writing(actor, mejas=mejas) as writer:
        session.refresh_from_db(fields=["state"])
        require_sitting(session)
        left = [
            entry.item
            for entry in session.agenda.filter(item__state__in=OPEN_FOR_DESK)
            .select_related("item__meja__desk", "item__round", "item__indicator")
            .order_by("order")
        ]
        if left and reason not in ReasonCode.values:
            raise InvalidInput(f"{len(left)} butir belum diputuskan. Pilih satu alasan untuk semuanya.", field="reason")
        for item in left:
            given = {"reason": reason}
            acts_of(item).before_verdict(writer, item, "leave", reason=reason, forum="")
            advance(writer, item, "leave", seen_version=item.version, session=session, given=given, columns=given)
        session.agenda.exclude(outcome=AgendaOutcome.SETTLED).update(outcome=AgendaOutcome.NOT_REACHED)
        _change_state(session, SessionState.OPEN, SessionState.CLOSED, closed_at=writer.now)
        record(writer, mejas, session, "close_session", left=len(left), reason=reason)
    return len(left)


@SESSION
def reopen_session(actor: Actor, session: Session, *, note: str, key: str = "") -> Session:
    """Open a closed sitting again, with a reason, as long as none of its rows stands in a final berita acara."""
    require_chair(actor, session)
    if not note.strip():
        raise InvalidInput("Tuliskan alasan membuka kembali sesi.", field="note")
    mejas = list(session.mejas.select_related("desk"))
    with writing(actor, mejas=mejas) as writer:
        session.refresh_from_db(fields=["state", "locked_at"])
        if session.locked_at is not None:
            raise TransitionNotAllowed(IN_FINAL_BA, code="ba_final")
        _require_free(session, mejas)
        _change_state(session, SessionState.CLOSED, SessionState.OPEN, closed_at=None)
        record(writer, mejas, session, "reopen_session", note=note.strip())
    return session


def follow_up(
    actor: Actor, session: Session, *, starts: dt.datetime, ends: dt.datetime, mode: str, place: str = "", key: str = ""
) -> Session:
    """Plan the follow-up sitting of the same mejas; when it opens, the undiscussed rows stand on its agenda."""
    if session.state != SessionState.CLOSED:
        raise TransitionNotAllowed("Tutup sesi ini dahulu sebelum menjadwalkan sesi lanjutan.")
    mejas = list(session.mejas.select_related("desk"))
    return plan_session(
        actor,
        session.desk,
        mejas,
        starts=starts,
        ends=ends,
        tz=session.tz,
        mode=mode,
        place=place,
        follows=session,
        key=key,
    )


def close_and_follow(
    actor: Actor, session: Session, *, reason: str = "", plan: dict[str, Any] | None = None, key: str = ""
) -> tuple[int, Session | None]:
    """Close the sitting and, with a `plan` (starts, ends, mode, place), plan its follow-up; both or neither."""
    with transaction.atomic():
        left = close_session(actor, session, reason=reason, key=key)
        if plan is None:
            return left, None
        session.refresh_from_db()
        return left, follow_up(actor, session, **plan, key=f"{key[:60]}-l" if key else "")


def _require_free(session: Session, mejas: list[Meja]) -> None:
    """A meja sits in one open sitting at a time: consent rests on who is present there."""
    running = Session.objects.filter(state=SessionState.OPEN, mejas__in=mejas).exclude(pk=session.pk).first()
    if running is not None:
        raise TransitionNotAllowed(
            f"Sesi {running.no} {running.desk.name} untuk daerah ini masih berlangsung. Tutup dahulu."
        )


def _change_state(session: Session, source: str, target: str, **columns: object) -> None:
    if not Session.objects.filter(pk=session.pk, state=source).update(state=target, **columns):
        session.refresh_from_db(fields=["state"])
        raise TransitionNotAllowed(
            f"Sesi ini {session.get_state_display().lower()}. Muat ulang halaman.", state=session.state
        )
    session.state = target
    for name, content in columns.items():
        setattr(session, name, content)
